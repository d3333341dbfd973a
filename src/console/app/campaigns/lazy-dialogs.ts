import { JumpStandIn } from '../list/jump-stand-in.tsx';
import { lazyPart, nothing } from '../ui/lazy-part.tsx';

const dialogs = () => import('./dialogs.ts');

/** Without its code nothing can be selected, and the list works all the same. */
export const CampaignSelection = lazyPart(
  async () => (await import('./many/campaign-selection.tsx').catch(() => undefined))?.CampaignSelection ?? nothing,
  nothing,
);
export const CampaignDialog = lazyPart(async () => (await dialogs()).CampaignDialog);
export const DeleteCampaignDialog = lazyPart(async () => (await dialogs()).DeleteCampaignDialog);
export const ArchiveConflictDialog = lazyPart(async () => (await dialogs()).ArchiveConflictDialog);
/** Only long lists have it. */
export const CampaignJump = lazyPart(async () => (await import('./campaign-jump.tsx')).CampaignJump, JumpStandIn);
