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
 * The campaign after what the user has changed since, without the changes of others. An undo begins with it. It would otherwise be refused
 * after a later change of the user's own, as if somebody else had made that.
 */
export function afterOwnChanges(queryClient: QueryClient, campaign: CampaignRowFragment): CampaignRowFragment {
  const next = ownChanges.get(queryClient)?.get(keyOf(campaign.uuid, campaign.revision));
  // An update to the values that the campaign already has leaves its revision as it is.
  return next && next.revision > campaign.revision ? afterOwnChanges(queryClient, next) : campaign;
}
