import { sql } from 'kysely';
import type { Session, WorkspaceWrite } from '../database/database.ts';
import type { Flag, WorkspaceId } from '../database/tables.ts';
import type { Name } from './names.ts';
import { MAX_NAME_LENGTH, nameOf } from './names.ts';
import type { NamedTable } from './release-names.ts';
import { releaseNames } from './release-names.ts';

// Names in a mirror. The account decides which object has which name, and this database has a unique index over names. Two objects can
// have the same name for a while: the mirror may read a campaign's new name while another campaign still has this name here, because
// the other campaign's new name has not been read yet.

/** A row, and the name that the account gives it. */
export interface Naming {
  readonly uuid: string;
  /** null: the row is to be inserted. */
  readonly id: number | null;
  readonly name: string;
}

/** A row that has a name that another row needs. */
export interface NameHolder {
  readonly uuid: string;
  readonly id: number;
  /** Archived campaigns keep their names, and the account does not show them. */
  readonly archived: boolean;
}

/**
 * The rows that have a name that one of `namings` needs, and that are not in `namings` themselves. They are probably outdated, so the
 * account must be asked about them. The map's keys are the folded names.
 */
export async function nameHolders(
  { db }: Session,
  workspace: WorkspaceId,
  table: NamedTable,
  namings: readonly Naming[],
): Promise<Map<string, NameHolder>> {
  const keys = new Set(namings.map(({ name }) => nameOf(name).key));
  if (keys.size === 0) return new Map();
  const renamed = new Set(namings.map(({ id }) => id));
  const rows = await db
    .selectFrom(table)
    .select(['uuid', 'id', 'name_key'])
    .select((table === 'campaigns' ? sql<Flag>`is_archived` : sql<Flag>`0`).as('is_archived'))
    .where('workspace_id', '=', workspace)
    .where('name_key', 'in', [...keys])
    .where('is_active', '=', 1)
    .execute();
  return new Map(
    rows
      .filter(({ id }) => !renamed.has(id))
      .map(({ name_key: key, uuid, id, is_archived }) => [key, { uuid, id, archived: is_archived === 1 }]),
  );
}

/**
 * The UUIDs of the holders that the account must be asked about. When a row already has its alternative name, the holder of its
 * name is left out.
 */
export function askAbout(
  holders: ReadonlyMap<string, NameHolder>,
  rows: readonly Pick<Naming, 'uuid' | 'name'>[],
  known: ReadonlyMap<string, { readonly name: string }>,
): string[] {
  return rows.flatMap(({ uuid, name }) => {
    const holder = holders.get(nameOf(name).key);
    return holder && known.get(uuid)?.name !== alternativeName(name, uuid) ? [holder.uuid] : [];
  });
}

/**
 * The names that rows get, by the rows' UUIDs. A row gets an alternative name when a row that is not in `namings`, or an earlier one, has
 * its name. The rows lose their names, so that each must be written with its new one in the same transaction, in any order.
 */
export async function takeNames(
  write: WorkspaceWrite,
  workspace: WorkspaceId,
  table: NamedTable,
  namings: readonly Naming[],
): Promise<ReadonlyMap<string, Name>> {
  const names = chosenNames(namings, await nameHolders(write, workspace, table, namings));
  await releaseNames(
    write,
    workspace,
    table,
    namings.flatMap(({ id }) => id ?? []),
  );
  return names;
}

/**
 * The names that rows get, by the rows' UUIDs. A row gets an alternative name when one of the holders, or an earlier row, has its
 * name.
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

/** The name that a row gets while another row has its name. The start of the row's UUID makes it unique. */
export function alternativeName(name: string, uuid: string): string {
  const mark = ` (${uuid.slice(0, 8)})`;
  return [...name].slice(0, MAX_NAME_LENGTH - mark.length).join('') + mark;
}
