import type { NotNull } from 'kysely';
import type { Flag, Micros } from '../database/tables.ts';
import type { matchingCampaigns } from './campaign-filter.ts';
import type { GroupSummary } from './group.ts';

/** A named programme of messages that is run against one group. */
export interface Campaign {
  readonly id: number;
  readonly uuid: string;
  readonly name: string;
  readonly archived: boolean;
  readonly group: GroupSummary;
  readonly createdOn: Micros;
  readonly modifiedOn: Micros;
}

/**
 * The columns of campaigns and, by a join, of their groups: a page is one statement. Every campaign has a group; the join
 * is a left one, so that campaigns are the outer loop whatever the conditions, and the list's own order needs no sorting.
 */
export function selectCampaigns(query: ReturnType<typeof matchingCampaigns>) {
  return query
    .leftJoin('groups', (join) =>
      join.onRef('groups.workspace_id', '=', 'campaigns.workspace_id').onRef('groups.id', '=', 'campaigns.group_id'),
    )
    .select([
      'campaigns.id',
      'campaigns.uuid',
      'campaigns.name',
      'campaigns.is_archived',
      'campaigns.created_on',
      'campaigns.modified_on',
      'campaigns.group_id',
      'groups.uuid as group_uuid',
      'groups.name as group_name',
    ])
    .$narrowType<{ group_uuid: NotNull; group_name: NotNull }>();
}

/** A row of `selectCampaigns`. */
interface CampaignRow {
  id: number;
  uuid: string;
  name: string;
  is_archived: Flag;
  created_on: Micros;
  modified_on: Micros;
  group_id: number;
  group_uuid: string;
  group_name: string;
}

export function toCampaign(row: CampaignRow): Campaign {
  return {
    id: row.id,
    uuid: row.uuid,
    name: row.name,
    archived: row.is_archived === 1,
    group: { id: row.group_id, uuid: row.group_uuid, name: row.group_name },
    createdOn: row.created_on,
    modifiedOn: row.modified_on,
  };
}
