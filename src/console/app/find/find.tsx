import { useState } from 'react';
import { CampaignDialog } from '../campaigns/lazy-parts.ts';
import { GroupDialog } from '../groups/lazy-parts.ts';
import { FindDialog } from './find-dialog.tsx';

interface Props {
  onClose: () => void;
  signOut: () => void;
}

/** Finds campaigns, groups, pages and actions. If an action opens a dialog, that dialog replaces this one. */
export function Find({ onClose, signOut }: Props) {
  const [creating, setCreating] = useState<'campaign' | 'group'>();
  switch (creating) {
    case 'campaign':
      return <CampaignDialog campaign={undefined} groupUuid={undefined} onClose={onClose} />;
    case 'group':
      return <GroupDialog group={undefined} onClose={onClose} />;
    case undefined:
      return <FindDialog onClose={onClose} create={setCreating} signOut={signOut} />;
  }
}
