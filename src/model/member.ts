import type { Flag, Micros, RoleName } from '../database/tables.ts';
import { foldName } from '../encoding/fold.ts';
import { each, like, oneOf, searchPatterns } from './conditions.ts';
import type { Listed } from './list.ts';
import { describeList, uuidValues } from './list.ts';

/** A person who works in a workspace. */
export interface Member extends Listed {
  readonly userId: number;
  readonly email: string;
  readonly role: RoleName;
  /** Whether the person can sign in anywhere. Only the server's operator makes a person inactive. */
  readonly active: boolean;
  readonly createdOn: Micros;
  /** The revision of its last change: see `MembershipsTable`. */
  readonly revision: number;
}

/** A filter of members. A member matches when it meets all the given conditions. */
export interface MemberFilter {
  readonly uuids?: readonly string[] | undefined;
  readonly userIds?: readonly number[] | undefined;
  /** Words or parts of words that the e-mail address has, in any order. Case is ignored. */
  readonly search?: string | undefined;
}

/** A row of the list's columns. */
export interface MemberRow {
  readonly id: number;
  readonly uuid: string;
  readonly user_id: number;
  readonly email: string;
  readonly role: RoleName;
  readonly user_is_active: Flag;
  readonly created_on: Micros;
  readonly revision: number;
}

function toMember({ user_id, user_is_active, created_on, ...row }: MemberRow): Member {
  return { ...row, userId: user_id, active: user_is_active === 1, createdOn: created_on };
}

/** The list of members. Those who have left are not in it. */
export const MEMBERS = describeList({
  name: 'members',
  table: 'memberships',
  columns: [
    'memberships.id',
    'memberships.uuid',
    'memberships.user_id',
    'memberships.role',
    'memberships.created_on',
    'memberships.revision',
  ],
  join: {
    table: 'users',
    on: [['users.id', 'memberships.user_id']],
    columns: ['users.email', 'users.is_active as user_is_active'],
  },
  toNode: toMember,
  orders: {
    created: { column: 'memberships.created_on', type: 'integer', keyOf: ({ createdOn }) => createdOn },
    email: {
      column: 'memberships.email_key',
      type: 'text',
      keyOf: ({ email }) => foldName(email),
      searched: { allows: [] },
    },
  },
  parents: {},
  valuesOf({ uuids, userIds, search }: MemberFilter) {
    const patterns = searchPatterns(search, foldName);
    if (patterns === null || uuids?.length === 0 || userIds?.length === 0) return null;
    return { ...uuidValues(uuids), userIds, searchPatterns: patterns };
  },
  conditions: {
    userIds: oneOf('memberships.user_id'),
    searchPatterns: each(like('memberships.email_key')),
  },
});
