// The dialogs are loaded together.
export { ArchiveConflictDialog } from './archive-conflict-dialog.tsx';
export { CampaignDialog } from './campaign-dialog.tsx';
export { DeleteCampaignDialog } from './delete-campaign-dialog.tsx';
