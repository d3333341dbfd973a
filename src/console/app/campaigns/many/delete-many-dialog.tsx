import { useState } from 'react';
import { describeError, errorDetails } from '../../api/request-error.ts';
import type { CampaignRowFragment } from '../../generated/graphql.ts';
import { t } from '../../language/language.ts';
import { ConfirmDialog } from '../../ui/confirm-dialog.tsx';
import { useNotify } from '../../ui/notices.tsx';
import { useIsShown } from '../../ui/use-is-shown.ts';
import { CampaignNames } from './campaign-names.tsx';

interface Props {
  campaigns: readonly CampaignRowFragment[];
  onClose: () => void;
  /** Throws if the request fails. */
  onDelete: () => Promise<void>;
}

/** Asks before many campaigns are deleted, because that cannot be undone. */
export function DeleteManyDialog({ campaigns, onClose, onDelete }: Props) {
  const notify = useNotify();
  const isShown = useIsShown();
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<string>();
  const remove = async () => {
    setBusy(true);
    try {
      await onDelete();
    } catch (thrown) {
      const text = describeError(errorDetails(thrown));
      setError(text);
      setBusy(false);
      // The user may have gone to another page meanwhile.
      if (!isShown.current) notify({ tone: 'error', text });
    }
  };
  return (
    <ConfirmDialog
      title={t('selection.deleteTitle', { count: campaigns.length })}
      confirmLabel={t('action.delete')}
      error={error}
      busy={busy}
      onClose={onClose}
      onConfirm={() => void remove()}
    >
      <CampaignNames campaigns={campaigns.map((campaign) => ({ campaign }))} />
      <p>{t('selection.deleteWarning', { count: campaigns.length })}</p>
    </ConfirmDialog>
  );
}
