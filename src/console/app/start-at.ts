import { startCampaigns } from './campaigns/start-campaigns.ts';
import { startGroups } from './groups/start-groups.ts';
import type { Start } from './list/start.ts';

/** The first request of the page at an address. Undefined means that the page shows no list, or begins within the list. */
export function startAt({ pathname, search }: Pick<Location, 'pathname' | 'search'>): Start | undefined {
  switch (pathname) {
    case '/':
      return startCampaigns(search);
    case '/groups':
      return startGroups(search);
    default:
      return undefined;
  }
}
