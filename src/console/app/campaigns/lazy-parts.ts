import { JumpStandIn } from '../list/jump-stand-in.tsx';
import { lazyPart, nothing } from '../ui/lazy-part.tsx';

const dialogs = () => import('./dialogs.ts');

/** If its code cannot be loaded, nothing can be selected, but the list still works. */
export const CampaignSelection = lazyPart(
  async () => (await import('./many/campaign-selection.tsx')).CampaignSelection,
  nothing,
  nothing,
);
export const CampaignDialog = lazyPart(async () => (await dialogs()).CampaignDialog);
export const DeleteCampaignDialog = lazyPart(async () => (await dialogs()).DeleteCampaignDialog);
export const ArchiveConflictDialog = lazyPart(async () => (await dialogs()).ArchiveConflictDialog);
/** Only long lists show it. */
export const CampaignJump = lazyPart(async () => (await import('./campaign-jump.tsx')).CampaignJump, JumpStandIn);
