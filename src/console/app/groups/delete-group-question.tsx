import { Link } from 'wouter';
import { joinedMessages } from '../api/input-error.ts';
import { describeTrouble, troubleOf } from '../api/trouble.ts';
import type { GroupRowFragment } from '../generated/graphql.ts';
import { useNotify } from '../ui/notices.tsx';
import { Question } from '../ui/question.tsx';
import { useDeleteGroup } from './group-changes.ts';

interface Props {
  group: GroupRowFragment;
  onClose: () => void;
}

/** Asks first; where the server refuses, says why and leads to the campaigns that are in the way. */
export function DeleteGroupQuestion({ group, onClose }: Props) {
  const notify = useNotify();
  const remove = useDeleteGroup();
  const refusal = remove.data?.userErrors ?? [];
  const problem = remove.error ? (
    describeTrouble(troubleOf(remove.error))
  ) : refusal.length > 0 ? (
    <>
      {joinedMessages(refusal)}{' '}
      {group.campaigns.totalCount > 0 && (
        <Link href={`/?group=${group.uuid}`} onClick={onClose}>
          Show its campaigns
        </Link>
      )}
    </>
  ) : undefined;
  return (
    <Question
      title="Delete this group?"
      deed="Delete"
      problem={problem}
      busy={remove.isPending}
      onClose={onClose}
      onYes={() =>
        remove.mutate(group, {
          onSuccess: (payload) => {
            if (!payload?.deletedGroupId) return;
            onClose();
            notify({
              text: (
                <>
                  Deleted <bdi>{group.name}</bdi>
                </>
              ),
            });
          },
        })
      }
    >
      <p>
        <bdi className="strong">{group.name}</bdi> will be gone for everyone. This cannot be undone. Its contacts are
        kept.
      </p>
    </Question>
  );
}
