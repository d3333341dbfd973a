import type { Author, WorkspaceWrite } from '../database/database.ts';
import type { Micros, WorkspaceId } from '../database/tables.ts';
import { flag } from '../database/tables.ts';
import type { Campaign, CampaignRow } from './campaign.ts';
import { CAMPAIGNS } from './campaign.ts';
import type { CampaignChange } from './campaign-rules.ts';
import { countCampaign, modificationTime, writeCampaigns } from './campaign-writes.ts';
import type { GroupSummary } from './group.ts';
import { mirrorGroups, referencedGroup } from './mirror-groups.ts';
import type { Mirrored } from './mirror.ts';
import type { Naming } from './mirrored-names.ts';
import { alternativeName, askAbout, nameHolders, takeNames } from './mirrored-names.ts';
import type { Name } from './names.ts';
import { nameColumns, nameOf } from './names.ts';
import { recordCampaign } from './record-change.ts';

/** A campaign as the account shows it. */
export interface MirroredCampaign {
  readonly uuid: string;
  readonly name: string;
  readonly archived: boolean;
  /** With the name, so that a group which has not been read yet can be made. */
  readonly group: { readonly uuid: string; readonly name: string };
  readonly createdOn: Micros;
}

/** Why a campaign is no longer in the account's list. */
export type Fate = 'archived' | 'deleted';

/**
 * Why a campaign is not in the account's list.
 * @param defined The campaigns that exist, archived ones included; null when the account cannot tell. Then the campaign counts as
 * archived, because that can be undone.
 */
export function fateOf(uuid: string, defined: ReadonlySet<string> | null): Fate {
  return defined === null || defined.has(uuid) ? 'archived' : 'deleted';
}

export interface CampaignRows {
  /** A part of the account's list, in its order. */
  readonly rows: readonly MirroredCampaign[];
  /** The campaigns that are no longer in the list, by UUID. */
  readonly gone?: ReadonlyMap<string, Fate>;
  /** Whether a row whose name is taken gets an alternative name. If false, nothing is written then, and `held` tells who has the name. */
  readonly final: boolean;
}

/** The result of `mirrorCampaigns`. `heldGroups` is for the names of groups what `held` is for the names of campaigns. */
export interface MirroredCampaigns extends Mirrored {
  readonly heldGroups: readonly string[];
}

/** A campaign of the mirror, deleted ones included. */
interface KnownCampaign extends Campaign {
  readonly deleted: boolean;
}

/**
 * Brings campaigns up to date with the account, in the caller's transaction. Writes only what differs, and records each difference as
 * one change. The rules for campaigns do not apply, because the account has its own.
 */
export async function mirrorCampaigns(
  write: WorkspaceWrite,
  workspace: WorkspaceId,
  author: Author,
  { rows, gone = new Map(), final }: CampaignRows,
): Promise<MirroredCampaigns> {
  const known = await knownCampaigns(write, workspace, [...new Set([...rows.map(({ uuid }) => uuid), ...gone.keys()])]);
  const wrong = rows.filter((row) => differs(known.get(row.uuid), row));
  const namings = wrong.map(({ uuid, name }): Naming => ({ uuid, name, id: known.get(uuid)?.id ?? null }));
  const holders = await nameHolders(write, workspace, 'campaigns', namings);
  for (const [key, { uuid }] of holders) if (gone.get(uuid) === 'deleted') holders.delete(key);
  const held = askAbout(holders, wrong, known);
  if (held.length > 0 && !final) return { held, heldGroups: [], changed: 0 };

  const groups = await groupsOf(write, workspace, author, wrong, final);
  if ('held' in groups) return { held: [], heldGroups: groups.held, changed: 0 };

  const left = await writeCampaigns(write, workspace, author, leaving(known, gone));
  const renamed = await writeCampaigns(write, workspace, author, await renamingArchived(write, workspace, namings));
  let changed = groups.changed + left.length + renamed.length;
  const names = await takeNames(write, workspace, 'campaigns', namings);
  const touched: number[] = [];
  // The oldest first, so that campaigns with the same creation time get ids in the account's order.
  for (const row of wrong.toReversed()) {
    const group = groups.summaries.get(row.group.uuid);
    if (!group) throw new Error(`the group ${row.group.uuid} of a campaign was not made`);
    const put = { known: known.get(row.uuid), row, group, name: names.get(row.uuid) ?? nameOf(row.name) };
    const { id, isChanged } = await putCampaign(write, workspace, author, put);
    touched.push(id);
    if (isChanged) changed += 1;
  }
  if (touched.length > 0) await write.searchIndex.refresh(write, 'campaigns', touched);
  return { held: [], heldGroups: [], changed };
}

async function knownCampaigns(
  { db }: WorkspaceWrite,
  workspace: WorkspaceId,
  uuids: readonly string[],
): Promise<Map<string, KnownCampaign>> {
  if (uuids.length === 0) return new Map();
  const rows = await db
    .selectFrom('campaigns')
    .innerJoin('groups', (join) =>
      join.onRef('groups.workspace_id', '=', 'campaigns.workspace_id').onRef('groups.id', '=', 'campaigns.group_id'),
    )
    .select([
      'campaigns.id',
      'campaigns.uuid',
      'campaigns.name',
      'campaigns.is_archived',
      'campaigns.is_active',
      'campaigns.created_on',
      'campaigns.modified_on',
      'campaigns.revision',
      'campaigns.group_id',
      'groups.uuid as group_uuid',
      'groups.name as group_name',
    ])
    .where('campaigns.workspace_id', '=', workspace)
    .where('campaigns.uuid', 'in', uuids)
    .execute();
  return new Map(
    rows.map(({ is_active, ...row }) => {
      const campaign = CAMPAIGNS.toNode(row satisfies CampaignRow);
      return [campaign.uuid, { ...campaign, deleted: is_active === 0 }];
    }),
  );
}

function differs(campaign: KnownCampaign | undefined, row: MirroredCampaign): boolean {
  return (
    campaign === undefined ||
    campaign.deleted ||
    campaign.name !== row.name ||
    campaign.archived !== row.archived ||
    campaign.group.uuid !== row.group.uuid ||
    campaign.createdOn !== row.createdOn
  );
}

/** The groups of campaigns, by their UUIDs. Creates those that the mirror lacks, with the UUID and name that the campaigns have. */
async function groupsOf(
  write: WorkspaceWrite,
  workspace: WorkspaceId,
  author: Author,
  rows: readonly MirroredCampaign[],
  final: boolean,
): Promise<{ summaries: Map<string, GroupSummary>; changed: number } | { held: readonly string[] }> {
  const wanted = new Map(rows.map(({ group }) => [group.uuid, group.name]));
  const found = await liveGroups(write, workspace, [...wanted.keys()]);
  const missing = [...wanted].filter(([uuid]) => !found.has(uuid));
  if (missing.length === 0) return { summaries: found, changed: 0 };
  const groups = missing.map(([uuid, name]) => referencedGroup(uuid, name));
  const { held, changed } = await mirrorGroups(write, workspace, author, { rows: groups, counts: false, final });
  if (held.length > 0) return { held };
  return { summaries: await liveGroups(write, workspace, [...wanted.keys()]), changed };
}

async function liveGroups(
  { db }: WorkspaceWrite,
  workspace: WorkspaceId,
  uuids: readonly string[],
): Promise<Map<string, GroupSummary>> {
  if (uuids.length === 0) return new Map();
  const rows = await db
    .selectFrom('groups')
    .select(['id', 'uuid', 'name'])
    .where('workspace_id', '=', workspace)
    .where('uuid', 'in', uuids)
    .where('is_active', '=', 1)
    .execute();
  return new Map(rows.map((row) => [row.uuid, row]));
}

/** The changes of the campaigns that are no longer in the account's list. Those that are as they should be are left out. */
function leaving(known: ReadonlyMap<string, KnownCampaign>, gone: ReadonlyMap<string, Fate>): CampaignChange[] {
  return [...gone].flatMap(([uuid, fate]): CampaignChange[] => {
    const before = known.get(uuid);
    if (!before || before.deleted) return [];
    if (fate === 'deleted') return [{ before, after: null }];
    return before.archived ? [] : [{ before, after: { ...before, archived: true }, name: nameOf(before.name) }];
  });
}

/**
 * The changes that give archived campaigns an alternative name, because a row needs their name: the account shows the row and not the
 * archived campaign.
 */
async function renamingArchived(
  write: WorkspaceWrite,
  workspace: WorkspaceId,
  namings: readonly Naming[],
): Promise<CampaignChange[]> {
  const holders = await nameHolders(write, workspace, 'campaigns', namings);
  const archived = [...holders.values()].flatMap((holder) => (holder.archived ? [holder.uuid] : []));
  const known = await knownCampaigns(write, workspace, archived);
  return [...known.values()].map((before) => {
    const name = nameOf(alternativeName(before.name, before.uuid));
    return { before, after: { ...before, name: name.text }, name };
  });
}

interface PutCampaign {
  readonly known: KnownCampaign | undefined;
  readonly row: MirroredCampaign;
  readonly group: GroupSummary;
  readonly name: Name;
}

async function putCampaign(
  write: WorkspaceWrite,
  workspace: WorkspaceId,
  author: Author,
  { known, row, group, name }: PutCampaign,
): Promise<{ readonly id: number; readonly isChanged: boolean }> {
  const { uuid, archived, createdOn } = row;
  const isThere = known !== undefined && !known.deleted;
  // A row that keeps its alternative name differs from the account in the name, but may still be unchanged.
  const isSame = isThere && known.name === name.text && !differs(known, { ...row, name: name.text });
  const after = { name: name.text, archived, group };
  const revision = isSame
    ? known.revision
    : await recordCampaign(write, author, { uuid, before: isThere ? known : null, after });
  const values = {
    group_id: group.id,
    ...nameColumns(name),
    is_archived: flag(archived),
    is_active: 1 as const,
    created_on: createdOn,
    // The account does not say when a campaign was modified. For a new one, use its creation time.
    modified_on: isSame ? known.modifiedOn : known ? modificationTime(row) : createdOn,
    revision,
  };
  const { id } = known
    ? await write.db
        .updateTable('campaigns')
        .set(values)
        .where('workspace_id', '=', workspace)
        .where('id', '=', known.id)
        .returning('id')
        .executeTakeFirstOrThrow()
    : await write.db
        .insertInto('campaigns')
        .values({ ...values, workspace_id: workspace, uuid })
        .returning('id')
        .executeTakeFirstOrThrow();
  if (isThere) countCampaign(write, known, -1);
  countCampaign(write, after, 1);
  return { id, isChanged: !isSame };
}
