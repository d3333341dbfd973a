import { findWorkspace } from '../access/administration.ts';
import { acceptDisappearance } from '../upstream/accept.ts';
import type { Failure } from '../upstream/account-client.ts';
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

/** Why an account cannot be used, and what would be right, in one line. */
export function accountFailure(url: string, failure: Failure): string {
  switch (failure.kind) {
    case 'unauthorised':
      return `${url} refuses the token (${failure.status}). Give one of an administrator or editor of the account: UPSTREAM_TOKEN or UPSTREAM_TOKEN_FILE.`;
    case 'rate-limited':
      return `${url} allows no more requests for ${failure.retryAfter} seconds. Try again then.`;
    case 'refused':
      return `${url} answered ${failure.status}. It must be a server with API v2, without a path after its name.`;
    case 'unreachable':
    case 'unknown':
      return `${url} cannot be read at present. ${failure.reason}`;
  }
}
