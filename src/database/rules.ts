/** What the program relies on and no constraint of the tables holds. */
export interface Rule {
  /** What follows the number of rows that break it, such as "campaigns are ...". */
  readonly broken: string;
  /** The SQL that counts these rows, for every engine. */
  readonly count: string;
}

/** `campaigns check` looks at them in this order. A value that the write path keeps, such as a count, has its rule here. */
export const RULES: readonly Rule[] = [
  {
    broken: 'campaigns that are not archived belong to a group that is deleted',
    count: `select count(*) from campaigns
            join groups on groups.workspace_id = campaigns.workspace_id and groups.id = campaigns.group_id
            where campaigns.is_active = 1 and campaigns.is_archived = 0 and groups.is_active = 0`,
  },
];
