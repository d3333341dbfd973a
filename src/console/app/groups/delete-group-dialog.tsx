import { useState } from 'react';
import { Link } from 'wouter';
import { conflictOf } from '../api/conflict-of.ts';
import { Conflict } from '../changes/conflict.tsx';
import { getFragmentData } from '../generated/index.ts';
import type { GroupRowFragment } from '../generated/graphql.ts';
import { t } from '../language/language.ts';
import { Button } from '../ui/button.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { ConfirmChangeDialog } from '../ui/confirm-change-dialog.tsx';
import { Message } from '../ui/message.tsx';
import { Name } from '../ui/name.tsx';
import { useDeleteGroup } from './group-changes.ts';
import { GroupRow } from './group-row.ts';

interface Props {
  group: GroupRowFragment;
  onClose: () => void;
  onDeleted?: () => void;
}

/** Asks for confirmation. If the group has campaigns, it cannot be deleted: the dialog says so and links to them. */
export function DeleteGroupDialog(props: Props) {
  return props.group.campaigns.totalCount > 0 ? <InUseDialog {...props} /> : <ConfirmDeleteDialog {...props} />;
}

function InUseDialog({ group, onClose }: Props) {
  const values = { count: group.campaigns.totalCount, name: <Name className="strong" text={group.name} /> };
  return (
    <Dialog title={t('group.inUse')} busy={false} onClose={onClose}>
      <div className="dialog-body">
        <p>
          <Message id="group.inUseBy" values={values} />
        </p>
      </div>
      <footer className="dialog-foot">
        <Button onPress={onClose} autoFocus>
          {t('action.close')}
        </Button>
        <Link href={`/?group=${group.uuid}`} className="button button-primary" onClick={onClose}>
          {t('group.showCampaigns')}
        </Link>
      </footer>
    </Dialog>
  );
}

function ConfirmDeleteDialog({ group, onClose, onDeleted }: Props) {
  const remove = useDeleteGroup();
  const found = getFragmentData(GroupRow, conflictOf(remove.data?.userErrors ?? []));
  // The next attempt resets the mutation, and may fail before the server has looked at the revision.
  const [theirs, setTheirs] = useState<GroupRowFragment>();
  if (found && found !== theirs) setTheirs(found);
  return (
    <ConfirmChangeDialog
      title={t('group.delete')}
      confirmLabel={t('action.delete')}
      mutation={remove}
      variables={{ uuid: group.uuid, expectedRevision: (theirs ?? group).revision }}
      subject="group"
      conflict={
        theirs && (
          <div className="conflict" role="alert">
            <Conflict theirs={theirs} values={[{ label: t('field.name'), value: theirs.name }]} while="looked" />
          </div>
        )
      }
      onClose={onClose}
      done={<Message id="group.deleted" values={{ name: <Name text={group.name} /> }} />}
      onDone={onDeleted}
    >
      <p>
        <Message id="group.deleteWarning" values={{ name: <Name className="strong" text={group.name} /> }} />
      </p>
    </ConfirmChangeDialog>
  );
}
