import type { Author, DataAccess, Session } from '../database/database.ts';
import { constant } from '../database/statements.ts';
import type { Micros, WorkspaceId } from '../database/tables.ts';
import type { Campaign } from './campaign.ts';
import { CAMPAIGNS } from './campaign.ts';
import { archivedCampaign, conflict, groupNotFound, nameTaken, notFound } from './campaign-errors.ts';
import { live } from './conditions.ts';
import { creationTime, creationTimes } from './creation-time.ts';
import type { GroupReference, GroupSummary } from './group.ts';
import { findGroup } from './groups.ts';
import type { CountedPlace } from './kept-counts.ts';
import { changeCount } from './kept-counts.ts';
import type { Name } from './names.ts';
import { nameOf, parseName } from './names.ts';
import { recordCampaign } from './record-change.ts';
import { now } from './time.ts';
import type { Result, UserError } from './user-error.ts';
import { isOutdated } from './user-error.ts';
import { newUuid } from './uuid.ts';
import { WorkspaceList } from './workspace-list.ts';

/** The campaigns of one workspace: their list, and the rules for changing them. */
export class Campaigns {
  readonly #database: DataAccess;
  readonly #workspace: WorkspaceId;
  readonly #author: Author;

  /** `author` is recorded with each change. */
  constructor(database: DataAccess, workspace: WorkspaceId, author: Author) {
    this.#database = database;
    this.#workspace = workspace;
    this.#author = author;
  }

  /** The campaigns as committed, read outside any transaction. */
  get list() {
    return campaignList(this.#database.reader, this.#workspace);
  }

  /** Creates a campaign. The result has the errors of all fields together. */
  async create(input: { name: string; group: GroupReference }): Promise<Result<Campaign>> {
    return this.#database.write(this.#workspace, async (write) => {
      const [name, group] = await Promise.all([
        this.#checkName(write, input.name),
        this.#checkGroup(write, input.group),
      ]);
      if ('errors' in name || 'errors' in group) return { errors: errorsOf(name, group) };

      const uuid = newUuid();
      const created = { name: name.value.text, archived: false, group: group.value };
      const revision = await recordCampaign(write, this.#author, { uuid, before: null, after: created });
      const values = {
        workspace: this.#workspace,
        revision,
        groupId: group.value.id,
        uuid,
        text: name.value.text,
        key: name.value.key,
        searchKey: name.value.searchKey,
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
            is_archived: constant(0),
            is_active: constant(1),
            created_on: creationTime('campaigns', row),
            modified_on: creationTime('campaigns', row),
            revision: row.revision,
          })
          .returning(['id', 'created_on']),
      );
      if (!inserted) throw new Error('the database did not return the campaign that it stored');
      await write.searchIndex.refresh(write, 'campaigns', [inserted.id]);
      await changeCount(write, this.#workspace, CAMPAIGNS.name, { parent: group.value.id, archived: false }, 1);
      const times = { createdOn: inserted.created_on, modifiedOn: inserted.created_on };
      return { value: { id: inserted.id, uuid, ...created, ...times, revision } };
    });
  }

  /**
   * Changes the given fields. An archived campaign must be restored first, or in the same call. The result has the errors
   * of all fields together; when there are any, nothing has changed. With an `expectedRevision` that is not the campaign's
   * the only error is CONFLICT.
   */
  async update(
    uuid: string,
    changes: {
      name?: string | undefined;
      group?: GroupReference | undefined;
      archived?: boolean | undefined;
      expectedRevision?: number | undefined;
    },
  ): Promise<Result<Campaign>> {
    return this.#database.write(this.#workspace, async (write) => {
      const campaign = await campaignList(write, this.#workspace).byUuid(uuid);
      if (!campaign) return { errors: [notFound(uuid)] };
      if (isOutdated(changes.expectedRevision, campaign)) return { errors: [conflict(campaign)] };
      const archived = changes.archived ?? campaign.archived;
      if (campaign.archived && archived && (changes.name !== undefined || changes.group)) {
        return { errors: [archivedCampaign(campaign)] };
      }
      const name =
        changes.name === undefined
          ? { value: nameOf(campaign.name) }
          : await this.#checkName(write, changes.name, campaign.id);
      const restored = campaign.archived && !archived;
      const group =
        changes.group || restored
          ? await this.#checkGroup(write, changes.group ?? { uuid: campaign.group.uuid })
          : { value: campaign.group };
      if ('errors' in name || 'errors' in group) return { errors: errorsOf(name, group) };

      const renamed = name.value.text !== campaign.name;
      const moved = group.value.id !== campaign.group.id;
      if (!renamed && !moved && archived === campaign.archived) return { value: campaign };
      const changed = {
        ...campaign,
        name: name.value.text,
        group: group.value,
        archived,
        modifiedOn: modificationTime(campaign),
      };
      const revision = await recordCampaign(write, this.#author, { uuid, before: campaign, after: changed });
      await write.db
        .updateTable('campaigns')
        .set({
          ...(renamed && { name: name.value.text, name_key: name.value.key, search_key: name.value.searchKey }),
          group_id: group.value.id,
          is_archived: archived ? 1 : 0,
          modified_on: changed.modifiedOn,
          revision,
        })
        .where('workspace_id', '=', this.#workspace)
        .where('id', '=', campaign.id)
        .execute();
      if (renamed || moved) await write.searchIndex.refresh(write, 'campaigns', [campaign.id]);
      if (moved || archived !== campaign.archived) {
        await changeCount(write, this.#workspace, CAMPAIGNS.name, placeOf(campaign), -1);
        await changeCount(write, this.#workspace, CAMPAIGNS.name, { parent: group.value.id, archived }, 1);
      }
      return { value: { ...changed, revision } };
    });
  }

  /**
   * The errors that `create` would find in these fields, or `update` when `uuid` is given. Nothing is written. A missing
   * field is not checked. An archived campaign is always an error.
   */
  async errors(input: {
    uuid?: string | undefined;
    name?: string | undefined;
    group?: GroupReference | undefined;
  }): Promise<UserError[]> {
    const { reader } = this.#database;
    const campaign = input.uuid === undefined ? null : await this.list.byUuid(input.uuid);
    if (input.uuid !== undefined && !campaign) return [notFound(input.uuid)];
    if (campaign?.archived) return [archivedCampaign(campaign)];
    return errorsOf(
      ...(input.name === undefined ? [] : [await this.#checkName(reader, input.name, campaign?.id)]),
      ...(input.group ? [await this.#checkGroup(reader, input.group)] : []),
    );
  }

  /**
   * Deletes a campaign, archived or not. Returns the campaign as it was before. With an `expectedRevision` that is not the
   * campaign's the error is CONFLICT.
   */
  async delete(uuid: string, expectedRevision?: number): Promise<Result<Campaign>> {
    return this.#database.write(this.#workspace, async (write) => {
      const campaign = await campaignList(write, this.#workspace).byUuid(uuid);
      if (!campaign) return { errors: [notFound(uuid)] };
      if (isOutdated(expectedRevision, campaign)) return { errors: [conflict(campaign)] };
      const revision = await recordCampaign(write, this.#author, { uuid, before: campaign, after: null });
      await write.db
        .updateTable('campaigns')
        .set({ is_active: 0, modified_on: modificationTime(campaign), revision })
        .where('workspace_id', '=', this.#workspace)
        .where('id', '=', campaign.id)
        .execute();
      await write.searchIndex.refresh(write, 'campaigns', [campaign.id]);
      await changeCount(write, this.#workspace, CAMPAIGNS.name, placeOf(campaign), -1);
      return { value: campaign };
    });
  }

  async #checkName(session: Session, input: string, except = 0): Promise<Result<Name>> {
    const parsed = parseName(input);
    if ('errors' in parsed) return parsed;
    const values = { workspace: this.#workspace, key: parsed.name.key, except };
    const other = await session.first('campaign of a name', values, (db, value) =>
      db
        .selectFrom('campaigns')
        .select(['name', 'is_archived'])
        .where('workspace_id', '=', value.workspace)
        .where('name_key', '=', value.key)
        .where(live('is_active'))
        .where('id', '!=', value.except),
    );
    return other ? { errors: [nameTaken(other)] } : { value: parsed.name };
  }

  async #checkGroup(session: Session, reference: GroupReference): Promise<Result<GroupSummary>> {
    const group = await findGroup(session, this.#workspace, reference);
    return group ? { value: group } : { errors: [groupNotFound(reference)] };
  }
}

/** A change is never dated before the creation, whatever the clock says. */
function modificationTime({ createdOn }: Campaign): Micros {
  return Math.max(now(), createdOn);
}

function errorsOf(...results: Result<unknown>[]): UserError[] {
  return results.flatMap((result) => ('errors' in result ? result.errors : []));
}

/** Where the campaign is counted. */
function placeOf({ group, archived }: Campaign): CountedPlace {
  return { parent: group.id, archived };
}

/** The campaigns of a workspace, read through a session. */
export function campaignList(session: Session, workspace: WorkspaceId) {
  return new WorkspaceList(CAMPAIGNS, session, workspace);
}
