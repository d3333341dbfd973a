import { useState, type ReactNode } from 'react';
import { describeError, errorDetails } from '../api/request-error.ts';
import { joinedErrors } from '../api/input-error.ts';
import type { CampaignRowFragment } from '../generated/graphql.ts';
import { t } from '../language/language.ts';
import { useNotify } from '../ui/notices.tsx';
import { ConfirmDialog } from '../ui/confirm-dialog.tsx';
import type { MenuEntry } from '../ui/row-menu.tsx';
import { Message } from '../ui/message.tsx';
import { Name } from '../ui/name.tsx';
import { useDeleteCampaign, useUpdateCampaign } from './campaign-changes.ts';
import { CampaignDialog } from './campaign-dialog.tsx';

interface CampaignActions {
  /** The actions that are possible in the campaign's current state. */
  entriesFor: (campaign: CampaignRowFragment) => MenuEntry[];
  /** The dialog that is open, if any. */
  dialog: ReactNode;
}

/** Edit, archive, restore and delete. Both the list and the campaign's page use them. */
export function useCampaignActions(onDeleted?: () => void): CampaignActions {
  const [open, setOpen] = useState<{ action: 'edit' | 'delete'; campaign: CampaignRowFragment }>();
  const setArchived = useSetArchived();
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
      ) : null,
  };
}

/** Archives or restores without confirmation, because the notice offers an undo. */
function useSetArchived(): (campaign: CampaignRowFragment, archived: boolean) => void {
  const notify = useNotify();
  const update = useUpdateCampaign();
  const setArchived = (campaign: CampaignRowFragment, archived: boolean, undoable: boolean) => {
    update.mutate(
      { uuid: campaign.uuid, archived },
      {
        onSuccess: (payload) => {
          if (!payload?.campaign) {
            return notify({ tone: 'error', text: joinedErrors('campaign', payload?.userErrors ?? []) });
          }
          notify({
            text: (
              <Message
                id={archived ? 'campaign.archived' : 'campaign.restored'}
                values={{ name: <Name text={campaign.name} /> }}
              />
            ),
            ...(undoable && {
              action: { label: t('action.undo'), run: () => setArchived(campaign, !archived, false) },
            }),
          });
        },
        onError: (error) => notify({ tone: 'error', text: describeError(errorDetails(error)) }),
      },
    );
  };
  return (campaign, archived) => setArchived(campaign, archived, true);
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
  const error = remove.error
    ? describeError(errorDetails(remove.error))
    : userErrors.length > 0
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
        remove.mutate(campaign, {
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
    </ConfirmDialog>
  );
}
