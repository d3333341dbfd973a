import { useState } from 'react';
import { CampaignDialog } from '../campaigns/lazy-parts.ts';
import { GroupDialog } from '../groups/lazy-parts.ts';
import type { Account } from '../session/use-session.ts';
import { lazyPart } from '../ui/lazy-part.tsx';
import type { ActionDialog } from './actions.ts';
import { FindDialog } from './find-dialog.tsx';

const AddWorkspaceDialog = lazyPart(
  async () => (await import('../people/add-workspace-dialog.tsx')).AddWorkspaceDialog,
);

interface Props extends Account {
  onClose: () => void;
}

/** Finds campaigns, groups, pages and actions. If an action opens a dialog, that dialog replaces this one. */
export function Find({ onClose, signOut, switchTo }: Props) {
  const [dialog, setDialog] = useState<ActionDialog>();
  switch (dialog) {
    case 'campaign':
      return <CampaignDialog campaign={undefined} groupUuid={undefined} onClose={onClose} />;
    case 'group':
      return <GroupDialog group={undefined} onClose={onClose} />;
    case 'workspace':
      return <AddWorkspaceDialog switchTo={switchTo} onClose={onClose} />;
    case undefined:
      return <FindDialog onClose={onClose} openDialog={setDialog} signOut={signOut} />;
  }
}
