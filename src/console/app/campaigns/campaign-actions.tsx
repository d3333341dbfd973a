import { useState, type ReactNode } from 'react';
import { describeError, errorDetails } from '../api/request-error.ts';
import { joinedErrors } from '../api/input-error.ts';
import { Conflict } from '../changes/conflict.tsx';
import { getFragmentData } from '../generated/index.ts';
import type { CampaignRowFragment } from '../generated/graphql.ts';
import { t } from '../language/language.ts';
import { useNotify } from '../ui/notices.tsx';
import { ConfirmDialog } from '../ui/confirm-dialog.tsx';
import type { MenuEntry } from '../ui/row-menu.tsx';
import { Message } from '../ui/message.tsx';
import { Name } from '../ui/name.tsx';
import { conflictOf, useDeleteCampaign, useUpdateCampaign } from './campaign-changes.ts';
import { theirValues } from './campaign-conflict.ts';
import { CampaignDialog } from './campaign-dialog.tsx';
import { CampaignRow } from './campaign-row.ts';

interface CampaignActions {
  /** The actions that are possible in the campaign's current state. */
  entriesFor: (campaign: CampaignRowFragment) => MenuEntry[];
  /** The dialog that is open, if any. */
  dialog: ReactNode;
}

/** The dialog that is open. `conflict`: somebody has changed the campaign before it was archived or restored. */
type Open =
  | { action: 'edit' | 'delete'; campaign: CampaignRowFragment }
  | { action: 'conflict'; campaign: CampaignRowFragment; theirs: CampaignRowFragment };

/** Edit, archive, restore and delete. Both the list and the campaign's page use them. */
export function useCampaignActions(onDeleted?: () => void): CampaignActions {
  const [open, setOpen] = useState<Open>();
  const setArchived = useSetArchived((campaign, theirs) => setOpen({ action: 'conflict', campaign, theirs }));
  const close = () => setOpen(undefined);
  return {
    entriesFor(campaign) {
      const remove: MenuEntry = {
        label: t('action.deleteAsk'),
        danger: true,
        run: () => setOpen({ action: 'delete', campaign }),
      };
      if (campaign.archived) return [{ label: t('action.restore'), run: () => setArchived(campaign, false) }, remove];
      return [
        { label: t('action.edit'), run: () => setOpen({ action: 'edit', campaign }) },
        { label: t('action.archive'), run: () => setArchived(campaign, true) },
        remove,
      ];
    },
    dialog:
      open?.action === 'edit' ? (
        <CampaignDialog campaign={open.campaign} groupUuid={undefined} onClose={close} />
      ) : open?.action === 'delete' ? (
        <DeleteDialog campaign={open.campaign} onClose={close} {...(onDeleted && { onDeleted })} />
      ) : open?.action === 'conflict' ? (
        <ArchiveConflictDialog
          campaign={open.campaign}
          theirs={open.theirs}
          onClose={close}
          onConfirm={() => {
            close();
            setArchived(open.theirs, !open.theirs.archived);
          }}
        />
      ) : null,
  };
}

/**
 * Archives or restores without confirmation, because the notice offers an undo. `onConflict` is called with the campaign
 * that the person knows and the present one, if somebody else was faster.
 */
function useSetArchived(
  onConflict: (campaign: CampaignRowFragment, theirs: CampaignRowFragment) => void,
): (campaign: CampaignRowFragment, archived: boolean) => void {
  const notify = useNotify();
  const update = useUpdateCampaign();
  const setArchived = (campaign: CampaignRowFragment, archived: boolean, undoable: boolean) => {
    const say = (changed: CampaignRowFragment) =>
      notify({
        text: (
          <Message
            id={archived ? 'campaign.archived' : 'campaign.restored'}
            values={{ name: <Name text={changed.name} /> }}
          />
        ),
        ...(undoable && {
          action: { label: t('action.undo'), run: () => setArchived(changed, !archived, false) },
        }),
      });
    update.mutate(
      { uuid: campaign.uuid, archived, expectedRevision: campaign.revision },
      {
        onSuccess: (payload) => {
          const changed = getFragmentData(CampaignRow, payload?.campaign);
          if (changed) return say(changed);
          const theirs = getFragmentData(CampaignRow, conflictOf(payload?.userErrors ?? []));
          if (!theirs) return notify({ tone: 'error', text: joinedErrors('campaign', payload?.userErrors ?? []) });
          // Somebody else may have done the same.
          if (theirs.archived === archived) return say(theirs);
          return onConflict(campaign, theirs);
        },
        onError: (error) => notify({ tone: 'error', text: describeError(errorDetails(error)) }),
      },
    );
  };
  return (campaign, archived) => setArchived(campaign, archived, true);
}

interface ArchiveConflictDialogProps {
  campaign: CampaignRowFragment;
  theirs: CampaignRowFragment;
  onClose: () => void;
  onConfirm: () => void;
}

/** Asks whether to archive or restore a campaign that is not what the person has seen. */
function ArchiveConflictDialog({ campaign, theirs, onClose, onConfirm }: ArchiveConflictDialogProps) {
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

interface DeleteDialogProps {
  campaign: CampaignRowFragment;
  onClose: () => void;
  onDeleted?: () => void;
}

function DeleteDialog({ campaign, onClose, onDeleted }: DeleteDialogProps) {
  const notify = useNotify();
  const remove = useDeleteCampaign();
  const userErrors = remove.data?.userErrors ?? [];
  const theirs = getFragmentData(CampaignRow, conflictOf(userErrors));
  const error = remove.error
    ? describeError(errorDetails(remove.error))
    : userErrors.length > 0 && !theirs
      ? joinedErrors('campaign', userErrors)
      : undefined;
  return (
    <ConfirmDialog
      title={t('campaign.delete')}
      confirmLabel={t('action.delete')}
      error={error}
      busy={remove.isPending}
      onClose={onClose}
      onConfirm={() =>
        remove.mutate(theirs ?? campaign, {
          onSuccess: (payload) => {
            if (!payload?.deletedCampaignId) return;
            onClose();
            notify({ text: <Message id="campaign.deleted" values={{ name: <Name text={campaign.name} /> }} /> });
            onDeleted?.();
          },
        })
      }
    >
      <p>
        <Message
          id={campaign.archived ? 'campaign.deleteArchived' : 'campaign.deleteInUse'}
          values={{ name: <Name className="strong" text={campaign.name} /> }}
        />
      </p>
      {theirs && (
        <div className="conflict" role="alert">
          <Conflict theirs={theirs} values={theirValues(campaign, theirs)} while="looked" />
        </div>
      )}
    </ConfirmDialog>
  );
}
