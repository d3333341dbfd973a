// The dialogs are loaded together.
export { DeleteGroupDialog } from './delete-group-dialog.tsx';
export { GroupDialog } from './group-dialog.tsx';
