import { sql } from 'kysely';
import type { Flag, GroupKindName, GroupStatusName, Micros } from '../database/tables.ts';
import { each, equals, like, oneOf, searchPatterns } from './conditions.ts';
import { describeList, uuidValues } from './list.ts';
import { foldName } from '../encoding/fold.ts';
import { parseUuid } from '../encoding/uuid.ts';
import { WrittenOnce } from '../memory/written-once.ts';
import { lookupKey, searchWords } from './names.ts';

/** The part of a group that is read together with each campaign. */
export interface GroupSummary {
  readonly id: number;
  readonly uuid: string;
  readonly name: string;
}

/** A group that many campaigns have. They share this object. */
export class SharedGroup extends WrittenOnce implements GroupSummary {
  readonly id: number;
  readonly uuid: string;
  readonly name: string;

  constructor({ id, uuid, name }: GroupSummary) {
    super();
    this.id = id;
    this.uuid = uuid;
    this.name = name;
  }
}

/** A set of contacts. Campaigns send their messages to groups. */
export interface Group extends GroupSummary {
  readonly query: string | null;
  readonly status: GroupStatusName;
  readonly system: boolean;
  readonly contactCount: number;
  readonly createdOn: Micros;
  /** The revision of its last change: see `GroupsTable`. */
  readonly revision: number;
}

/** The most contacts that a group can have, because GraphQL's Int is no larger: lists with a larger number could not be shown. */
export const MAX_CONTACT_COUNT = 2 ** 31 - 1;

/** The kinds of groups that are shown. Groups of kind `status` mirror the status of contacts and are never shown. */
export type GroupKind = Exclude<GroupKindName, 'status'>;

/** Names one group, in one of these ways. Names are compared ignoring case, and are not trimmed. */
export type GroupReference =
  | { readonly uuid: string }
  | { readonly name: string }
  /** A UUID in any spelling. When no group has this UUID, the text is taken as a name. */
  | { readonly uuidOrName: string };

/** A filter of groups. A group matches when it meets all the given conditions. */
export interface GroupFilter {
  readonly uuids?: readonly string[] | undefined;
  readonly name?: string | undefined;
  readonly kind?: GroupKind | undefined;
  readonly statuses?: readonly GroupStatusName[] | undefined;
  /** Words or parts of words that the name has, in any order. Case and accents are ignored. */
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
  'groups.revision',
] as const;

/** The columns in `GROUP_COLUMNS`. */
export interface GroupRow {
  readonly id: number;
  readonly uuid: string;
  readonly name: string;
  readonly query: string | null;
  readonly status: GroupStatusName;
  readonly is_system: Flag;
  readonly contact_count: number;
  readonly created_on: Micros;
  readonly revision: number;
}

export function toGroup({ is_system, contact_count, created_on, ...row }: GroupRow): Group {
  return {
    ...row,
    system: is_system === 1,
    contactCount: Math.min(contact_count, MAX_CONTACT_COUNT),
    createdOn: created_on,
  };
}

/** The list of groups. Status groups are internal: they are never listed or found. */
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
    const patterns = searchPatterns(search);
    if (nameKey === null || patterns === null || uuids?.length === 0 || statuses?.length === 0) return null;
    return { ...uuidValues(uuids), nameKey, kind, statuses, searchPatterns: patterns };
  },
  conditions: {
    nameKey: equals('groups.name_key'),
    kind: equals('groups.kind'),
    statuses: oneOf('groups.status'),
    searchPatterns: each(like('groups.search_key')),
  },
  unique: ['nameKey'],
  search: { table: 'groups', wordsOf: ({ search }) => searchWords(search ?? '') },
  keptCounts: {},
});

/** The UUID or the name with which a reference names its group. */
export function referenceText(reference: GroupReference): string {
  if ('uuid' in reference) return reference.uuid;
  return 'name' in reference ? reference.name : reference.uuidOrName;
}

/** The values to look a reference up by: first `uuid`, then `nameKey`. null when no group can match the reference. */
export function referenceValues(
  reference: GroupReference,
): { uuid?: string | undefined; nameKey?: string | undefined } | null {
  if ('uuid' in reference) return { uuid: reference.uuid };
  const name = referenceText(reference);
  const uuid = 'name' in reference ? null : parseUuid(name);
  const nameKey = lookupKey(name);
  if (uuid === null && nameKey === null) return null;
  return { uuid: uuid ?? undefined, nameKey: nameKey ?? undefined };
}
