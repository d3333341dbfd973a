import { GROUP_KINDS, GROUP_STATUSES, ROLES } from '../database/tables.ts';
import type { Column } from './columns.ts';
import {
  contactCount,
  filledText,
  flag,
  id,
  keptName,
  oneOf,
  optional,
  orNull,
  text,
  time,
  uuid,
  WrongValue,
} from './columns.ts';

/** The version of the snapshot format that this release reads and writes. */
export const FORMAT = 1;

/** The type of a row after its columns have been read. */
export type RowOf<Shape> = { [Member in keyof Shape]: Shape[Member] extends Column<infer Stored> ? Stored : never };

const role = oneOf(...ROLES);

/**
 * The lists of a snapshot. A list refers only to lists before it. The rules for names do not apply to workspaces, groups
 * and campaigns, because a mirror has the names that the account gives them. A token has a `key` or a `hash`: dumped tokens have
 * only the hash, because databases do not keep keys.
 */
export const LISTS = {
  workspaces: { id, uuid, name: filledText },
  users: { id, email: filledText, is_active: flag },
  memberships: {
    workspace_id: id,
    user_id: id,
    role,
    uuid: optional(uuid),
    created_on: optional(time),
  },
  tokens: {
    name: text,
    key: optional(filledText),
    hash: optional(filledText),
    workspace_id: id,
    user_id: id,
    is_active: flag,
    created_on: optional(time),
    expires_on: optional(orNull(time)),
    last_used_on: optional(orNull(time)),
    uuid: optional(uuid),
    max_role: optional(orNull(role)),
  },
  groups: {
    id,
    uuid,
    workspace_id: id,
    name: keptName,
    kind: oneOf(...GROUP_KINDS),
    is_system: flag,
    query: orNull(text),
    status: oneOf(...GROUP_STATUSES),
    count: contactCount,
    is_active: flag,
    created_on: time,
  },
  campaigns: {
    id,
    uuid,
    workspace_id: id,
    group_id: id,
    name: keptName,
    is_archived: flag,
    is_active: flag,
    created_on: time,
    modified_on: optional(time),
  },
} as const;

export type ListName = keyof typeof LISTS;
export type Row<List extends ListName> = RowOf<(typeof LISTS)[List]>;

/** How many rows each list has. */
export type RowCounts = Record<ListName, number>;

/** Counts that begin with 0. */
export const noRows = (): RowCounts => Object.fromEntries(Object.keys(LISTS).map((list) => [list, 0])) as RowCounts;

/** All rows of a snapshot, for data that is small and made in memory. */
export type Snapshot = { readonly [List in ListName]: readonly Row<List>[] };

/** Rows of one list that follow one another. `start` is the index of the first of them in its list. */
export type Batch = {
  [List in ListName]: { readonly list: List; readonly start: number; readonly rows: readonly Row<List>[] };
}[ListName];

/** The most rows of a batch. One statement writes them, and PostgreSQL takes at most 65,535 values in one. */
export const MAX_BATCH = 500;

/** A snapshot cannot be loaded. The message names the list, the index of the row in it, and the member. */
export class SnapshotError extends Error {}

/** Checks each value of a row, which comes from JSON. Throws SnapshotError. */
export function parseRow<List extends ListName>(list: List, place: number, row: unknown): Row<List> {
  if (typeof row !== 'object' || row === null) throw new SnapshotError(`${list}[${place}] is not an object.`);
  const given = row as Record<string, unknown>;
  const read: Record<string, unknown> = {};
  for (const [member, column] of MEMBERS[list]) {
    try {
      read[member] = column.read(given[member]);
    } catch (error) {
      if (!(error instanceof WrongValue)) throw error;
      throw wrongMember(list, place, member, given[member], error.message);
    }
  }
  return read as Row<List>;
}

const MEMBERS = Object.fromEntries(
  Object.entries(LISTS).map(([list, shape]) => [list, Object.entries(shape)]),
) as unknown as Readonly<Record<ListName, readonly (readonly [member: string, column: Column<never>])[]>>;

/** An error for one wrong value: where it is, what it is, and what would be right. */
export function wrongMember(list: string, place: number, member: string, value: unknown, right: string): SnapshotError {
  const shown = value === undefined ? 'missing' : JSON.stringify(value).slice(0, 100);
  return new SnapshotError(`${list}[${place}].${member} is ${shown}: it ${right}.`);
}
