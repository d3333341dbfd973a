/** A row of a page, as both databases give it. */
export interface Row {
  readonly id: number;
  readonly uuid: string;
  readonly name: string;
  readonly is_archived: number;
  readonly created_on: number;
  readonly group_uuid: string;
  readonly group_name: string;
}

/** The position of a row in the list: its creation time and its id. */
export type Place = readonly [number, number];

export type OneRow = Pick<Row, 'uuid' | 'name' | 'group_name'>;

/** The minimal database access, with hand-written statements. A synchronous result is not wrapped in a promise. */
export interface Store {
  /** This many of the newest unarchived campaigns after `after`. */
  rows(count: number, after: Place | null): Row[] | Promise<Row[]>;
  one(uuid: string): OneRow | undefined | Promise<OneRow | undefined>;
  /** Creates a campaign durably. Returns the name of its group. */
  create(campaign: NewCampaign): string | Promise<string>;
}

export interface NewCampaign {
  readonly uuid: string;
  readonly name: string;
  readonly key: string;
  readonly group: string;
  /** Microseconds since 1970. */
  readonly now: number;
}

/** The SQL of a page in either dialect. `parameter(1)` is the placeholder of the first value. */
export function pageSql(after: boolean, parameter: (place: number) => string): string {
  const place = after ? `and (c.created_on, c.id) < (${parameter(1)}, ${parameter(2)})` : '';
  return `
  select c.id, c.uuid, c.name, c.is_archived, c.created_on, g.uuid as group_uuid, g.name as group_name
  from campaigns c join groups g on g.workspace_id = c.workspace_id and g.id = c.group_id
  where c.workspace_id = 1 and c.is_archived = 0 and c.is_active = 1 ${place}
  order by c.created_on desc, c.id desc limit ${parameter(after ? 3 : 1)}`;
}
