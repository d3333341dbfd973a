import type { Config } from '../config.ts';
import type { Database } from '../database/database.ts';
import type { Log } from '../observe/log.ts';
import { Upstreams } from '../upstream/upstreams.ts';
import { CommandError } from './command-error.ts';
import { accountFailure } from './upstream.ts';

/**
 * Makes the workspaces of the accounts that are new here, before a server starts. A token that is refused, or a server that has no API v2,
 * stops the start with one line. An account that cannot be reached does not: its follower goes on trying, and the mirror is served.
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
