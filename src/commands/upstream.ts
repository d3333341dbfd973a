import { findWorkspace } from '../access/administration.ts';
import { acceptDisappearance } from '../upstream/accept.ts';
import { CommandError } from './command-error.ts';
import { withExistingDatabase } from './with-database.ts';

/** `campaigns upstream accept` */
export async function acceptUpstreamCommand({ workspace }: { workspace: string }): Promise<void> {
  await withExistingDatabase(async (database) => {
    const id = await findWorkspace(database.reader.db, workspace);
    if (!(await acceptDisappearance(database, id))) {
      throw new CommandError(`The workspace "${workspace}" does not wait for this: its account is not paused.`);
    }
  });
  console.error('Accepted. What has disappeared from the account is taken as gone after the next complete sweep.');
}
