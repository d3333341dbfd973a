import type { Kysely } from 'kysely';
import { sql } from 'kysely';
import type { Database } from '../database/database.ts';
import type { Tables, WorkspaceId } from '../database/tables.ts';
import type { Campaign } from './campaign.ts';
import { selectCampaigns, toCampaign } from './campaign.ts';
import { archivedCampaign, groupNotFound, nameTaken, notFound } from './campaign-errors.ts';
import type { CampaignFilter, CampaignOrderField } from './campaign-filter.ts';
import { campaignConditions, matchingCampaigns } from './campaign-filter.ts';
import { live } from './filters.ts';
import type { GroupReference, GroupSummary } from './group.ts';
import { findGroup } from './groups.ts';
import type { Name } from './names.ts';
import { foldName, parseName } from './names.ts';
import type { Ordering, Page, PageRequest, Position, Side } from './page.ts';
import { from, pageName, pageOf, pageQuery, pageValues } from './page.ts';
import { now } from './time.ts';
import type { Result, UserError } from './user-error.ts';
import { newUuid } from './uuid.ts';

export type CampaignOrdering = Ordering<CampaignOrderField>;

const ORDER_COLUMNS = {
  created: { key: 'campaigns.created_on', id: 'campaigns.id' },
  name: { key: 'campaigns.name_key', id: 'campaigns.id' },
} as const;

/** Where a campaign stands in a list of this order. */
export function campaignPosition(campaign: Campaign, { field }: CampaignOrdering): Position {
  return { key: field === 'created' ? campaign.createdOn : foldName(campaign.name), id: campaign.id };
}

/** The campaigns of one workspace. */
export class Campaigns {
  readonly #database: Database;
  readonly #workspace: WorkspaceId;

  constructor(database: Database, workspace: WorkspaceId) {
    this.#database = database;
    this.#workspace = workspace;
  }

  /** One page of the campaigns that the filter matches, in one statement. */
  async page(request: PageRequest<CampaignOrderField>, filter: CampaignFilter): Promise<Page<Campaign>> {
    const conditions = campaignConditions(this.#workspace, filter);
    if (!conditions) return { rows: [], more: false };
    const { reader, statements } = this.#database;
    const rows = await statements.all(
      reader,
      pageName('campaigns', request),
      { ...conditions, ...pageValues(request) },
      (values) => {
        const list = selectCampaigns(matchingCampaigns(reader, values, request.ordering.field));
        return pageQuery(list, ORDER_COLUMNS[request.ordering.field], request, values);
      },
    );
    return pageOf(rows.map(toCampaign), request);
  }

  /** The same page of each of the groups' campaigns, in one statement. */
  async pagesOfGroups(
    groupIds: readonly number[],
    request: PageRequest<CampaignOrderField>,
    filter: CampaignFilter,
  ): Promise<Map<number, Page<Campaign>>> {
    const { reader } = this.#database;
    const pages = groupIds.flatMap((groupId) => {
      const conditions = campaignConditions(this.#workspace, { ...filter, groupId });
      if (!conditions) return [];
      const list = selectCampaigns(matchingCampaigns(reader, conditions, request.ordering.field));
      const page = pageQuery(list, ORDER_COLUMNS[request.ordering.field], request, pageValues(request));
      return [reader.selectFrom(page.as('page')).selectAll()];
    });
    const [first, ...others] = pages;
    const rows = first ? await others.reduce((union, query) => union.unionAll(query), first).execute() : [];
    const found = Map.groupBy(rows, (row) => row.group_id);
    return new Map(groupIds.map((id) => [id, pageOf((found.get(id) ?? []).map(toCampaign), request)]));
  }

  /** Whether the filter matches a campaign at the position or on this side of it. */
  async existsFrom(
    ordering: CampaignOrdering,
    side: Side,
    position: Position,
    filter: CampaignFilter,
  ): Promise<boolean> {
    const conditions = campaignConditions(this.#workspace, filter);
    if (!conditions) return false;
    const place = from(ORDER_COLUMNS[ordering.field], ordering, side, position);
    const list = matchingCampaigns(this.#database.reader, conditions, ordering.field);
    const query = list.where(place).select(sql.lit(1).as('found'));
    return (await query.limit(1).executeTakeFirst()) !== undefined;
  }

  /** How many campaigns the filter matches. */
  async count(filter: CampaignFilter): Promise<number> {
    const conditions = campaignConditions(this.#workspace, filter);
    if (!conditions) return 0;
    const { count } = await matchingCampaigns(this.#database.reader, conditions)
      .select((eb) => eb.fn.countAll<number>().as('count'))
      .executeTakeFirstOrThrow();
    return Number(count);
  }

  /** How many of each group's campaigns the filter matches, in one statement. */
  async countOfGroups(groupIds: readonly number[], filter: CampaignFilter): Promise<Map<number, number>> {
    const conditions = campaignConditions(this.#workspace, filter);
    const rows = conditions
      ? await matchingCampaigns(this.#database.reader, conditions)
          .where('campaigns.group_id', 'in', groupIds)
          .select((eb) => ['campaigns.group_id', eb.fn.countAll<number>().as('count')])
          .groupBy('campaigns.group_id')
          .execute()
      : [];
    const counts = new Map(rows.map((row) => [row.group_id, Number(row.count)]));
    return new Map(groupIds.map((id) => [id, counts.get(id) ?? 0]));
  }

  /** The campaign, archived or not; null when there is none. */
  async byUuid(uuid: string): Promise<Campaign | null> {
    return this.#find(this.#database.reader, uuid);
  }

  /** Those of the campaigns that there are, archived or not, in no order. */
  async byUuids(uuids: readonly string[]): Promise<Campaign[]> {
    const conditions = campaignConditions(this.#workspace, { uuids, archived: null });
    if (!conditions) return [];
    const query = selectCampaigns(matchingCampaigns(this.#database.reader, conditions));
    return (await query.execute()).map(toCampaign);
  }

  /** Creates a campaign. The errors of all fields come at once. */
  async create(input: { name: string; group: GroupReference }): Promise<Result<Campaign>> {
    return this.#writing(async (db) => {
      const name = await this.#checkName(db, input.name);
      const group = await this.#checkGroup(db, input.group);
      if ('errors' in name || 'errors' in group) return { errors: errorsOf(name, group) };

      const created = now();
      const uuid = newUuid();
      const values = {
        workspace: this.#workspace,
        groupId: group.value.id,
        uuid,
        text: name.value.text,
        key: name.value.key,
        created,
      };
      const inserted = await this.#database.statements.first(db, 'create campaign', values, (row) =>
        db
          .insertInto('campaigns')
          .values({
            workspace_id: row.workspace,
            group_id: row.groupId,
            uuid: row.uuid,
            name: row.text,
            name_key: row.key,
            is_archived: 0,
            is_active: 1,
            created_on: row.created,
            modified_on: row.created,
          })
          .returning('id'),
      );
      if (!inserted) throw new Error('the database did not return the campaign that it stored');
      const { text } = name.value;
      const times = { createdOn: created, modifiedOn: created };
      return { value: { id: inserted.id, uuid, name: text, archived: false, group: group.value, ...times } };
    });
  }

  /**
   * Changes what is given. An archived campaign is changed only by restoring it, alone or together with other changes.
   * The errors of all fields come at once, and then nothing has changed.
   */
  async update(
    uuid: string,
    changes: { name?: string | undefined; group?: GroupReference | undefined; archived?: boolean | undefined },
  ): Promise<Result<Campaign>> {
    return this.#writing(async (db) => {
      const campaign = await this.#find(db, uuid);
      if (!campaign) return { errors: [notFound(uuid)] };
      const archived = changes.archived ?? campaign.archived;
      if (campaign.archived && archived && (changes.name !== undefined || changes.group)) {
        return { errors: [archivedCampaign(campaign)] };
      }
      const name =
        changes.name === undefined
          ? { value: { text: campaign.name, key: foldName(campaign.name) } }
          : await this.#checkName(db, changes.name, campaign.id);
      const restored = campaign.archived && !archived;
      const group =
        changes.group || restored
          ? await this.#checkGroup(db, changes.group ?? { uuid: campaign.group.uuid })
          : { value: campaign.group };
      if ('errors' in name || 'errors' in group) return { errors: errorsOf(name, group) };

      const unchanged =
        name.value.text === campaign.name && group.value.id === campaign.group.id && archived === campaign.archived;
      if (unchanged) return { value: campaign };
      const modified = now();
      await db
        .updateTable('campaigns')
        .set({
          name: name.value.text,
          name_key: name.value.key,
          group_id: group.value.id,
          is_archived: archived ? 1 : 0,
          modified_on: modified,
        })
        .where('workspace_id', '=', this.#workspace)
        .where('id', '=', campaign.id)
        .execute();
      return {
        value: {
          ...campaign,
          name: name.value.text,
          group: group.value,
          archived,
          modifiedOn: modified,
        },
      };
    });
  }

  /**
   * The errors that `create` would find in these fields, or `update` when `uuid` is given. Nothing is written. A field
   * that is left out is not judged. An archived campaign is an error whatever the fields.
   */
  async errors(input: {
    uuid?: string | undefined;
    name?: string | undefined;
    group?: GroupReference | undefined;
  }): Promise<UserError[]> {
    const { reader } = this.#database;
    const campaign = input.uuid === undefined ? null : await this.#find(reader, input.uuid);
    if (input.uuid !== undefined && !campaign) return [notFound(input.uuid)];
    if (campaign?.archived) return [archivedCampaign(campaign)];
    return errorsOf(
      ...(input.name === undefined ? [] : [await this.#checkName(reader, input.name, campaign?.id)]),
      ...(input.group ? [await this.#checkGroup(reader, input.group)] : []),
    );
  }

  /** Deletes a campaign, archived or not; returns it as it was. */
  async delete(uuid: string): Promise<Result<Campaign>> {
    return this.#writing(async (db) => {
      const campaign = await this.#find(db, uuid);
      if (!campaign) return { errors: [notFound(uuid)] };
      await db
        .updateTable('campaigns')
        .set({ is_active: 0, modified_on: now() })
        .where('workspace_id', '=', this.#workspace)
        .where('id', '=', campaign.id)
        .execute();
      return { value: campaign };
    });
  }

  async #find(db: Kysely<Tables>, uuid: string): Promise<Campaign | null> {
    const values = { workspace: this.#workspace, uuid };
    const row = await this.#database.statements.first(db, 'campaign', values, (conditions) =>
      selectCampaigns(matchingCampaigns(db, conditions)),
    );
    return row ? toCampaign(row) : null;
  }

  async #writing(work: (db: Kysely<Tables>) => Promise<Result<Campaign>>): Promise<Result<Campaign>> {
    try {
      return await this.#database.write(work);
    } catch (error) {
      // Another process took the name between the look and the write.
      if (this.#database.isUniqueViolation(error)) return { errors: [nameTaken()] };
      throw error;
    }
  }

  async #checkName(db: Kysely<Tables>, input: string, except = 0): Promise<Result<Name>> {
    const parsed = parseName(input);
    if ('errors' in parsed) return parsed;
    const values = { workspace: this.#workspace, key: parsed.name.key, except };
    const other = await this.#database.statements.first(db, 'name of a campaign', values, (value) =>
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

  async #checkGroup(db: Kysely<Tables>, reference: GroupReference): Promise<Result<GroupSummary>> {
    const group = await findGroup(this.#database, db, this.#workspace, reference);
    return group ? { value: group } : { errors: [groupNotFound(reference)] };
  }
}

function errorsOf(...results: Result<unknown>[]): UserError[] {
  return results.flatMap((result) => ('errors' in result ? result.errors : []));
}
