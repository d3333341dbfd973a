import { joinedErrors } from '../api/input-error.ts';
import { describeError, errorDetails } from '../api/request-error.ts';
import type { TokenRowFragment } from '../generated/graphql.ts';
import { t } from '../language/language.ts';
import { ConfirmDialog } from '../ui/confirm-dialog.tsx';
import { Message } from '../ui/message.tsx';
import { Name } from '../ui/name.tsx';
import { useNotify } from '../ui/notices.tsx';
import { useRevokeToken } from './people-changes.ts';
import { TOKEN_ERRORS } from './people-errors.ts';

interface Props {
  token: TokenRowFragment;
  /** Whether the console uses the token. */
  inUse: boolean;
  onClose: () => void;
}

export function RevokeTokenDialog({ token: { uuid, name }, inUse, onClose }: Props) {
  const notify = useNotify();
  const revoke = useRevokeToken();
  const userErrors = revoke.data?.userErrors ?? [];
  const error = revoke.error
    ? describeError(errorDetails(revoke.error))
    : userErrors.length > 0
      ? joinedErrors(TOKEN_ERRORS, userErrors)
      : undefined;
  return (
    <ConfirmDialog
      title={t('people.revokeTitle')}
      confirmLabel={t('people.revokeConfirm')}
      error={error}
      busy={revoke.isPending}
      onClose={onClose}
      onConfirm={() =>
        revoke.mutate(uuid, {
          onSuccess: (payload) => {
            if (!payload || payload.userErrors.length > 0) return;
            onClose();
            notify({ text: <Message id="people.revoked" values={{ name: <Name text={name} /> }} /> });
          },
        })
      }
    >
      <p>
        <Message
          id={inUse ? 'people.revokeOwnWarning' : 'people.revokeWarning'}
          values={{ name: <Name className="strong" text={name} /> }}
        />
      </p>
    </ConfirmDialog>
  );
}
