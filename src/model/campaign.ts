import type { Expression, RawBuilder, SqlBool } from 'kysely';
import { sql } from 'kysely';
import type { Flag, Micros } from '../database/tables.ts';
import { flag } from '../database/tables.ts';
import { each, equals, like, searchPatterns } from './conditions.ts';
import type { GroupReference, GroupSummary } from './group.ts';
import { GROUPS, referenceValues, SharedGroup } from './group.ts';
import type { ConditionContext } from './list.ts';
import { describeList, uuidValues } from './list.ts';
import { matching } from './list-query.ts';
import { searchWords } from './names.ts';
import { foldName } from '../encoding/fold.ts';

/** A named programme of messages for the contacts of one group. */
export interface Campaign {
  readonly id: number;
  readonly uuid: string;
  readonly name: string;
  readonly archived: boolean;
  readonly group: GroupSummary;
  readonly createdOn: Micros;
  readonly modifiedOn: Micros;
  /** The revision of its last change: see `CampaignsTable`. */
  readonly revision: number;
}

/** The fields of a campaign that a change sets. */
export type CampaignState = Pick<Campaign, 'name' | 'archived' | 'group'>;

/** A filter of campaigns. A campaign matches when it meets all the given conditions. */
export interface CampaignFilter {
  readonly uuids?: readonly string[] | undefined;
  /** false by default. null: archived campaigns and others. */
  readonly archived?: boolean | null | undefined;
  readonly group?: GroupReference | undefined;
  readonly groupId?: number | undefined;
  /** Words or parts of words, each in the campaign's name or in its group's name. Case and accents are ignored. */
  readonly search?: string | undefined;
  /** Inclusive. */
  readonly createdBefore?: Micros | undefined;
  /** Inclusive. */
  readonly createdAfter?: Micros | undefined;
}

/** What `CAMPAIGNS` selects. */
export interface CampaignRow {
  readonly id: number;
  readonly uuid: string;
  readonly name: string;
  readonly is_archived: Flag;
  readonly created_on: Micros;
  readonly modified_on: Micros;
  readonly revision: number;
  readonly group_id: number;
  readonly group_uuid: string;
  readonly group_name: string;
}

function groupOf({ group_id, group_uuid, group_name }: CampaignRow): GroupSummary {
  return { id: group_id, uuid: group_uuid, name: group_name };
}

/** The list of campaigns. */
export const CAMPAIGNS = describeList({
  name: 'campaigns',
  table: 'campaigns',
  columns: [
    'campaigns.id',
    'campaigns.uuid',
    'campaigns.name',
    'campaigns.is_archived',
    'campaigns.created_on',
    'campaigns.modified_on',
    'campaigns.revision',
    'campaigns.group_id',
  ],
  join: {
    table: 'groups',
    on: [
      ['groups.workspace_id', 'campaigns.workspace_id'],
      ['groups.id', 'campaigns.group_id'],
    ],
    columns: ['groups.uuid as group_uuid', 'groups.name as group_name'],
    shared: {
      id: 'groups.id as group_id',
      idOf: (row: CampaignRow) => row.group_id,
      toJoined: (row) => new SharedGroup(groupOf(row)),
    },
  },
  toNode: (row: CampaignRow, group: GroupSummary = groupOf(row)): Campaign => ({
    id: row.id,
    uuid: row.uuid,
    name: row.name,
    archived: row.is_archived === 1,
    group,
    createdOn: row.created_on,
    modifiedOn: row.modified_on,
    revision: row.revision,
  }),
  orders: {
    created: {
      column: 'campaigns.created_on',
      type: 'integer',
      keyOf: ({ createdOn }) => createdOn,
      covers: ['isArchived', 'groupId', 'groupUuid', 'groupNameKey', 'createdBefore', 'createdAfter'],
      searched: { allows: ['isArchived', 'createdBefore', 'createdAfter'] },
    },
    name: {
      column: 'campaigns.name_key',
      type: 'text',
      keyOf: ({ name }) => foldName(name),
      covers: ['isArchived', 'groupId', 'groupUuid', 'groupNameKey'],
      searched: { allows: ['isArchived'], apart: { value: 'isArchived', each: [0, 1] } },
    },
  },
  parents: {
    group: {
      column: 'campaigns.group_id',
      idOf: ({ group }) => group.id,
      within: (filter: CampaignFilter, groupId) => ({ ...filter, group: undefined, groupId }),
    },
  },
  valuesOf({ uuids, archived = false, group, groupId, search, createdBefore, createdAfter }: CampaignFilter) {
    const patterns = searchPatterns(search);
    const named = group && referenceValues(group);
    if (patterns === null || named === null || uuids?.length === 0) return null;
    return {
      ...uuidValues(uuids),
      isArchived: archived === null ? undefined : flag(archived),
      groupId,
      groupUuid: named?.uuid,
      groupNameKey: named?.nameKey,
      searchPatterns: patterns,
      createdBefore,
      createdAfter,
    };
  },
  conditions: {
    isArchived: equals('campaigns.is_archived'),
    groupId: equals('campaigns.group_id'),
    groupUuid: (uuid, context, { groupNameKey }) =>
      groupNameKey ? null : isInGroup('campaigns.group_id', context, { uuid }),
    groupNameKey: (nameKey, context, { groupUuid }) =>
      isInGroup('campaigns.group_id', context, { uuid: groupUuid, nameKey }),
    searchPatterns: (patterns, context) =>
      each((pattern) => sql`(${like('campaigns.search_key')(pattern)} or ${isInGroupLike(pattern, context)})`)(
        patterns,
      ),
    createdBefore: (timestamp, { order }) => sql`${createdOn(order)} <= ${timestamp}`,
    createdAfter: (timestamp, { order }) => sql`${createdOn(order)} >= ${timestamp}`,
  },
  search: {
    table: 'campaigns',
    wordsOf: ({ search }) => searchWords(search ?? ''),
    compares: ['groups'],
  },
  keptCounts: {
    archived: {
      column: 'campaigns.is_archived',
      conditions: { isArchived: equals('list_counts.is_archived') },
    },
    parent: {
      column: 'campaigns.group_id',
      conditions: {
        groupId: equals('list_counts.parent_id'),
        groupUuid: (uuid, context, { groupNameKey }) =>
          groupNameKey ? null : isInGroup('list_counts.parent_id', context, { uuid }),
        groupNameKey: (nameKey, context, { groupUuid }) =>
          isInGroup('list_counts.parent_id', context, { uuid: groupUuid, nameKey }),
      },
    },
  },
});

/**
 * Only rows whose column has the id of the group with this UUID or, when no group has it, with this name. The column is
 * compared with one value, because a set or a join would let SQLite begin with the groups; it would then have to sort the
 * campaigns.
 */
function isInGroup(
  column: string,
  context: ConditionContext,
  { uuid, nameKey }: { uuid?: RawBuilder<unknown> | undefined; nameKey?: RawBuilder<unknown> },
): Expression<SqlBool> {
  const found = [...(uuid ? [groupIds(context, { uuid })] : []), ...(nameKey ? [groupIds(context, { nameKey })] : [])];
  return sql`${sql.ref(column)} = coalesce(${sql.join([...found, sql`null`])})`;
}

/** Only campaigns whose group's name is like the pattern. The group may be deleted, since campaigns still show its name. */
function isInGroupLike(pattern: RawBuilder<unknown>, { workspace }: ConditionContext): Expression<SqlBool> {
  return sql`${sql.ref('campaigns.group_id')} in (
    select id from groups where workspace_id = ${workspace} and ${like('groups.search_key')(pattern)})`;
}

/** The ids of the groups that the slots describe, as a subquery. */
function groupIds(
  { db, workspace }: ConditionContext,
  slots: Record<string, RawBuilder<unknown>>,
): Expression<unknown> {
  return sql`(${matching(GROUPS, db, { ...slots, workspace }).select(sql.ref('groups.id').as('id'))})`;
}

/**
 * The cast keeps SQLite from choosing the created_on index for a list by name, because it would then have to sort the result by
 * name. PostgreSQL removes a cast that changes nothing, and chooses an index by its statistics.
 */
function createdOn(order: string | undefined): Expression<unknown> {
  const column = sql.ref('campaigns.created_on');
  return order === 'name' ? sql`cast(${column} as bigint)` : column;
}
