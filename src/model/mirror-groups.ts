import type { Author, WorkspaceWrite } from '../database/database.ts';
import type { GroupStatusName, Micros, WorkspaceId } from '../database/tables.ts';
import { flag } from '../database/tables.ts';
import { creationTime, creationTimes } from './creation-time.ts';
import type { Group } from './group.ts';
import { GROUP_COLUMNS, GROUPS, toGroup } from './group.ts';
import { campaignUsing, removeGroup } from './group-writes.ts';
import type { Mirrored } from './mirror.ts';
import type { Naming } from './mirrored-names.ts';
import { askAbout, nameHolders, takeNames } from './mirrored-names.ts';
import type { Name } from './names.ts';
import { nameColumns, nameOf } from './names.ts';
import { recordGroup } from './record-change.ts';

/** A group as the account shows it. */
export interface MirroredGroup {
  readonly uuid: string;
  readonly name: string;
  readonly query: string | null;
  readonly status: GroupStatusName;
  readonly system: boolean;
  readonly count: number;
}

/** A group of which only a campaign's reference to it is known. */
export function referencedGroup(uuid: string, name: string): MirroredGroup {
  return { uuid, name, query: null, status: 'ready', system: false, count: 0 };
}

export interface GroupRows {
  /** A part of the account's list, in its order. */
  readonly rows: readonly MirroredGroup[];
  /** The UUID of the group right before the first row in the account's list; null when it is not known, or there is none. */
  readonly newer?: string | null;
  /** The groups of these UUIDs do not exist any more. */
  readonly deleted?: readonly string[];
  /** Whether a group is written when only its number of contacts differs. These numbers change all the time. */
  readonly counts: boolean;
  /** Whether a row whose name is taken gets an alternative name. If false, nothing is written then, and `held` tells who has the name. */
  readonly final: boolean;
}

/** A group of the mirror, deleted ones included. */
interface KnownGroup extends Group {
  readonly deleted: boolean;
}

/**
 * Brings groups up to date with the account, in the caller's transaction. Writes only what differs, and records each difference as one
 * change. The rules for groups do not apply, because the account has its own.
 */
export async function mirrorGroups(
  write: WorkspaceWrite,
  workspace: WorkspaceId,
  author: Author,
  { rows, newer = null, deleted = [], counts, final }: GroupRows,
): Promise<Mirrored> {
  const uuids = [...new Set([...rows.map(({ uuid }) => uuid), ...deleted, ...(newer === null ? [] : [newer])])];
  const known = await knownGroups(write, workspace, uuids);
  const wrong = rows.filter((row) => differs(known.get(row.uuid), row, counts));
  const namings = wrong.map(({ uuid, name }): Naming => ({ uuid, name, id: known.get(uuid)?.id ?? null }));
  const holders = await nameHolders(write, workspace, 'groups', namings);
  const leaving = new Set(deleted);
  for (const [key, { uuid }] of holders) if (leaving.has(uuid)) holders.delete(key);
  const held = askAbout(holders, wrong, known);
  if (held.length > 0 && !final) return { held, changed: 0 };

  let changed = 0;
  for (const uuid of deleted) {
    const group = known.get(uuid);
    if (!group || group.deleted) continue;
    // A campaign that is not archived and has the group is outdated. The group is deleted when the campaign has been read again.
    if ((await campaignUsing(write, workspace, group)) !== null) continue;
    await removeGroup(write, workspace, author, group);
    changed += 1;
  }
  const names = await takeNames(write, workspace, 'groups', namings);
  const times = creationTimesOf(rows, known, newer);
  // The oldest first, so that ids follow the account's order too.
  for (const row of wrong.toReversed()) {
    const name = names.get(row.uuid) ?? nameOf(row.name);
    const put = { known: known.get(row.uuid), row, name, created: times.get(row.uuid) };
    if (await putGroup(write, workspace, author, put)) changed += 1;
  }
  return { held: [], changed };
}

async function knownGroups(
  { db }: WorkspaceWrite,
  workspace: WorkspaceId,
  uuids: readonly string[],
): Promise<Map<string, KnownGroup>> {
  if (uuids.length === 0) return new Map();
  const rows = await db
    .selectFrom('groups')
    .select([...GROUP_COLUMNS, 'groups.is_active'])
    .where('workspace_id', '=', workspace)
    .where('uuid', 'in', uuids)
    .execute();
  return new Map(rows.map(({ is_active, ...row }) => [row.uuid, { ...toGroup(row), deleted: is_active === 0 }]));
}

function differs(group: KnownGroup | undefined, row: MirroredGroup, counts: boolean): boolean {
  return (
    group === undefined ||
    group.deleted ||
    group.name !== row.name ||
    group.query !== row.query ||
    group.status !== row.status ||
    group.system !== row.system ||
    (counts && group.contactCount !== row.count)
  );
}

/**
 * The creation times of groups that the mirror does not have yet, by UUID. The account does not give these times, but its list is
 * ordered by them, newest first: a group gets a time before that of the next newer group. Without a newer group it is not in the map,
 * and is created now.
 */
function creationTimesOf(
  rows: readonly MirroredGroup[],
  known: ReadonlyMap<string, KnownGroup>,
  newer: string | null,
): ReadonlyMap<string, Micros> {
  const times = new Map<string, Micros>();
  let above = newer === null ? undefined : known.get(newer)?.createdOn;
  rows.forEach(({ uuid }, place) => {
    const own = known.get(uuid)?.createdOn;
    if (own !== undefined) {
      above = own;
    } else if (above !== undefined) {
      const below = rows.slice(place + 1).find((row) => known.has(row.uuid));
      const floor = below ? (known.get(below.uuid)?.createdOn ?? 0) : 0;
      above = Math.max(above - 1, Math.min(floor, above));
      times.set(uuid, above);
    }
  });
  return times;
}

interface PutGroup {
  readonly known: KnownGroup | undefined;
  readonly row: MirroredGroup;
  readonly name: Name;
  /** undefined: now. */
  readonly created: Micros | undefined;
}

/** Writes a group. Returns whether it has changed. */
async function putGroup(
  write: WorkspaceWrite,
  workspace: WorkspaceId,
  author: Author,
  { known, row, name, created }: PutGroup,
): Promise<boolean> {
  const { uuid, query, status, system, count } = row;
  const after = { name: name.text, query, status, system, contactCount: count };
  const values = {
    ...nameColumns(name),
    kind: query === null ? ('manual' as const) : ('smart' as const),
    is_system: flag(system),
    query,
    status,
    contact_count: count,
    is_active: 1 as const,
  };
  const isThere = known !== undefined && !known.deleted;
  // A row that keeps its alternative name differs from the account in the name, but may still be unchanged.
  const isSame = isThere && known.name === after.name && !differs(known, { ...row, name: after.name }, true);
  const revision = isSame
    ? known.revision
    : await recordGroup(write, author, { uuid, before: isThere ? known : null, after });
  const { id } = known
    ? await write.db
        .updateTable('groups')
        .set({ ...values, revision })
        .where('workspace_id', '=', workspace)
        .where('id', '=', known.id)
        .returning('id')
        .executeTakeFirstOrThrow()
    : await write.db
        .insertInto('groups')
        .values({
          ...values,
          workspace_id: workspace,
          uuid,
          revision,
          created_on: created ?? creationTime('groups', { workspace, ...creationTimes() }),
        })
        .returning('id')
        .executeTakeFirstOrThrow();
  await write.searchIndex.refresh(write, 'groups', [id]);
  if (!isThere) write.count({ list: GROUPS.name }, 1);
  return !isSame;
}
