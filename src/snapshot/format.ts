import type { Column } from './columns.ts';
import { count, filledText, flag, id, oneOf, optional, text, textOrNull, time, uuid, WrongValue } from './columns.ts';

/** The version of the format that is read and written. */
export const FORMAT = 1;

type Columns = Record<string, Column<never>>;

/** A row as the columns of its list read it. */
export type RowOf<Shape> = { [Member in keyof Shape]: Shape[Member] extends Column<infer Stored> ? Stored : never };

/**
 * The lists of a snapshot, in the order in which they refer to one another. A token has its `key`, or the `hash` of one
 * that is not known any more: databases keep hashes only.
 */
export const LISTS = {
  workspaces: { id, uuid, name: filledText },
  users: { id, email: filledText, is_active: flag },
  memberships: { workspace_id: id, user_id: id, role: oneOf('administrator', 'editor', 'agent', 'viewer') },
  tokens: {
    name: text,
    key: optional(filledText),
    hash: optional(filledText),
    workspace_id: id,
    user_id: id,
    is_active: flag,
    created_on: optional(time),
  },
  groups: {
    id,
    uuid,
    workspace_id: id,
    name: filledText,
    kind: oneOf('manual', 'smart', 'status'),
    is_system: flag,
    query: textOrNull,
    status: oneOf('initializing', 'evaluating', 'ready', 'invalid'),
    count,
    is_active: flag,
    created_on: time,
  },
  campaigns: {
    id,
    uuid,
    workspace_id: id,
    group_id: id,
    name: filledText,
    is_archived: flag,
    is_active: flag,
    created_on: time,
    modified_on: optional(time),
  },
} as const;

export type ListName = keyof typeof LISTS;
export type Row<List extends ListName> = RowOf<(typeof LISTS)[List]>;
export type Snapshot = { [List in ListName]: Row<List>[] };

/** A snapshot cannot be loaded: the message names the list, the row's place in it, and the member. */
export class SnapshotError extends Error {}

/** Reads a snapshot's text. Throws SnapshotError. */
export function parseSnapshot(source: string): Snapshot {
  const document = parseObject(source);
  if (document.format !== FORMAT) {
    throw new SnapshotError(`"format" is ${JSON.stringify(document.format)}; this release reads format ${FORMAT}.`);
  }
  const lists = Object.entries(LISTS).map(([list, shape]) => [
    list,
    parseList(document, list, shape as unknown as Columns),
  ]);
  return Object.fromEntries(lists) as Snapshot;
}

function parseObject(source: string): Record<string, unknown> {
  let document: unknown;
  try {
    document = JSON.parse(source);
  } catch (error) {
    throw new SnapshotError(`It is not JSON: ${error instanceof Error ? error.message : String(error)}.`);
  }
  if (typeof document !== 'object' || document === null || Array.isArray(document)) {
    throw new SnapshotError('It must be one JSON object of lists.');
  }
  return document as Record<string, unknown>;
}

function parseList(document: Record<string, unknown>, list: string, shape: Columns): Record<string, unknown>[] {
  const rows = document[list];
  if (!Array.isArray(rows)) throw new SnapshotError(`"${list}" is ${rows === undefined ? 'missing' : 'not a list'}.`);
  const members = Object.entries(shape);
  return rows.map((row: unknown, place) => {
    if (typeof row !== 'object' || row === null) throw new SnapshotError(`${list}[${place}] is not an object.`);
    const given = row as Record<string, unknown>;
    const read: Record<string, unknown> = {};
    for (const [member, column] of members) {
      try {
        read[member] = column.read(given[member]);
      } catch (error) {
        if (!(error instanceof WrongValue)) throw error;
        throw wrongMember(list, place, member, given[member], error.message);
      }
    }
    return read;
  });
}

/** Says where a snapshot is wrong, with the value and what would be right. */
export function wrongMember(list: string, place: number, member: string, value: unknown, right: string): SnapshotError {
  const shown = value === undefined ? 'missing' : JSON.stringify(value).slice(0, 100);
  return new SnapshotError(`${list}[${place}].${member} is ${shown}: it ${right}.`);
}
