import { useState } from 'react';
import { CampaignDialog } from './campaigns/lazy-parts.ts';
import type { CampaignRowFragment, GroupRowFragment } from './generated/graphql.ts';
import { GroupDialog } from './groups/lazy-parts.ts';
import { useKeptDraft } from './session/drafts.ts';

/**
 * Opens the form of a campaign or a group again in which the user was typing when the session ended. Any page can show these forms. The
 * other forms are opened again by their pages.
 */
export function RestoredForm() {
  const campaign = useKeptDraft<CampaignRowFragment>('campaign');
  const group = useKeptDraft<GroupRowFragment>('group');
  const [isOpen, setOpen] = useState(true);
  const close = () => setOpen(false);
  if (!isOpen) return null;
  if (campaign) return <CampaignDialog campaign={campaign.subject} groupUuid={undefined} onClose={close} />;
  return group ? <GroupDialog group={group.subject} onClose={close} /> : null;
}
