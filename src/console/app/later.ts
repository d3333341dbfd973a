// What is not needed to show the first list. All of it is loaded at once, so that menus and dialogs open also when the server is away.
export { AccountMenu } from './account-menu.tsx';
export { ArchiveConflictDialog } from './campaigns/archive-conflict-dialog.tsx';
export { CampaignDialog } from './campaigns/campaign-dialog.tsx';
export { CampaignJump } from './campaigns/campaign-jump.tsx';
export { CampaignPage } from './campaigns/campaign-page.tsx';
export { DeleteCampaignDialog } from './campaigns/delete-campaign-dialog.tsx';
export { Freshness } from './changes/freshness.tsx';
export { Find } from './find/find.tsx';
export { DeleteGroupDialog } from './groups/delete-group-dialog.tsx';
export { GroupDialog } from './groups/group-dialog.tsx';
export { GroupJump } from './groups/group-jump.tsx';
export { GroupPage } from './groups/group-page.tsx';
export { GroupPicker } from './groups/group-picker.tsx';
export { keepConsole } from './session/keep-console.ts';
export { RowMenuPopover } from './ui/row-menu-popover.tsx';
