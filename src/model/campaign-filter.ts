import type { Kysely, SqlBool } from 'kysely';
import { sql } from 'kysely';
import type { Micros, Tables, WorkspaceId } from '../database/tables.ts';
import { containing, live } from './filters.ts';
import type { GroupReference } from './groups.ts';
import { lookups, matchingGroups } from './groups.ts';

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

/** The workspace's campaigns that the filter matches, never a deleted one. */
export function matchingCampaigns(db: Kysely<Tables>, workspace: WorkspaceId, filter: CampaignFilter) {
  const { uuids, archived = false, group, groupId, search, createdBefore, createdAfter } = filter;
  let query = db
    .selectFrom('campaigns')
    .where('campaigns.workspace_id', '=', workspace)
    .where(live('campaigns.is_active'));
  if (uuids) {
    const [only] = uuids;
    query =
      uuids.length === 1 && only !== undefined
        ? query.where('campaigns.uuid', '=', only)
        : query.where('campaigns.uuid', 'in', uuids);
  }
  if (archived !== null) query = query.where('campaigns.is_archived', '=', archived ? 1 : 0);
  if (groupId !== undefined) query = query.where('campaigns.group_id', '=', groupId);
  if (group) {
    // As one value and not as a join or a set, so that the list's own order stays the outer loop.
    const ids = lookups(group).map((named) => matchingGroups(db, workspace, named).select('groups.id'));
    query = query.where(sql<SqlBool>`${sql.ref('campaigns.group_id')} = coalesce(${sql.join([...ids, sql`null`])})`);
  }
  if (search) {
    query = query.where((eb) =>
      eb.or([
        containing('campaigns.name_key', search),
        eb('campaigns.group_id', 'in', matchingGroups(db, workspace, { search }).select('groups.id')),
      ]),
    );
  }
  if (createdBefore !== undefined) query = query.where('campaigns.created_on', '<=', createdBefore);
  if (createdAfter !== undefined) query = query.where('campaigns.created_on', '>=', createdAfter);
  return query;
}
