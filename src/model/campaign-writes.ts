import type { Author, WorkspaceWrite } from '../database/database.ts';
import type { Micros, WorkspaceId } from '../database/tables.ts';
import { flag } from '../database/tables.ts';
import { constant } from '../database/statements.ts';
import { foldName } from '../encoding/fold.ts';
import type { Campaign, CampaignState } from './campaign.ts';
import { CAMPAIGNS } from './campaign.ts';
import type { CampaignChange } from './campaign-rules.ts';
import { creationTime, creationTimes } from './creation-time.ts';
import { LoopTurns } from '../waiting/loop-turns.ts';
import type { Name } from './names.ts';
import { recordCampaign } from './record-change.ts';
import { releaseNames } from './release-names.ts';
import { now } from './time.ts';
import { newUuid } from './uuid.ts';

/**
 * Writes changes that the rules have allowed, in their order. Returns the campaigns as they are after the changes; a deleted one
 * as it was before. A change whose `after` is its `before` writes nothing.
 */
export async function writeCampaigns(
  write: WorkspaceWrite,
  workspace: WorkspaceId,
  author: Author,
  changes: readonly CampaignChange[],
): Promise<Campaign[]> {
  if (changes.length > 1) await releaseNames(write, workspace, 'campaigns', campaignsThatLoseNames(changes));
  const written: Campaign[] = [];
  const searched: number[] = [];
  const turns = new LoopTurns();
  for (const change of changes) {
    await turns.next();
    const { before, after } = change;
    if (before && before === after) {
      written.push(before);
      continue;
    }
    const uuid = before?.uuid ?? newUuid();
    const revision = await recordCampaign(write, author, { uuid, before, after });
    const campaign =
      after === null
        ? await remove(write, workspace, before, revision)
        : before === null
          ? await insert(write, workspace, { ...after, uuid, revision }, change.name)
          : await update(write, workspace, before, { ...after, revision }, change.name);
    written.push(campaign);
    if (before) countCampaign(write, before, -1);
    if (after) countCampaign(write, after, 1);
    const renamed = before?.name !== after?.name;
    if (renamed || before?.group.id !== after?.group.id) searched.push(campaign.id);
  }
  if (searched.length) await write.searchIndex.refresh(write, 'campaigns', searched);
  return written;
}

/** Adds a campaign to the kept counts of its group and archived state, or removes it from them. */
export function countCampaign(write: WorkspaceWrite, { group, archived }: CampaignState, by: 1 | -1): void {
  write.count({ list: CAMPAIGNS.name, parent: group.id, archived }, by);
}

async function insert(
  write: WorkspaceWrite,
  workspace: WorkspaceId,
  campaign: CampaignState & { readonly uuid: string; readonly revision: number },
  name: Name,
): Promise<Campaign> {
  const values = {
    workspace,
    revision: campaign.revision,
    groupId: campaign.group.id,
    uuid: campaign.uuid,
    archived: flag(campaign.archived),
    ...name,
    ...creationTimes(),
  };
  const inserted = await write.first('create campaign', values, (db, row) =>
    db
      .insertInto('campaigns')
      .values({
        workspace_id: row.workspace,
        group_id: row.groupId,
        uuid: row.uuid,
        name: row.text,
        name_key: row.key,
        search_key: row.searchKey,
        is_archived: row.archived,
        is_active: constant(1),
        created_on: creationTime('campaigns', row),
        modified_on: creationTime('campaigns', row),
        revision: row.revision,
      })
      .returning(['id', 'created_on']),
  );
  if (!inserted) throw new Error('the database did not return the campaign that it stored');
  return { ...campaign, id: inserted.id, createdOn: inserted.created_on, modifiedOn: inserted.created_on };
}

async function update(
  write: WorkspaceWrite,
  workspace: WorkspaceId,
  before: Campaign,
  after: CampaignState & { readonly revision: number },
  name: Name,
): Promise<Campaign> {
  const changed = { ...before, ...after, modifiedOn: modificationTime(before) };
  const values = {
    workspace,
    id: before.id,
    ...(after.name === before.name ? {} : name),
    groupId: after.group.id,
    archived: flag(after.archived),
    modifiedOn: changed.modifiedOn,
    revision: after.revision,
  };
  await write.all('update campaign', values, (db, row) =>
    db
      .updateTable('campaigns')
      .set({
        ...(row.text && { name: row.text, name_key: row.key, search_key: row.searchKey }),
        group_id: row.groupId,
        is_archived: row.archived,
        modified_on: row.modifiedOn,
        revision: row.revision,
      })
      .where('workspace_id', '=', row.workspace)
      .where('id', '=', row.id)
      .returning('id'),
  );
  return changed;
}

async function remove(
  write: WorkspaceWrite,
  workspace: WorkspaceId,
  campaign: Campaign,
  revision: number,
): Promise<Campaign> {
  const values = { workspace, id: campaign.id, modifiedOn: modificationTime(campaign), revision };
  await write.all('delete campaign', values, (db, row) =>
    db
      .updateTable('campaigns')
      .set({ is_active: constant(0), modified_on: row.modifiedOn, revision: row.revision })
      .where('workspace_id', '=', row.workspace)
      .where('id', '=', row.id)
      .returning('id'),
  );
  return campaign;
}

/** The ids of the campaigns whose name another campaign of the list takes. */
function campaignsThatLoseNames(changes: readonly CampaignChange[]): number[] {
  const wanted = new Set(changes.flatMap((change) => (change.after ? [change.name.key] : [])));
  return changes.flatMap((change) => {
    if (!change.before || !change.after || change.before.name === change.after.name) return [];
    const key = foldName(change.before.name);
    return key !== change.name.key && wanted.has(key) ? [change.before.id] : [];
  });
}

/** A change is never dated before the creation, whatever the clock says. */
export function modificationTime({ createdOn }: Pick<Campaign, 'createdOn'>): Micros {
  return Math.max(now(), createdOn);
}
