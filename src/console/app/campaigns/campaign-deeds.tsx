import { useState, type ReactNode } from 'react';
import { describeTrouble, troubleOf } from '../api/trouble.ts';
import { joinedMessages } from '../api/input-error.ts';
import type { CampaignRowFragment } from '../generated/graphql.ts';
import { useNotify } from '../ui/notices.tsx';
import { Question } from '../ui/question.tsx';
import type { MenuEntry } from '../ui/row-menu.tsx';
import { useDeleteCampaign, useUpdateCampaign } from './campaign-changes.ts';
import { CampaignDialog } from './campaign-dialog.tsx';

interface CampaignDeeds {
  /** What can be done with a campaign in its present state. */
  entriesFor: (campaign: CampaignRowFragment) => MenuEntry[];
  /** The dialog of the deed under way, if it has one. */
  dialog: ReactNode;
}

/** Edit, archive, restore and delete, the same in the list and on a campaign's own page. */
export function useCampaignDeeds(onDeleted?: () => void): CampaignDeeds {
  const [open, setOpen] = useState<{ deed: 'edit' | 'delete'; campaign: CampaignRowFragment }>();
  const setArchived = useSetArchived();
  const close = () => setOpen(undefined);
  return {
    entriesFor(campaign) {
      const remove: MenuEntry = { label: 'Delete…', danger: true, run: () => setOpen({ deed: 'delete', campaign }) };
      if (campaign.archived) return [{ label: 'Restore', run: () => setArchived(campaign, false) }, remove];
      return [
        { label: 'Edit…', run: () => setOpen({ deed: 'edit', campaign }) },
        { label: 'Archive', run: () => setArchived(campaign, true) },
        remove,
      ];
    },
    dialog:
      open?.deed === 'edit' ? (
        <CampaignDialog campaign={open.campaign} groupUuid={undefined} onClose={close} />
      ) : open?.deed === 'delete' ? (
        <DeleteQuestion campaign={open.campaign} onClose={close} {...(onDeleted && { onDeleted })} />
      ) : null,
  };
}

/** Archiving takes nothing away, so it is done at once and can be undone. */
function useSetArchived(): (campaign: CampaignRowFragment, archived: boolean) => void {
  const notify = useNotify();
  const update = useUpdateCampaign();
  const setArchived = (campaign: CampaignRowFragment, archived: boolean, undoable: boolean) => {
    update.mutate(
      { uuid: campaign.uuid, archived },
      {
        onSuccess: (payload) => {
          if (!payload?.campaign) {
            return notify({ tone: 'trouble', text: joinedMessages(payload?.userErrors ?? []) });
          }
          notify({
            text: (
              <>
                {archived ? 'Archived' : 'Restored'} <bdi>{campaign.name}</bdi>
              </>
            ),
            ...(undoable && { action: { label: 'Undo', run: () => setArchived(campaign, !archived, false) } }),
          });
        },
        onError: (error) => notify({ tone: 'trouble', text: describeTrouble(troubleOf(error)) }),
      },
    );
  };
  return (campaign, archived) => setArchived(campaign, archived, true);
}

interface DeleteQuestionProps {
  campaign: CampaignRowFragment;
  onClose: () => void;
  onDeleted?: () => void;
}

function DeleteQuestion({ campaign, onClose, onDeleted }: DeleteQuestionProps) {
  const notify = useNotify();
  const remove = useDeleteCampaign();
  const refusal = remove.data?.userErrors ?? [];
  const problem = remove.error
    ? describeTrouble(troubleOf(remove.error))
    : refusal.length > 0
      ? joinedMessages(refusal)
      : undefined;
  return (
    <Question
      title="Delete this campaign?"
      deed="Delete"
      problem={problem}
      busy={remove.isPending}
      onClose={onClose}
      onYes={() =>
        remove.mutate(campaign, {
          onSuccess: (payload) => {
            if (!payload?.deletedCampaignId) return;
            onClose();
            notify({
              text: (
                <>
                  Deleted <bdi>{campaign.name}</bdi>
                </>
              ),
            });
            onDeleted?.();
          },
        })
      }
    >
      <p>
        <bdi className="strong">{campaign.name}</bdi> will be gone for everyone. This cannot be undone.
        {!campaign.archived && ' To only put it aside, archive it instead.'}
      </p>
    </Question>
  );
}
