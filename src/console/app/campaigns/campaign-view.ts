import { isUuid } from '../api/is-uuid.ts';
import type { CampaignFilter, CampaignOrder } from '../generated/graphql.ts';
import type { MessageId } from '../language/message-id.ts';

/** Which campaigns the list shows, and in which order. It is kept in the address, so that users can share it. */
export interface CampaignView {
  search: string;
  /** A group's UUID. */
  group: string | undefined;
  archived: Archived;
  order: Order;
  /** Where in the list to begin: a place in its order, see place.ts, or `end`. */
  at: string | undefined;
}

/** What each choice about archived campaigns is called. */
export const STATES = {
  no: 'filter.inUse',
  only: 'filter.archived',
  all: 'filter.all',
} as const satisfies Record<string, MessageId>;

export type Archived = keyof typeof STATES;

export const ORDERS = {
  newest: { label: 'order.newest', orderBy: { field: 'CREATED', direction: 'DESC' } },
  oldest: { label: 'order.oldest', orderBy: { field: 'CREATED', direction: 'ASC' } },
  name: { label: 'order.name', orderBy: { field: 'NAME', direction: 'ASC' } },
  'name-desc': { label: 'order.nameReversed', orderBy: { field: 'NAME', direction: 'DESC' } },
} as const satisfies Record<string, { label: MessageId; orderBy: CampaignOrder }>;

export type Order = keyof typeof ORDERS;

export function parseView(parameters: URLSearchParams): CampaignView {
  const archived = parameters.get('archived');
  const group = parameters.get('group');
  return {
    search: parameters.get('q') ?? '',
    group: isUuid(group) ? group : undefined,
    archived: archived === 'only' || archived === 'all' ? archived : 'no',
    order: parseOrder(parameters.get('order')),
    at: parameters.get('at') ?? undefined,
  };
}

export function parseOrder(value: string | null): Order {
  return isOrder(value) ? value : 'newest';
}

function isOrder(value: string | null): value is Order {
  return value !== null && Object.hasOwn(ORDERS, value);
}

/** The view as query parameters. Defaults are left out. */
export function viewParameters(view: CampaignView): URLSearchParams {
  const parameters = new URLSearchParams();
  if (view.search !== '') parameters.set('q', view.search);
  if (view.group !== undefined) parameters.set('group', view.group);
  if (view.archived !== 'no') parameters.set('archived', view.archived);
  if (view.order !== 'newest') parameters.set('order', view.order);
  if (view.at !== undefined) parameters.set('at', view.at);
  return parameters;
}

export function viewFilter(view: CampaignView): CampaignFilter {
  const search = view.search.trim();
  return {
    archived: view.archived === 'all' ? null : view.archived === 'only',
    ...(search !== '' && { search }),
    ...(view.group !== undefined && { group: { uuid: view.group } }),
  };
}

/** Whether the list is filtered, apart from archived campaigns, which are hidden by default. */
export function isFiltered(view: CampaignView): boolean {
  return view.search.trim() !== '' || view.group !== undefined || view.archived !== 'no';
}
