import { hash } from 'node:crypto';
import type { Credentials } from '../access/credentials.ts';
import { authorizationOf } from '../access/credentials.ts';
import type { Identity } from '../access/identity.ts';
import type { Database } from '../database/database.ts';
import type { WorkspaceId } from '../database/tables.ts';
import type { TryToken } from './tokens.ts';
import { UpstreamUnavailableError } from './unavailable.ts';
import type { Upstreams } from './upstreams.ts';

/** No campaign has it. Asking for it shows whether a token may read campaigns, and takes the account no time. */
const NO_UUID = '00000000-0000-0000-0000-000000000000';

/**
 * Tries tokens at the servers of the accounts. Two requests: for the token's workspace, which must be that of one of the accounts, and
 * for a campaign that does not exist. Who may read campaigns by API v2 may change them as well: it has no callers that only read.
 */
export function tokenTrials(upstreams: Upstreams, database: Pick<Database, 'reader'>): TryToken {
  return async (credentials) => {
    const servers = new Map(upstreams.clients.map((client) => [client.url, client]));
    let away: string | null = null;
    for (const server of servers.values()) {
      const client = server.as(authorizationOf(credentials)).forWrites();
      const asked = await client.workspace();
      if (asked.kind === 'unauthorised') continue;
      if (asked.kind !== 'ok') {
        away = REASONS[asked.kind];
        continue;
      }
      const mirror = await mirrorOf(upstreams, database, server.url, asked.value.uuid);
      if (mirror === null) continue;
      if (typeof mirror === 'string') {
        away = REASONS[mirror];
        continue;
      }
      const campaigns = await client.campaign(NO_UUID);
      if (campaigns.kind !== 'ok' && campaigns.kind !== 'unauthorised') {
        away = REASONS[campaigns.kind];
        continue;
      }
      return identityOf(credentials, server.url, { id: mirror, ...asked.value }, campaigns.kind === 'ok');
    }
    if (away !== null) throw new UpstreamUnavailableError(away);
    return null;
  };
}

/** Why a token cannot be judged at present. */
type Away = keyof typeof REASONS;

const REASONS = {
  'rate-limited':
    'The account takes no more requests at present, so that this token cannot be checked. Try again later.',
  unreachable:
    'The account cannot be reached at present, and this server has not seen this token before. Try again later.',
  unknown: 'The account does not answer at present, and this server has not seen this token before. Try again later.',
  refused: 'The account does not answer as API v2 does, so that this token cannot be checked.',
};

/**
 * The workspace here that mirrors the one with this UUID; null when it is that of none of the accounts of the server, and why that cannot
 * be said where one of them has not answered which it is.
 */
async function mirrorOf(
  upstreams: Upstreams,
  { reader }: Pick<Database, 'reader'>,
  url: string,
  uuid: string,
): Promise<WorkspaceId | Away | null> {
  let away: Away | null = null;
  for (const client of upstreams.clients) {
    if (client.url !== url) continue;
    const account = await upstreams.connect(client);
    // The caller's own token shows whether it is of the workspace that is expected.
    const workspace = 'failure' in account ? account.expected : account.workspace;
    if (workspace === null) {
      if ('failure' in account && account.failure.kind !== 'unauthorised') away = account.failure.kind;
      continue;
    }
    const row = await reader.db.selectFrom('workspaces').select('uuid').where('id', '=', workspace).executeTakeFirst();
    if (row?.uuid === uuid) return workspace;
  }
  return away;
}

function identityOf(
  credentials: Credentials,
  url: string,
  workspace: Identity['workspace'],
  mayUse: boolean,
): Identity {
  const print = hash('sha256', credentials.fingerprint);
  // API v2 does not say whose a token is. The name is the same each time, and two tokens have two.
  const email =
    credentials.kind === 'basic' ? credentials.email : `token-${print.slice(0, 8)}@${new URL(url).hostname}`;
  // No row of this database has a negative id.
  const id = -Number.parseInt(print.slice(0, 12), 16);
  const uuid = print.replace(/^(.{8})(.{4}).(.{3}).(.{3})(.{12}).*$/, '$1-$2-8$3-8$4-$5');
  return {
    user: { id, email },
    workspace: { id: workspace.id, uuid: workspace.uuid, name: workspace.name },
    role: mayUse ? 'editor' : 'agent',
    token: { id, uuid, name: 'account', expiresOn: null, lastUsedOn: null },
    issuer: 'account',
  };
}
