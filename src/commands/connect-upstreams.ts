import type { Config } from '../config.ts';
import type { Database } from '../database/database.ts';
import type { Log } from '../observe/log.ts';
import { Upstreams } from '../upstream/upstreams.ts';
import { accountFailure } from './account-failure.ts';
import { CommandError } from './command-error.ts';

/**
 * Creates the workspaces of accounts that are new here, before a server starts. Throws CommandError when the server of a new account
 * refuses the token or has no API v2. An account that cannot be reached does not stop the start, because its follower keeps trying.
 */
export async function connectUpstreams({ upstreams: accounts }: Config, database: Database, log: Log): Promise<void> {
  const upstreams = new Upstreams(accounts, database);
  try {
    for (const client of upstreams.clients) {
      const connected = await upstreams.connect(client);
      // A mirror from an earlier start is served in any case. Its follower says what is wrong.
      if (!('failure' in connected) || connected.expected !== null) continue;
      const { failure } = connected;
      const text = accountFailure(client.url, failure);
      if (failure.kind === 'unauthorised' || failure.kind === 'refused') throw new CommandError(text);
      log.warn({ reason: text }, 'an account cannot be reached yet');
    }
  } finally {
    upstreams.close();
  }
}
