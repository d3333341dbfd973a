import type { Column } from './columns.ts';
import {
  count,
  filledText,
  flag,
  id,
  oneOf,
  optional,
  text,
  textOrNull,
  time,
  timeOrNull,
  uuid,
  WrongValue,
} from './columns.ts';

/** The version of the snapshot format that this release reads and writes. */
export const FORMAT = 1;

type Columns = Record<string, Column<never>>;

/** The type of a row after its columns have been read. */
export type RowOf<Shape> = { [Member in keyof Shape]: Shape[Member] extends Column<infer Stored> ? Stored : never };

/**
 * The lists of a snapshot. A list refers only to lists before it. A token has a `key` or a `hash`: dumped tokens have
 * only the hash, because databases do not keep keys.
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
    expires_on: optional(timeOrNull),
    last_used_on: optional(timeOrNull),
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

/** A snapshot cannot be loaded. The message names the list, the index of the row in it, and the member. */
export class SnapshotError extends Error {}

/** Parses the text of a snapshot and checks each value. Throws SnapshotError. */
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

/** An error for one wrong value: where it is, what it is, and what would be right. */
export function wrongMember(list: string, place: number, member: string, value: unknown, right: string): SnapshotError {
  const shown = value === undefined ? 'missing' : JSON.stringify(value).slice(0, 100);
  return new SnapshotError(`${list}[${place}].${member} is ${shown}: it ${right}.`);
}
