import type { Kysely } from 'kysely';
import { sql } from 'kysely';
import type { Database } from '../database/database.ts';
import type { Flag, Micros, Tables, WorkspaceId } from '../database/tables.ts';
import type { CampaignFilter } from './campaign-filter.ts';
import { matchingCampaigns } from './campaign-filter.ts';
import { live } from './filters.ts';
import type { Group, GroupReference, GroupRow } from './groups.ts';
import { findGroup, GROUP_COLUMNS, toGroup } from './groups.ts';
import type { Name } from './names.ts';
import { parseName } from './names.ts';
import type { Page, PageRequest, Position } from './page.ts';
import { from, pageOf, pageQuery } from './page.ts';
import { now } from './time.ts';
import type { Result, UserError } from './user-error.ts';
import { newUuid } from './uuid.ts';

/** A named programme of messages that is run against one group. */
export interface Campaign {
  readonly id: number;
  readonly uuid: string;
  readonly name: string;
  readonly nameKey: string;
  readonly archived: boolean;
  readonly group: Group;
  readonly createdOn: Micros;
  readonly modifiedOn: Micros;
}

export type CampaignOrderField = 'created' | 'name';
export type CampaignOrdering = PageRequest<CampaignOrderField>['ordering'];

const ORDER_COLUMNS = {
  created: { key: 'campaigns.created_on', id: 'campaigns.id' },
  name: { key: 'campaigns.name_key', id: 'campaigns.id' },
} as const;

const CAMPAIGN_COLUMNS = [
  'campaigns.id',
  'campaigns.uuid',
  'campaigns.name',
  'campaigns.name_key',
  'campaigns.is_archived',
  'campaigns.created_on',
  'campaigns.modified_on',
] as const;

interface CampaignRow extends GroupRow {
  id: number;
  uuid: string;
  name: string;
  name_key: string;
  is_archived: Flag;
  created_on: Micros;
  modified_on: Micros;
}

function toCampaign(row: CampaignRow): Campaign {
  return {
    id: row.id,
    uuid: row.uuid,
    name: row.name,
    nameKey: row.name_key,
    archived: row.is_archived === 1,
    group: toGroup(row),
    createdOn: row.created_on,
    modifiedOn: row.modified_on,
  };
}

/** Where a campaign stands in a list of this order. */
export function campaignPosition(campaign: Campaign, { field }: CampaignOrdering): Position {
  return { key: field === 'created' ? campaign.createdOn : campaign.nameKey, id: campaign.id };
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
    const rows = await this.#pageQuery(request, filter).execute();
    return pageOf(rows.map(toCampaign), request);
  }

  /** The same page of each of the groups' campaigns, in one statement. */
  async pagesOfGroups(
    groupIds: readonly number[],
    request: PageRequest<CampaignOrderField>,
    filter: CampaignFilter,
  ): Promise<Map<number, Page<Campaign>>> {
    const [first, ...others] = groupIds.map((groupId) =>
      this.#database.reader
        .selectFrom(this.#pageQuery(request, { ...filter, groupId }).as('page'))
        .selectAll()
        .select(sql.lit(groupId).as('page_of')),
    );
    if (!first) return new Map();
    const rows = await others.reduce((union, query) => union.unionAll(query), first).execute();
    const found = Map.groupBy(rows, (row) => row.page_of);
    return new Map(groupIds.map((id) => [id, pageOf((found.get(id) ?? []).map(toCampaign), request)]));
  }

  /** Whether the filter matches a campaign at the position or on this side of it. */
  async existsFrom(
    ordering: CampaignOrdering,
    side: 'after' | 'before',
    position: Position,
    filter: CampaignFilter,
  ): Promise<boolean> {
    const query = this.#matching(filter).select(sql.lit(1).as('found')).limit(1);
    const bounded = from(query, ORDER_COLUMNS[ordering.field], ordering, side, position);
    return (await bounded.executeTakeFirst()) !== undefined;
  }

  /** How many campaigns the filter matches. */
  async count(filter: CampaignFilter): Promise<number> {
    const { count } = await this.#matching(filter)
      .select((eb) => eb.fn.countAll<number>().as('count'))
      .executeTakeFirstOrThrow();
    return Number(count);
  }

  /** How many of each group's campaigns the filter matches, in one statement. */
  async countOfGroups(groupIds: readonly number[], filter: CampaignFilter): Promise<Map<number, number>> {
    const rows = await this.#matching(filter)
      .where('campaigns.group_id', 'in', groupIds)
      .select((eb) => ['campaigns.group_id', eb.fn.countAll<number>().as('count')])
      .groupBy('campaigns.group_id')
      .execute();
    const counts = new Map(rows.map((row) => [row.group_id, Number(row.count)]));
    return new Map(groupIds.map((id) => [id, counts.get(id) ?? 0]));
  }

  /** The campaign, archived or not; null when there is none. */
  async byUuid(uuid: string): Promise<Campaign | null> {
    return this.#find(this.#database.reader, uuid);
  }

  /** Those of the campaigns that there are, archived or not, in no order. */
  async byUuids(uuids: readonly string[]): Promise<Campaign[]> {
    if (uuids.length === 0) return [];
    return (await selectRows(this.#matching({ uuids, archived: null })).execute()).map(toCampaign);
  }

  /** Creates a campaign. The errors of all fields come at once. */
  async create(input: { name: string; group: GroupReference }): Promise<Result<Campaign>> {
    return this.#writing(async (db) => {
      const name = await this.#checkName(db, input.name);
      const group = await this.#checkGroup(db, input.group);
      if ('errors' in name || 'errors' in group) return { errors: errorsOf(name, group) };

      const created = now();
      const uuid = newUuid();
      const row = {
        uuid,
        name: name.value.text,
        name_key: name.value.key,
        is_archived: 0,
        created_on: created,
        modified_on: created,
      } as const;
      const { id } = await db
        .insertInto('campaigns')
        .values({ ...row, workspace_id: this.#workspace, group_id: group.value.id, is_active: 1 })
        .returning('id')
        .executeTakeFirstOrThrow();
      return {
        value: {
          id,
          uuid,
          name: row.name,
          nameKey: row.name_key,
          archived: false,
          group: group.value,
          createdOn: created,
          modifiedOn: created,
        },
      };
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
          ? { value: { text: campaign.name, key: campaign.nameKey } }
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
          nameKey: name.value.key,
          group: group.value,
          archived,
          modifiedOn: modified,
        },
      };
    });
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

  #matching(filter: CampaignFilter) {
    return matchingCampaigns(this.#database.reader, this.#workspace, filter);
  }

  #pageQuery(request: PageRequest<CampaignOrderField>, filter: CampaignFilter) {
    return pageQuery(selectRows(this.#matching(filter)), ORDER_COLUMNS[request.ordering.field], request);
  }

  async #find(db: Kysely<Tables>, uuid: string): Promise<Campaign | null> {
    const found = matchingCampaigns(db, this.#workspace, { uuids: [uuid], archived: null });
    const row = await selectRows(found).executeTakeFirst();
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
    const other = await db
      .selectFrom('campaigns')
      .select(['name', 'is_archived'])
      .where('workspace_id', '=', this.#workspace)
      .where('name_key', '=', parsed.name.key)
      .where(live('is_active'))
      .where('id', '!=', except)
      .executeTakeFirst();
    return other ? { errors: [nameTaken(other)] } : { value: parsed.name };
  }

  async #checkGroup(db: Kysely<Tables>, reference: GroupReference): Promise<Result<Group>> {
    const group = await findGroup(db, this.#workspace, reference);
    return group ? { value: group } : { errors: [groupNotFound(reference)] };
  }
}

/** The columns of a campaign and of its group, which a join brings along: a page is one statement. */
function selectRows(query: ReturnType<typeof matchingCampaigns>) {
  return query
    .innerJoin('groups', (join) =>
      join.onRef('groups.workspace_id', '=', 'campaigns.workspace_id').onRef('groups.id', '=', 'campaigns.group_id'),
    )
    .select(CAMPAIGN_COLUMNS)
    .select(GROUP_COLUMNS);
}

function errorsOf(...results: Result<unknown>[]): UserError[] {
  return results.flatMap((result) => ('errors' in result ? result.errors : []));
}

function notFound(uuid: string): UserError {
  return { field: ['uuid'], code: 'NOT_FOUND', message: `There is no campaign with the UUID ${uuid}.` };
}

function groupNotFound(reference: GroupReference): UserError {
  const named = 'uuid' in reference ? reference.uuid : 'name' in reference ? reference.name : reference.uuidOrName;
  return {
    field: ['group'],
    code: 'NOT_FOUND',
    message: `There is no group “${named}” in the workspace. Choose another.`,
  };
}

function archivedCampaign(campaign: Campaign): UserError {
  return {
    field: null,
    code: 'ARCHIVED',
    message: `“${campaign.name}” is archived. Restore it first, or restore it together with the change (archived: false).`,
  };
}

function nameTaken(existing?: { name: string; is_archived: Flag }): UserError {
  const named = existing ? `“${existing.name}”` : 'like that';
  return {
    field: ['name'],
    code: 'TAKEN',
    message: `There is ${existing?.is_archived ? 'an archived' : 'a'} campaign named ${named} already. Choose another name.`,
  };
}
