import type { Database } from '../database/database.ts';
import { upstreamOf } from '../model/upstream.ts';
import type { Upstreams } from './upstreams.ts';
import { nothingChanged } from './unavailable.ts';
import type { AccountOf } from './write-through.ts';

/**
 * Finds the account that a workspace is kept in. A workspace whose account is not among this server's any more is kept here from now
 * on. This is certain when all accounts have answered which workspace they are, because one may have another address than before, and
 * when none is at the address of the workspace's own, because its token may be wrong for the time being.
 */
export function accountsBy(upstreams: Upstreams, { reader }: Pick<Database, 'reader'>): AccountOf {
  return async (workspace, issuer) => {
    const known = upstreams.of(workspace);
    if (known) return known.client;
    const mirror = await upstreamOf(reader, workspace);
    if (!mirror) return null;
    // A token that this account has issued is of its workspace, whatever the server's own token is of.
    const there = upstreams.clients.find(({ url }) => url === mirror.url);
    if (issuer === 'account' && there) return there;
    // This process has just started, and may not have asked them yet.
    const accounts = await Promise.all(upstreams.clients.map((client) => upstreams.connect(client)));
    const found = upstreams.of(workspace);
    if (found) return found.client;
    const isElsewhere = accounts.every((account) => !('failure' in account) && account.client.url !== mirror.url);
    if (isElsewhere) return null;
    throw nothingChanged();
  };
}
