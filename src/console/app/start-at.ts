import { startCampaigns } from './campaigns/start-campaigns.ts';
import { startGroups } from './groups/start-groups.ts';
import type { Start } from './list/start.ts';

/** What the page at an address shows first. Undefined for pages that show no list. */
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
