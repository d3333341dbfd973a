import type { CampaignFilter } from '../../src/model/campaign.ts';
import type { Ordering } from '../../src/model/page.ts';
import { formatTime } from '../../src/model/time.ts';
import { Client } from './client.ts';
import type { MadeWorkspace } from './workspace.ts';

export interface ConnectionArguments {
  readonly first?: number;
  readonly after?: string;
  readonly last?: number;
  readonly before?: string;
}

export interface Connection {
  readonly totalCount: number;
  readonly edges: readonly { readonly cursor: string; readonly node: { readonly uuid: string } }[];
  readonly nodes: readonly { readonly uuid: string }[];
  readonly pageInfo: {
    readonly hasNextPage: boolean;
    readonly hasPreviousPage: boolean;
    readonly startCursor: string | null;
    readonly endCursor: string | null;
  };
}

/** Selects all fields of a connection. */
export const CONNECTION = `{
  totalCount
  edges { cursor node { uuid } }
  nodes { uuid }
  pageInfo { hasNextPage hasPreviousPage startCursor endCursor }
}`;

export const LIST_CAMPAIGNS = `
  query ($first: Int, $after: String, $last: Int, $before: String, $filter: CampaignFilter, $orderBy: CampaignOrder) {
    campaigns(first: $first, after: $after, last: $last, before: $before, filter: $filter, orderBy: $orderBy) ${CONNECTION}
  }`;

/** An ordering of the model as a GraphQL variable. */
export function orderBy({ field, direction }: Ordering): { field: string; direction: string } {
  return { field: field.toUpperCase(), direction: direction.toUpperCase() };
}

/** A filter of the model as a GraphQL variable. */
export function filterInput({ createdBefore, createdAfter, ...filter }: CampaignFilter): Record<string, unknown> {
  return {
    ...filter,
    ...(createdBefore !== undefined && { createdBefore: formatTime(createdBefore) }),
    ...(createdAfter !== undefined && { createdAfter: formatTime(createdAfter) }),
  };
}

/** The expected page of a sorted list. `after` and `before` are items, which need not be in the list. */
export function expectedPage<Item>(
  list: readonly Item[],
  args: { first?: number; last?: number; after?: Item; before?: Item },
  compare: (a: Item, b: Item) => number,
): { page: Item[]; hasNextPage: boolean; hasPreviousPage: boolean } {
  const { first, last, after, before } = args;
  const beyond = (item: Item) => after === undefined || compare(item, after) > 0;
  const within = list.filter((item) => beyond(item) && (before === undefined || compare(item, before) < 0));
  const page = last === undefined ? within.slice(0, first) : within.slice(-last);
  const [start, end] = [page.at(0), page.at(-1)];
  // An empty page has no first and last item, so its neighbours are found by `after` and `before`.
  const isBefore = (item: Item) =>
    start === undefined ? after !== undefined && compare(item, after) <= 0 : compare(item, start) < 0;
  const isAfter = (item: Item) =>
    end === undefined ? before !== undefined && compare(item, before) >= 0 : compare(item, end) > 0;
  return { page, hasNextPage: list.some(isAfter), hasPreviousPage: list.some(isBefore) };
}

type Ordered = Parameters<typeof orderBy>[0];

/** Returns a function that lists a workspace's campaigns with the workspace's own token. */
export function lister(url: string, workspace: MadeWorkspace) {
  const client = new Client(url, workspace.key);
  return async (args: ConnectionArguments, filter: CampaignFilter, ordering: Ordered): Promise<Connection> => {
    const variables = { ...args, filter: filterInput(filter), orderBy: orderBy(ordering) };
    return (await client.data<{ campaigns: Connection }>(LIST_CAMPAIGNS, variables)).campaigns;
  };
}

/** The cursors of a workspace's campaigns in an ordering, by UUID. Archived campaigns are included. */
export async function cursorsOf(
  url: string,
  workspace: MadeWorkspace,
  ordering: Ordered,
): Promise<Map<string, string>> {
  const { edges } = await lister(url, workspace)({ first: 250 }, { archived: null }, ordering);
  return new Map(edges.map(({ cursor, node }) => [node.uuid, cursor]));
}

export const uuids = (items: readonly { readonly uuid: string }[]): string[] => items.map(({ uuid }) => uuid);
