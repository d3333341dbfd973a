import { useQueryClient } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import { conflictOf } from '../api/conflict-of.ts';
import { describeError, errorDetails } from '../api/request-error.ts';
import { joinedErrors } from '../api/input-error.ts';
import { getFragmentData } from '../generated/index.ts';
import type { CampaignRowFragment } from '../generated/graphql.ts';
import { t } from '../language/language.ts';
import { useIsInAccount } from '../session/viewer.tsx';
import { useNotify } from '../ui/notices.tsx';
import type { MenuEntry } from '../ui/menu-entry.ts';
import { Message } from '../ui/message.tsx';
import { Name } from '../ui/name.tsx';
import { showAtOnce, useUpdateCampaign } from './campaign-changes.ts';
import { CampaignRow } from './campaign-row.ts';
import { ArchiveConflictDialog, CampaignDialog, DeleteCampaignDialog } from './lazy-parts.ts';
import { afterOwnChanges } from './own-changes.ts';

export interface CampaignActions {
  /** The actions that are possible in the campaign's current state. */
  entriesFor: (campaign: CampaignRowFragment) => MenuEntry[];
  /** A text that says where to find actions that the console does not offer. Undefined means that it offers all of them. */
  elsewhere: (campaign: CampaignRowFragment) => string | undefined;
  /** The dialog that is open, if any. */
  dialog: ReactNode;
}

/** The dialog that is open. `conflict`: somebody has changed the campaign before it was archived or restored. */
type Open =
  | { action: 'edit' | 'delete'; campaign: CampaignRowFragment }
  | { action: 'conflict'; campaign: CampaignRowFragment; theirs: CampaignRowFragment };

/**
 * Edit, archive, restore and delete. Call this hook in the page itself, not in a component for one campaign or list. Such a component
 * disappears when somebody else deletes its data, and would close an open dialog and lose what the user has typed.
 */
export function useCampaignActions(onDeleted?: () => void): CampaignActions {
  const [open, setOpen] = useState<Open>();
  const setArchived = useSetArchived((campaign, theirs) => setOpen({ action: 'conflict', campaign, theirs }));
  const close = () => setOpen(undefined);
  const isInAccount = useIsInAccount();
  return {
    elsewhere: ({ archived }) =>
      isInAccount ? t(archived ? 'campaign.restoreInAccount' : 'campaign.archiveInAccount') : undefined,
    entriesFor(campaign) {
      const edit: MenuEntry = { label: t('action.edit'), run: () => setOpen({ action: 'edit', campaign }) };
      if (isInAccount) return campaign.archived ? [] : [edit];
      const remove: MenuEntry = {
        label: t('action.deleteAsk'),
        danger: true,
        run: () => setOpen({ action: 'delete', campaign }),
      };
      if (campaign.archived) return [{ label: t('action.restore'), run: () => setArchived(campaign, false) }, remove];
      return [edit, { label: t('action.archive'), run: () => setArchived(campaign, true) }, remove];
    },
    dialog:
      open?.action === 'edit' ? (
        <CampaignDialog campaign={open.campaign} groupUuid={undefined} onClose={close} />
      ) : open?.action === 'delete' ? (
        <DeleteCampaignDialog campaign={open.campaign} onClose={close} {...(onDeleted && { onDeleted })} />
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

/** Why a campaign was not changed: the server has refused the change, or the request has failed and may succeed later. */
type NotChanged = 'refused' | 'failed';

/**
 * Archives or restores without confirmation, because the notice offers an undo. The lists show the change before the
 * server has answered. If somebody else has changed the campaign first, `onConflict` is called with the campaign that the
 * user knows and the present one. A notice says so too, because the user may have gone to a page that does not ask.
 */
function useSetArchived(
  onConflict: (campaign: CampaignRowFragment, theirs: CampaignRowFragment) => void,
): (campaign: CampaignRowFragment, archived: boolean) => void {
  const notify = useNotify();
  const queryClient = useQueryClient();
  const update = useUpdateCampaign();

  /** Returns the campaign after the change, or why it was not changed. Then the user has been told. */
  const send = async (
    campaign: CampaignRowFragment,
    archived: boolean,
    takeBack: () => void,
  ): Promise<CampaignRowFragment | NotChanged> => {
    try {
      const payload = await update.mutateAsync({ campaign, archived });
      const changed = getFragmentData(CampaignRow, payload?.campaign);
      if (changed) return changed;
      const theirs = getFragmentData(CampaignRow, conflictOf(payload?.userErrors ?? []));
      // Somebody else may have made the same change.
      if (theirs?.archived === archived) return theirs;
      takeBack();
      if (theirs) onConflict(campaign, theirs);
      notify({
        tone: 'error',
        text: theirs ? (
          <Message id={archived ? 'campaign.notArchived' : 'campaign.notRestored'} values={nameOf(campaign)} />
        ) : (
          joinedErrors('campaign', payload?.userErrors ?? [])
        ),
      });
      return 'refused';
    } catch (error) {
      takeBack();
      notify({ tone: 'error', text: describeError(errorDetails(error)) });
      return 'failed';
    }
  };

  const setArchived = async (
    seen: CampaignRowFragment,
    archived: boolean,
    undoable: boolean,
  ): Promise<CampaignRowFragment | NotChanged> => {
    const campaign = afterOwnChanges(queryClient, seen);
    const changed = send(campaign, archived, showAtOnce(queryClient, [campaign], [{ ...campaign, archived }]));
    const undo = async () => {
      // The undo waits for the change, because it needs the revision that the change creates.
      const known = await changed;
      // If the change was not made, there is nothing to undo.
      return typeof known === 'string' || (await setArchived(known, !archived, false)) !== 'failed';
    };
    const removeNotice = notify({
      text: <Message id={archived ? 'campaign.archived' : 'campaign.restored'} values={nameOf(campaign)} />,
      ...(undoable && { undo }),
    });
    const outcome = await changed;
    if (typeof outcome === 'string') removeNotice();
    return outcome;
  };
  return (campaign, archived) => void setArchived(campaign, archived, true);
}

function nameOf({ name }: CampaignRowFragment) {
  return { name: <Name text={name} /> };
}
