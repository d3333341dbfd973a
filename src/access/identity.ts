import { cachedByVersion } from '../database/cached-by-version.ts';
import type { Database } from '../database/database.ts';
import { constant } from '../database/statements.ts';
import type { Micros, RoleName, WorkspaceId } from '../database/tables.ts';
import { tokenRole } from '../model/role.ts';
import { hasExpired } from '../model/time.ts';
import type { Credentials } from './credentials.ts';
import { hashKey } from '../model/token-key.ts';

/** What access/ keeps of the token that a caller has shown. */
export interface TokenState {
  /** Below zero where an account has issued it. */
  readonly id: number;
  readonly uuid: string;
  /** What its owner calls it. */
  readonly name: string;
  /** From this time on the token is refused. null: it does not expire. */
  readonly expiresOn: Micros | null;
  /** The start of the day, in UTC, on which the token was last used, as far as the database knows. */
  readonly lastUsedOn: Micros | null;
}

/** The only workspace that a token is for. */
export interface OwnWorkspace {
  readonly id: WorkspaceId;
  readonly uuid: string;
  readonly name: string;
}

/** The caller: a user, in the only workspace that the token is for. */
export interface Identity {
  readonly user: { readonly id: number; readonly email: string };
  readonly workspace: OwnWorkspace;
  /**
   * What the caller may do: the lesser of the user's role and the token's own. null when the user has left the workspace. The
   * token is still known, but it allows nothing.
   */
  readonly role: RoleName | null;
  readonly token: TokenState;
  /** Who has issued the token: this server, or the live account that the workspace is kept in. */
  readonly issuer: 'here' | 'account';
}

/** Returns the caller that the credentials belong to, or why there is none: see `identify`. */
export type Identify = (credentials: Credentials) => Promise<Identity | 'expired' | null>;

/**
 * `identify` with a cache. Each change of users, memberships or tokens empties the cache, because a token that any process revokes must
 * be refused from the next request on. A cached token expires at its time all the same. The cache holds hashes of keys,
 * not keys.
 */
export function rememberingIdentify(database: Database): Identify {
  const identifyOnce = cachedByVersion(
    () => database.version(),
    ({ fingerprint }: Credentials) => fingerprint,
    (credentials) => identify(database, credentials),
    isKnown,
  );
  return async (credentials) => {
    const found = await identifyOnce(credentials);
    return isKnown(found) && hasExpired(found.token.expiresOn) ? 'expired' : found;
  };
}

function isKnown(found: Awaited<ReturnType<Identify>>): found is Identity {
  return found !== null && found !== 'expired';
}

/**
 * The caller that the credentials belong to. null when the token is unknown or revoked, when its user is not active, or
 * when the e-mail address is another user's; `expired` when the token would be valid otherwise. One statement.
 */
export async function identify(database: Database, credentials: Credentials): Promise<Identity | 'expired' | null> {
  const keyHash = hashKey(credentials.key);
  const row = await database.reader.first('identity', { keyHash }, (db, slots) =>
    db
      .selectFrom('api_tokens')
      .innerJoin('users', 'users.id', 'api_tokens.user_id')
      .innerJoin('workspaces', 'workspaces.id', 'api_tokens.workspace_id')
      .leftJoin('memberships', (join) =>
        join
          .onRef('memberships.workspace_id', '=', 'api_tokens.workspace_id')
          .onRef('memberships.user_id', '=', 'api_tokens.user_id')
          .on('memberships.is_active', '=', constant(1)),
      )
      .select([
        'users.id as user_id',
        'users.email',
        'workspaces.id',
        'workspaces.uuid',
        'workspaces.name',
        'memberships.role',
        'api_tokens.id as token_id',
        'api_tokens.uuid as token_uuid',
        'api_tokens.max_role',
        'api_tokens.name as token_name',
        'api_tokens.expires_on',
        'api_tokens.last_used_on',
      ])
      .where('api_tokens.key_hash', '=', slots.keyHash)
      .where('api_tokens.is_active', '=', constant(1))
      .where('users.is_active', '=', constant(1)),
  );
  if (!row || (credentials.kind === 'basic' && credentials.email !== row.email)) return null;
  const token = {
    id: row.token_id,
    uuid: row.token_uuid,
    name: row.token_name,
    expiresOn: row.expires_on,
    lastUsedOn: row.last_used_on,
  };
  if (hasExpired(token.expiresOn)) return 'expired';
  return {
    user: { id: row.user_id, email: row.email },
    workspace: { id: row.id, uuid: row.uuid, name: row.name },
    role: row.role && tokenRole(row.role, row.max_role),
    token,
    issuer: 'here',
  };
}

/** Whether this server has issued the token, valid or not. Such a token must not be shown to an account. */
export async function isIssuedHere(database: Pick<Database, 'reader'>, { key }: Credentials): Promise<boolean> {
  const row = await database.reader.first('issued token', { keyHash: hashKey(key) }, (db, slots) =>
    db.selectFrom('api_tokens').select('api_tokens.id').where('api_tokens.key_hash', '=', slots.keyHash),
  );
  return row !== undefined;
}
