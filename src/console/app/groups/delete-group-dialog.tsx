import { Link } from 'wouter';
import { joinedMessages } from '../api/input-error.ts';
import { describeError, errorDetails } from '../api/request-error.ts';
import type { GroupRowFragment } from '../generated/graphql.ts';
import { useNotify } from '../ui/notices.tsx';
import { ConfirmDialog } from '../ui/confirm-dialog.tsx';
import { Name } from '../ui/name.tsx';
import { useDeleteGroup } from './group-changes.ts';

interface Props {
  group: GroupRowFragment;
  onClose: () => void;
}

/** Asks for confirmation. If the group has campaigns and cannot be deleted, it links to them. */
export function DeleteGroupDialog({ group, onClose }: Props) {
  const notify = useNotify();
  const remove = useDeleteGroup();
  const userErrors = remove.data?.userErrors ?? [];
  const error = remove.error ? (
    describeError(errorDetails(remove.error))
  ) : userErrors.length > 0 ? (
    <>
      {joinedMessages(userErrors)}{' '}
      {group.campaigns.totalCount > 0 && (
        <Link href={`/?group=${group.uuid}`} onClick={onClose}>
          Show its campaigns
        </Link>
      )}
    </>
  ) : undefined;
  return (
    <ConfirmDialog
      title="Delete this group?"
      confirmLabel="Delete"
      error={error}
      busy={remove.isPending}
      onClose={onClose}
      onConfirm={() =>
        remove.mutate(group, {
          onSuccess: (payload) => {
            if (!payload?.deletedGroupId) return;
            onClose();
            notify({
              text: (
                <>
                  Deleted <Name text={group.name} />
                </>
              ),
            });
          },
        })
      }
    >
      <p>
        <Name className="strong" text={group.name} /> will be gone for everyone. This cannot be undone. Its contacts are
        kept.
      </p>
    </ConfirmDialog>
  );
}
