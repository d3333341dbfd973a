import type { Database, Session } from '../database/database.ts';
import type { WorkspaceId } from '../database/tables.ts';
import { clockTime } from './time.ts';

/**
 * Returns the workspace that is the mirror of an account. When it is missing, it is created without groups, because the account has
 * its own. It is found by its UUID, so that a workspace that was imported earlier becomes the mirror. Its name is set to the
 * account's name.
 */
export async function openMirror(
  database: Pick<Database, 'reader' | 'administer'>,
  url: string,
  { uuid, name }: { readonly uuid: string; readonly name: string },
): Promise<WorkspaceId> {
  const found = await database.reader.db
    .selectFrom('workspaces')
    .innerJoin('upstreams', 'upstreams.workspace_id', 'workspaces.id')
    .select('workspaces.id')
    .where('workspaces.uuid', '=', uuid)
    .where('workspaces.name', '=', name)
    .where('upstreams.url', '=', url)
    .executeTakeFirst();
  if (found) return found.id;
  const create = async ({ db }: Session) => {
    const { id } = await db
      .insertInto('workspaces')
      .values({ uuid, name })
      .onConflict((conflict) => conflict.column('uuid').doUpdateSet({ name }))
      .returning('id')
      .executeTakeFirstOrThrow();
    await db
      .insertInto('upstreams')
      .values({ workspace_id: id, url, state: 'catching-up', since: clockTime(), progress: '{}' })
      .onConflict((conflict) => conflict.column('workspace_id').doUpdateSet({ url }))
      .execute();
    return id;
  };
  return database.administer(create, { brief: true });
}

/** The workspaces that are mirrors of accounts at this address. */
export async function mirrorsOf({ db }: Session, url: string): Promise<WorkspaceId[]> {
  const rows = await db.selectFrom('upstreams').select('workspace_id').where('url', '=', url).execute();
  return rows.map(({ workspace_id: id }) => id);
}

/** The names of the workspaces that are mirrors of accounts at these addresses. */
export async function mirrorNames({ db }: Session, urls: readonly string[]): Promise<string[]> {
  if (urls.length === 0) return [];
  const rows = await db
    .selectFrom('upstreams')
    .innerJoin('workspaces', 'workspaces.id', 'upstreams.workspace_id')
    .select('workspaces.name')
    .where('upstreams.url', 'in', urls)
    .orderBy('workspaces.id')
    .execute();
  return rows.map(({ name }) => name);
}
