import { JumpStandIn } from '../list/jump-stand-in.tsx';
import { lazyPart } from '../ui/lazy-part.tsx';

const later = () => import('../later.ts');

export const GroupDialog = lazyPart(async () => (await later()).GroupDialog);
export const DeleteGroupDialog = lazyPart(async () => (await later()).DeleteGroupDialog);
/** Only long lists have it. */
export const GroupJump = lazyPart(async () => (await later()).GroupJump, JumpStandIn);
