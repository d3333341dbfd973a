import type { Database } from '../database/database.ts';
import { upstreamOf } from '../model/upstream.ts';
import type { Upstreams } from './upstreams.ts';
import { NOTHING_CHANGED, UpstreamUnavailableError } from './unavailable.ts';
import type { AccountOf } from './write-through.ts';

/**
 * Finds the account that a workspace is kept in. A workspace whose account is not among this server's any more is kept here from now
 * on.
 */
export function accountsBy(upstreams: Upstreams, { reader }: Pick<Database, 'reader'>): AccountOf {
  return async (workspace) => {
    const connected = upstreams.of(workspace);
    if (connected) return connected.client;
    const mirror = await upstreamOf(reader, workspace);
    const clients = upstreams.clients.filter(({ url }) => url === mirror?.url);
    if (clients.length === 0) return null;
    // This process has just started, and may not have asked them yet.
    for (const client of clients) {
      const account = await upstreams.connect(client);
      if (!('failure' in account) && account.workspace === workspace) return client;
    }
    throw new UpstreamUnavailableError(NOTHING_CHANGED);
  };
}
