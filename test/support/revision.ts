import type { Database } from '../../src/database/database.ts';

/** The revision of a workspace, which is the number of its changes so far. */
export async function revisionOf(of: Database, workspace: number): Promise<number> {
  const { revision } = await of.reader.db
    .selectFrom('workspaces')
    .select('revision')
    .where('id', '=', workspace as never)
    .executeTakeFirstOrThrow();
  return revision;
}
