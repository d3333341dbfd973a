import type { QueryClient } from '@tanstack/react-query';
import type { CampaignRowFragment } from '../generated/graphql.ts';

/**
 * What the user's own changes have made of campaigns, by the UUID and by the revision that was changed. It is forgotten with the cache when
 * the user signs out.
 */
const ownChanges = new WeakMap<QueryClient, Map<string, CampaignRowFragment>>();

const keyOf = (uuid: string, revision: number) => `${uuid} ${revision}`;

/** Notes that the user has changed the campaign when it had this revision. */
export function noteOwnChange(queryClient: QueryClient, changed: CampaignRowFragment, revision: number): void {
  const changes = ownChanges.get(queryClient) ?? new Map<string, CampaignRowFragment>();
  ownChanges.set(queryClient, changes.set(keyOf(changed.uuid, revision), changed));
}

/**
 * The campaign after what the user has changed since, without the changes of others. Every change begins with it. It would otherwise be
 * refused after a later change of the user's own, as if somebody else had made that.
 */
export function afterOwnChanges(queryClient: QueryClient, campaign: CampaignRowFragment): CampaignRowFragment {
  const next = ownChanges.get(queryClient)?.get(keyOf(campaign.uuid, campaign.revision));
  // An update to the values that the campaign already has leaves its revision as it is.
  return next && next.revision > campaign.revision ? afterOwnChanges(queryClient, next) : campaign;
}

/** The last change of each campaign that is on its way, by the campaign's UUID. */
const onTheirWay = new WeakMap<QueryClient, Map<string, Promise<unknown>>>();

/** Whether a change of the campaign is on its way; without a UUID, whether a change of any campaign is. */
export function isOnItsWay(queryClient: QueryClient, uuid?: string): boolean {
  const running = onTheirWay.get(queryClient);
  return running !== undefined && (uuid === undefined ? running.size > 0 : running.has(uuid));
}

/**
 * Sends a change of campaigns after those of the same campaigns that are on their way, also from another page of the console. It could
 * otherwise reach the server before them, or be refused because of them. `send` has to begin with `afterOwnChanges`.
 */
export async function inTurn<Answer>(
  queryClient: QueryClient,
  uuids: readonly string[],
  send: () => Promise<Answer>,
): Promise<Answer> {
  const running = onTheirWay.get(queryClient) ?? new Map<string, Promise<unknown>>();
  onTheirWay.set(queryClient, running);
  // If one of them fails, this one is sent all the same.
  const answer = Promise.allSettled(uuids.flatMap((uuid) => running.get(uuid) ?? [])).then(send);
  for (const uuid of uuids) running.set(uuid, answer);
  try {
    return await answer;
  } finally {
    for (const uuid of uuids) if (running.get(uuid) === answer) running.delete(uuid);
  }
}
