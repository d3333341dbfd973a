import { useState, type ReactNode } from 'react';
import type { GroupRowFragment } from '../generated/graphql.ts';
import { t } from '../language/language.ts';
import type { MenuEntry } from '../ui/menu-entry.ts';
import { DeleteGroupDialog, GroupDialog } from './lazy-parts.ts';

export interface GroupActions {
  /** The actions that are possible with the group. */
  entriesFor: (group: GroupRowFragment) => MenuEntry[];
  /** The dialog that is open, if any. */
  dialog: ReactNode;
}

/**
 * Rename and delete. Call this hook in the page itself, not in a component for one group or list. Such a component
 * disappears when somebody else deletes the group, and would close an open dialog and lose what the user has typed.
 */
export function useGroupActions(onDeleted?: () => void): GroupActions {
  const [open, setOpen] = useState<{ action: 'rename' | 'delete'; group: GroupRowFragment }>();
  const close = () => setOpen(undefined);
  return {
    entriesFor: (group) =>
      group.system
        ? []
        : [
            { label: t('action.rename'), run: () => setOpen({ action: 'rename', group }) },
            { label: t('action.deleteAsk'), danger: true, run: () => setOpen({ action: 'delete', group }) },
          ],
    dialog:
      open?.action === 'rename' ? (
        <GroupDialog group={open.group} onClose={close} />
      ) : open?.action === 'delete' ? (
        <DeleteGroupDialog group={open.group} onClose={close} {...(onDeleted && { onDeleted })} />
      ) : null,
  };
}
