import { Conflict } from '../changes/conflict.tsx';
import type { CampaignRowFragment } from '../generated/graphql.ts';
import { t } from '../language/language.ts';
import { ConfirmDialog } from '../ui/confirm-dialog.tsx';
import { theirValues } from './campaign-conflict.ts';

interface Props {
  campaign: CampaignRowFragment;
  theirs: CampaignRowFragment;
  onClose: () => void;
  onConfirm: () => void;
}

/** Asks whether to archive or restore a campaign that somebody else has changed since the user saw it. */
export function ArchiveConflictDialog({ campaign, theirs, onClose, onConfirm }: Props) {
  return (
    <ConfirmDialog
      title={t(theirs.archived ? 'conflict.restore' : 'conflict.archive')}
      confirmLabel={t(theirs.archived ? 'action.restore' : 'action.archive')}
      error={undefined}
      busy={false}
      onClose={onClose}
      onConfirm={onConfirm}
    >
      <Conflict theirs={theirs} values={theirValues(campaign, theirs)} while="looked" />
    </ConfirmDialog>
  );
}
