import { sql } from 'kysely';
import type { WorkspaceWrite } from '../database/database.ts';
import type { Flag, WorkspaceId } from '../database/tables.ts';
import type { Name } from './names.ts';
import { MAX_NAME_LENGTH, nameOf } from './names.ts';

// Names in a mirror. The account decides which names there are, and this database has a unique index over them. They can differ for a
// while: a campaign may be read under its new name before the one that had this name is read under its own.

/** A row that is to have a name. */
export interface Naming {
  readonly uuid: string;
  /** null: the row is to be inserted. */
  readonly id: number | null;
  readonly name: string;
}

/** A row that has a name which another one is to have. */
export interface NameHolder {
  readonly uuid: string;
  readonly id: number;
  /** Archived campaigns keep their names, and the account does not show them. */
  readonly archived: boolean;
}

type NamedTable = 'campaigns' | 'groups';

/**
 * The rows that hold names which other rows are to have, and that are not renamed themselves. They are probably outdated: the account
 * must be asked about them. A row under an alternative name is no reason to ask again.
 */
export async function nameHolders(
  { db }: WorkspaceWrite,
  workspace: WorkspaceId,
  table: NamedTable,
  namings: readonly Naming[],
): Promise<Map<string, NameHolder>> {
  const keys = new Map(namings.map(({ name, id }) => [nameOf(name).key, id]));
  if (keys.size === 0) return new Map();
  const renamed = new Set(namings.map(({ id }) => id));
  const rows = await db
    .selectFrom(table)
    .select(['uuid', 'id', 'name_key'])
    .select((table === 'campaigns' ? sql<Flag>`is_archived` : sql<Flag>`0`).as('is_archived'))
    .where('workspace_id', '=', workspace)
    .where('name_key', 'in', [...keys.keys()])
    .where('is_active', '=', 1)
    .execute();
  return new Map(
    rows
      .filter(({ id }) => !renamed.has(id))
      .map(({ name_key: key, uuid, id, is_archived }) => [key, { uuid, id, archived: is_archived === 1 }]),
  );
}

/**
 * The names that rows get, by their UUIDs. A row whose name is taken, by one of the holders or by a row before it, gets an
 * alternative.
 */
export function chosenNames(
  namings: readonly Naming[],
  holders: ReadonlyMap<string, NameHolder>,
): ReadonlyMap<string, Name> {
  const taken = new Set(holders.keys());
  const chosen = new Map<string, Name>();
  for (const { uuid, name } of namings) {
    const wanted = nameOf(name);
    const got = taken.has(wanted.key) ? nameOf(alternativeName(name, uuid)) : wanted;
    taken.add(got.key);
    chosen.set(uuid, got);
  }
  return chosen;
}

/** The name that a row has while another one has its own: with the start of its UUID, which makes it unique. */
export function alternativeName(name: string, uuid: string): string {
  const mark = ` (${uuid.slice(0, 8)})`;
  return [...name].slice(0, MAX_NAME_LENGTH - mark.length).join('') + mark;
}

/**
 * Takes the names from rows that are to get others, so that they can be given in any order: two rows may swap theirs. No name has the
 * control character, so that it collides with none. It is called only for rows that get a name in the same transaction.
 */
export async function releaseNames(
  { db }: WorkspaceWrite,
  workspace: WorkspaceId,
  table: NamedTable,
  ids: readonly number[],
): Promise<void> {
  for (const id of ids) {
    await db
      .updateTable(table)
      .set({ name_key: `\u0001${id}` })
      .where('workspace_id', '=', workspace)
      .where('id', '=', id)
      .execute();
  }
}
