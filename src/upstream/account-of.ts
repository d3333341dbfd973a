import type { Database } from '../database/database.ts';
import { upstreamOf } from '../model/upstream.ts';
import type { Upstreams } from './upstreams.ts';
import { nothingChanged } from './unavailable.ts';
import type { AccountOf } from './write-through.ts';

/**
 * Finds the account that a workspace is kept in. A workspace is kept here from now on when its account is no longer among this server's
 * accounts. That is certain only if all accounts have said which workspace they are, because an account may have got a new address, and
 * if no account has the stored address of the workspace, because such an account may be the right one with a wrong token.
 */
export function accountsBy(upstreams: Upstreams, { reader }: Pick<Database, 'reader'>): AccountOf {
  return async (workspace, issuer) => {
    const known = upstreams.of(workspace);
    if (known) return known.client;
    const mirror = await upstreamOf(reader, workspace);
    if (!mirror) return null;
    // A caller's token that this account has issued belongs to this workspace, even if the server's own token belongs to another one.
    const there = upstreams.clients.find(({ url }) => url === mirror.url);
    if (issuer === 'account' && there) return there;
    // This process may have just started, and may not have asked the accounts yet.
    const accounts = await Promise.all(upstreams.clients.map((client) => upstreams.connect(client)));
    const found = upstreams.of(workspace);
    if (found) return found.client;
    const isElsewhere = accounts.every((account) => !('failure' in account) && account.client.url !== mirror.url);
    if (isElsewhere) return null;
    throw nothingChanged();
  };
}
