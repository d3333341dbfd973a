import type { KeyboardEvent, ReactNode } from 'react';
import type { CampaignRowFragment } from '../generated/graphql.ts';
import type { MenuEntry } from '../ui/menu-entry.ts';

/** What the table of campaigns needs so that its rows can be selected. Its code is loaded after the first rows. */
export interface RowSelection {
  /** The checkbox of a row. */
  boxOf: (campaign: CampaignRowFragment) => ReactNode;
  /** The checkbox in the header, for all rows that are loaded. */
  boxOfAll: ReactNode;
  /** Handles the keys that select rows, while the focus is on a row. */
  onKeyDown: (event: KeyboardEvent) => void;
  /** The actions for all selected campaigns, if this campaign is one of several selected ones. Otherwise undefined. */
  entriesFor: (campaign: CampaignRowFragment) => MenuEntry[] | undefined;
}
