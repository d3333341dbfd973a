/** A rule that the program relies on, and that no constraint of the tables enforces. */
export interface Rule {
  /** The message that follows the number of rows that break the rule, such as "campaigns are ...". */
  readonly broken: string;
  /** The SQL that counts these rows. It must run on every engine. */
  readonly count: string;
}

/** `campaigns check` checks them in this order. Each derived value that writes keep up to date, such as a count, has a rule here. */
export const RULES: readonly Rule[] = [
  {
    broken: 'campaigns that are not archived belong to a group that is deleted',
    count: `select count(*) from campaigns
            join groups on groups.workspace_id = campaigns.workspace_id and groups.id = campaigns.group_id
            where campaigns.is_active = 1 and campaigns.is_archived = 0 and groups.is_active = 0`,
  },
  {
    broken: 'kept lengths of lists are not the number of their rows',
    // The kept lengths minus the counted ones. For a length of 0 there may be a kept row or none.
    count: `select count(*) from (
              select workspace_id, parent_id, list, is_archived from (
                select workspace_id, parent_id, list, is_archived, count from list_counts
                union all
                select workspace_id, 0, 'groups', 0, -count(*) from groups
                where is_active = 1 and kind <> 'status' group by workspace_id
                union all
                select workspace_id, 0, 'campaigns', is_archived, -count(*) from campaigns
                where is_active = 1 group by workspace_id, is_archived
                union all
                select workspace_id, group_id, 'campaigns', is_archived, -count(*) from campaigns
                where is_active = 1 group by workspace_id, group_id, is_archived
              ) as lengths
              group by workspace_id, parent_id, list, is_archived having sum(count) <> 0
            ) as different`,
  },
  {
    broken: 'lists of changes have gaps, or do not end at the revision of their workspace',
    count: `select count(*) from (
              select workspaces.id from workspaces join changes on changes.workspace_id = workspaces.id
              group by workspaces.id, workspaces.revision
              having max(changes.revision) <> workspaces.revision
                or count(*) <> max(changes.revision) - min(changes.revision) + 1
            ) as wrong`,
  },
];
