import { useState } from 'react';
import { conflictOf } from '../api/conflict-of.ts';
import { Conflict } from '../changes/conflict.tsx';
import { getFragmentData } from '../generated/index.ts';
import type { CampaignRowFragment } from '../generated/graphql.ts';
import { t } from '../language/language.ts';
import { ConfirmChangeDialog } from '../ui/confirm-change-dialog.tsx';
import { Message } from '../ui/message.tsx';
import { Name } from '../ui/name.tsx';
import { useDeleteCampaign } from './campaign-changes.ts';
import { theirValues } from './campaign-conflict.ts';
import { CampaignRow } from './campaign-row.ts';

interface Props {
  campaign: CampaignRowFragment;
  onClose: () => void;
  onDeleted?: () => void;
}

/** Asks for confirmation. If somebody has changed the campaign meanwhile, it asks again. */
export function DeleteCampaignDialog({ campaign, onClose, onDeleted }: Props) {
  const remove = useDeleteCampaign();
  const found = getFragmentData(CampaignRow, conflictOf(remove.data?.userErrors ?? []));
  // The next attempt resets the mutation, and may fail before the server has looked at the revision.
  const [theirs, setTheirs] = useState<CampaignRowFragment>();
  if (found && found !== theirs) setTheirs(found);
  return (
    <ConfirmChangeDialog
      title={t('campaign.delete')}
      confirmLabel={t('action.delete')}
      mutation={remove}
      variables={theirs ?? campaign}
      subject="campaign"
      conflict={
        theirs && (
          <div className="conflict" role="alert">
            <Conflict theirs={theirs} values={theirValues(campaign, theirs)} while="looked" />
          </div>
        )
      }
      onClose={onClose}
      done={<Message id="campaign.deleted" values={{ name: <Name text={campaign.name} /> }} />}
      onDone={onDeleted}
    >
      <p>
        <Message
          id={campaign.archived ? 'campaign.deleteArchived' : 'campaign.deleteInUse'}
          values={{ name: <Name className="strong" text={campaign.name} /> }}
        />
      </p>
    </ConfirmChangeDialog>
  );
}
