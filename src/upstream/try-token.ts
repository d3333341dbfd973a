import { hash } from 'node:crypto';
import type { Credentials } from '../access/credentials.ts';
import { authorizationOf } from '../access/credentials.ts';
import type { Identity } from '../access/identity.ts';
import type { Database } from '../database/database.ts';
import type { WorkspaceId } from '../database/tables.ts';
import type { AccountClient } from './account-client.ts';
import type { TryToken } from './tokens.ts';
import { NO_ANSWER } from './tokens.ts';
import { UpstreamUnavailableError } from './unavailable.ts';
import type { Upstreams } from './upstreams.ts';

/** No campaign has this UUID. A request for it shows whether a token may read campaigns, and costs the account almost nothing. */
const NO_UUID = '00000000-0000-0000-0000-000000000000';

/**
 * Checks tokens at the servers of the accounts, at all of them at the same time, because one that does not answer must not keep callers
 * of the others waiting. Two requests each: one for the token's workspace, which must be the workspace of one of the accounts, and one
 * for a campaign that does not exist. A caller who may read campaigns through API v2 may also change them, because API v2 has no
 * read-only callers.
 */
export function tokenTrials(upstreams: Upstreams, database: Pick<Database, 'reader'>): TryToken {
  const servers = [...new Map(upstreams.clients.map((client) => [client.url, client])).values()];
  return (credentials) => {
    const { promise: accepted, resolve: accept } = Promise.withResolvers<Identity>();
    const trials = servers.map(async (server) => {
      const answer = await askServer(upstreams, database, server, credentials);
      if (answer === null || typeof answer === 'string') return answer;
      accept(answer);
      return null;
    });
    const acceptedByNone = async (): Promise<null> => {
      const away = (await Promise.all(trials)).find((answer) => answer !== null);
      if (away !== undefined) throw new UpstreamUnavailableError(REASONS[away]);
      return null;
    };
    return Promise.race([accepted, acceptedByNone()]);
  };
}

/** Why a token cannot be judged at present. */
type Away = keyof typeof REASONS;

const REASONS = {
  'rate-limited':
    'The account takes no more requests at present, so that this token cannot be checked. Try again later.',
  unreachable:
    'The account cannot be reached at present, and this server has not seen this token before. Try again later.',
  unknown: NO_ANSWER,
  refused: 'The account does not answer as API v2 does, so that this token cannot be checked.',
};

/** Who the token belongs to at a server; null when it does not know the token, or the workspace of the token is not kept here. */
async function askServer(
  upstreams: Upstreams,
  database: Pick<Database, 'reader'>,
  server: AccountClient,
  credentials: Credentials,
): Promise<Identity | Away | null> {
  const client = server.as(authorizationOf(credentials)).forWrites();
  const asked = await client.workspace();
  if (asked.kind === 'unauthorised') return null;
  if (asked.kind !== 'ok') return asked.kind;
  const mirror = await mirrorOf(upstreams, database, server.url, asked.value.uuid);
  if (mirror === null || typeof mirror === 'string') return mirror;
  const campaigns = await client.campaign(NO_UUID);
  if (campaigns.kind !== 'ok' && campaigns.kind !== 'unauthorised') return campaigns.kind;
  return identityOf(credentials, server.url, { id: mirror, ...asked.value }, campaigns.kind === 'ok');
}

/**
 * The workspace here that mirrors the account's workspace with this UUID. Returns null when no account at this address has that workspace.
 * Returns the reason when this is not known, because one of these accounts has not answered which workspace it is.
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
    // The expected workspace is enough here, because `uuid` was read with the caller's own token.
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
  // API v2 does not say whose token it is. The name is made from the token: it is always the same for a token, and differs between tokens.
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
