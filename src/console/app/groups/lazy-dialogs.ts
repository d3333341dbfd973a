import { lazyPart } from '../ui/lazy-part.tsx';

const dialogs = () => import('./dialogs.ts');

export const GroupDialog = lazyPart(async () => (await dialogs()).GroupDialog);
export const DeleteGroupDialog = lazyPart(async () => (await dialogs()).DeleteGroupDialog);
