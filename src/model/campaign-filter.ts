import type { Kysely, SqlBool } from 'kysely';
import { sql } from 'kysely';
import type { Flag, Micros, Tables, WorkspaceId } from '../database/tables.ts';
import { containing, like, live } from './filters.ts';
import type { GroupReference } from './group.ts';
import { matchingGroups, referenceConditions } from './group-filter.ts';

/** Which campaigns: all the given conditions hold. */
export interface CampaignFilter {
  readonly uuids?: readonly string[] | undefined;
  /** false when not given; null for both. */
  readonly archived?: boolean | null | undefined;
  readonly group?: GroupReference | undefined;
  readonly groupId?: number | undefined;
  /** In the campaign's name or in its group's, without case. */
  readonly search?: string | undefined;
  /** Including the moment itself. */
  readonly createdBefore?: Micros | undefined;
  /** Including the moment itself. */
  readonly createdAfter?: Micros | undefined;
}

/** A filter as the values of a statement. */
export interface CampaignConditions {
  readonly workspace: WorkspaceId;
  readonly uuid?: string | undefined;
  readonly uuids?: readonly string[] | undefined;
  readonly isArchived?: Flag | undefined;
  readonly groupId?: number | undefined;
  readonly groupUuid?: string | undefined;
  readonly groupNameKey?: string | undefined;
  readonly searchPattern?: string | undefined;
  readonly createdBefore?: Micros | undefined;
  readonly createdAfter?: Micros | undefined;
}

/** The conditions that a filter sets; null when no campaign can meet them. */
export function campaignConditions(workspace: WorkspaceId, filter: CampaignFilter): CampaignConditions | null {
  const { uuids, archived = false, group, groupId, search, createdBefore, createdAfter } = filter;
  const searchPattern = search ? containing(search) : undefined;
  const groups = group && referenceConditions(workspace, group);
  if (searchPattern === null || groups?.length === 0 || uuids?.length === 0) return null;
  return {
    workspace,
    // A single UUID is at most one row, which needs no sorting.
    ...(uuids?.length === 1 ? { uuid: uuids[0] } : { uuids }),
    isArchived: archived === null ? undefined : archived ? 1 : 0,
    groupId,
    groupUuid: groups?.find(({ uuid }) => uuid !== undefined)?.uuid,
    groupNameKey: groups?.find(({ nameKey }) => nameKey !== undefined)?.nameKey,
    searchPattern,
    createdBefore,
    createdAfter,
  };
}

/** What lists of campaigns are ordered by. */
export type CampaignOrderField = 'created' | 'name';

/**
 * The campaigns that meet the conditions, never a deleted one. A list by name is read along the names whatever times it is
 * bounded by: behind the unary plus the times are no reason to read it along them and to sort it then.
 */
export function matchingCampaigns(db: Kysely<Tables>, conditions: CampaignConditions, order?: CampaignOrderField) {
  const { workspace, uuid, uuids, isArchived, groupId, searchPattern, createdBefore, createdAfter } = conditions;
  let query = db
    .selectFrom('campaigns')
    .where('campaigns.workspace_id', '=', workspace)
    .where(live('campaigns.is_active'));
  if (uuid !== undefined) query = query.where('campaigns.uuid', '=', uuid);
  if (uuids) query = query.where('campaigns.uuid', 'in', uuids);
  if (isArchived !== undefined) query = query.where('campaigns.is_archived', '=', isArchived);
  if (groupId !== undefined) query = query.where('campaigns.group_id', '=', groupId);
  const named = namedGroup(db, conditions);
  if (named) query = query.where(sql<SqlBool>`${sql.ref('campaigns.group_id')} = ${named}`);
  if (searchPattern !== undefined) {
    query = query.where((eb) =>
      eb.or([
        like('campaigns.name_key', searchPattern),
        eb('campaigns.group_id', 'in', matchingGroups(db, { workspace, searchPattern }).select('groups.id')),
      ]),
    );
  }
  const createdOn =
    order === 'name' ? sql<Micros>`+${sql.ref('campaigns.created_on')}` : sql.ref<Micros>('campaigns.created_on');
  if (createdBefore !== undefined) query = query.where(createdOn, '<=', createdBefore);
  if (createdAfter !== undefined) query = query.where(createdOn, '>=', createdAfter);
  return query;
}

/**
 * The number of the group that the conditions name: by its UUID first and then by its name. It is one value, and not a
 * join or a set, so that the list's own order stays the outer loop.
 */
function namedGroup(db: Kysely<Tables>, { workspace, groupUuid, groupNameKey }: CampaignConditions) {
  const found = [
    ...(groupUuid === undefined ? [] : [matchingGroups(db, { workspace, uuid: groupUuid })]),
    ...(groupNameKey === undefined ? [] : [matchingGroups(db, { workspace, nameKey: groupNameKey })]),
  ].map((query) => query.select('groups.id'));
  return found.length ? sql`coalesce(${sql.join([...found, sql`null`])})` : null;
}
