import { JumpStandIn } from '../list/jump-stand-in.tsx';
import { lazyPart } from '../ui/lazy-part.tsx';

const dialogs = () => import('./dialogs.ts');

export const GroupDialog = lazyPart(async () => (await dialogs()).GroupDialog);
export const DeleteGroupDialog = lazyPart(async () => (await dialogs()).DeleteGroupDialog);
/** Only long lists show it. */
export const GroupJump = lazyPart(async () => (await import('./group-jump.tsx')).GroupJump, JumpStandIn);
