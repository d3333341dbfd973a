import { sql } from 'kysely';
import type { Flag, GroupKindName, GroupStatusName, Micros } from '../database/tables.ts';
import { containing, equals, like, oneOf } from './conditions.ts';
import { describeList, uuidValues } from './list.ts';
import { foldName, lookupKey } from './names.ts';
import { parseUuid } from './uuid.ts';

/** What is known of a group wherever a campaign names it. */
export interface GroupSummary {
  readonly id: number;
  readonly uuid: string;
  readonly name: string;
}

/** A set of contacts that campaigns are run against. */
export interface Group extends GroupSummary {
  readonly query: string | null;
  readonly status: GroupStatusName;
  readonly system: boolean;
  readonly contactCount: number;
  readonly createdOn: Micros;
}

/** The kinds of groups that are shown: those of kind `status` mirror a contact's status, and never are. */
export type GroupKind = Exclude<GroupKindName, 'status'>;

/** One group, named by one of these. Names are compared without case and not trimmed. */
export type GroupReference =
  | { readonly uuid: string }
  | { readonly name: string }
  /** A UUID in any spelling, and if there is no such group, a name. */
  | { readonly uuidOrName: string };

/** Which groups: all the given conditions hold. */
export interface GroupFilter {
  readonly uuids?: readonly string[] | undefined;
  readonly name?: string | undefined;
  readonly kind?: GroupKind | undefined;
  readonly statuses?: readonly GroupStatusName[] | undefined;
  /** In the name, without case. */
  readonly search?: string | undefined;
}

/** The columns of a group, for `toGroup`. */
export const GROUP_COLUMNS = [
  'groups.id',
  'groups.uuid',
  'groups.name',
  'groups.query',
  'groups.status',
  'groups.is_system',
  'groups.contact_count',
  'groups.created_on',
] as const;

interface GroupRow {
  readonly id: number;
  readonly uuid: string;
  readonly name: string;
  readonly query: string | null;
  readonly status: GroupStatusName;
  readonly is_system: Flag;
  readonly contact_count: number;
  readonly created_on: Micros;
}

export function toGroup({ is_system, contact_count, created_on, ...row }: GroupRow): Group {
  return { ...row, system: is_system === 1, contactCount: contact_count, createdOn: created_on };
}

/** The list of groups. Those that mirror a contact's status are internal: they are never listed or found. */
export const GROUPS = describeList({
  name: 'groups',
  table: 'groups',
  columns: GROUP_COLUMNS,
  toNode: toGroup,
  orders: {
    created: { column: 'groups.created_on', type: 'integer', keyOf: ({ createdOn }) => createdOn },
    name: { column: 'groups.name_key', type: 'text', keyOf: ({ name }) => foldName(name) },
  },
  parents: {},
  shown: sql`${sql.ref('groups.kind')} <> ${sql.lit('status')}`,
  valuesOf({ uuids, name, kind, statuses, search }: GroupFilter) {
    const nameKey = name === undefined ? undefined : lookupKey(name);
    const searchPattern = search ? containing(search) : undefined;
    if (nameKey === null || searchPattern === null || uuids?.length === 0 || statuses?.length === 0) return null;
    return { ...uuidValues(uuids), nameKey, kind, statuses, searchPattern };
  },
  conditions: {
    nameKey: equals('groups.name_key'),
    kind: equals('groups.kind'),
    statuses: oneOf('groups.status'),
    searchPattern: like('groups.name_key'),
  },
});

/** The values to look a reference up by: by `uuid` first, then by `nameKey`; null when no group can be named so. */
export function referenceValues(
  reference: GroupReference,
): { uuid?: string | undefined; nameKey?: string | undefined } | null {
  if ('uuid' in reference) return { uuid: reference.uuid };
  const name = 'name' in reference ? reference.name : reference.uuidOrName;
  const uuid = 'name' in reference ? null : parseUuid(name);
  const nameKey = lookupKey(name);
  if (uuid === null && nameKey === null) return null;
  return { uuid: uuid ?? undefined, nameKey: nameKey ?? undefined };
}
