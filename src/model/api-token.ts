import { sql } from 'kysely';
import type { Micros, RoleName } from '../database/tables.ts';
import { equals } from './conditions.ts';
import type { Listed } from './list.ts';
import { describeList, uuidValues } from './list.ts';

/** A token that has not been revoked. Neither its key nor the key's hash is among its members. */
export interface ApiToken extends Listed {
  readonly userId: number;
  /** The e-mail address of its user. */
  readonly email: string;
  readonly name: string;
  /** The most that it allows. null: as much as the role of its user. */
  readonly maxRole: RoleName | null;
  readonly createdOn: Micros;
  /** The start of the day, in UTC, on which it was last used. null: it has not been used. */
  readonly lastUsedOn: Micros | null;
  /** From this time on it is refused. null: it does not expire. */
  readonly expiresOn: Micros | null;
  /** The revision of its last change: see `ApiTokensTable`. */
  readonly revision: number;
}

/** A filter of tokens. A token matches when it meets all the given conditions. */
export interface ApiTokenFilter {
  readonly uuids?: readonly string[] | undefined;
  /** The tokens of one user. */
  readonly userId?: number | undefined;
  /** The tokens of the member with this UUID. */
  readonly member?: string | undefined;
}

/** A row of the list's columns. */
export interface ApiTokenRow {
  readonly id: number;
  readonly uuid: string;
  readonly user_id: number;
  readonly email: string;
  readonly name: string;
  readonly max_role: RoleName | null;
  readonly created_on: Micros;
  readonly last_used_on: Micros | null;
  readonly expires_on: Micros | null;
  readonly revision: number;
}

function toApiToken({ user_id, max_role, created_on, last_used_on, expires_on, ...row }: ApiTokenRow): ApiToken {
  return {
    ...row,
    userId: user_id,
    maxRole: max_role,
    createdOn: created_on,
    lastUsedOn: last_used_on,
    expiresOn: expires_on,
  };
}

/** The list of tokens. Revoked ones are not in it; those that have expired are. */
export const API_TOKENS = describeList({
  name: 'apiTokens',
  table: 'api_tokens',
  columns: [
    'api_tokens.id',
    'api_tokens.uuid',
    'api_tokens.user_id',
    'api_tokens.name',
    'api_tokens.max_role',
    'api_tokens.created_on',
    'api_tokens.last_used_on',
    'api_tokens.expires_on',
    'api_tokens.revision',
  ],
  join: { table: 'users', on: [['users.id', 'api_tokens.user_id']], columns: ['users.email'] },
  toNode: toApiToken,
  orders: {
    created: {
      column: 'api_tokens.created_on',
      type: 'integer',
      keyOf: ({ createdOn }) => createdOn,
      covers: ['userId', 'member'],
    },
  },
  parents: {},
  valuesOf({ uuids, userId, member }: ApiTokenFilter) {
    return uuids?.length === 0 ? null : { ...uuidValues(uuids), userId, member };
  },
  conditions: {
    userId: equals('api_tokens.user_id'),
    member: (slot, { workspace }) =>
      sql`api_tokens.user_id = (
        select memberships.user_id from memberships
        where memberships.workspace_id = ${workspace} and memberships.uuid = ${slot}
      )`,
  },
});
