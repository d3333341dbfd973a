// The parts that are not needed to show the first list. The dialogs have files of their own.
export { AccountMenu } from './account-menu.tsx';
export { CampaignPage } from './campaigns/campaign-page.tsx';
export { Freshness } from './changes/freshness.tsx';
export { GroupPage } from './groups/group-page.tsx';
export { keepConsole } from './session/keep-console.ts';
