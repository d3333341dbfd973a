import type { TokenRowFragment } from '../generated/graphql.ts';
import { t } from '../language/language.ts';
import { ConfirmChangeDialog } from '../ui/confirm-change-dialog.tsx';
import { Message } from '../ui/message.tsx';
import { Name } from '../ui/name.tsx';
import { useRevokeToken } from './people-changes.ts';
import { TOKEN_ERRORS } from './people-errors.ts';

interface Props {
  token: TokenRowFragment;
  /** Whether the console uses the token. */
  inUse: boolean;
  onClose: () => void;
}

export function RevokeTokenDialog({ token: { uuid, name }, inUse, onClose }: Props) {
  return (
    <ConfirmChangeDialog
      title={t('people.revokeTitle')}
      confirmLabel={t('people.revokeConfirm')}
      mutation={useRevokeToken()}
      variables={{ uuid }}
      subject={TOKEN_ERRORS}
      onClose={onClose}
      done={<Message id="people.revoked" values={{ name: <Name text={name} /> }} />}
    >
      <p>
        <Message
          id={inUse ? 'people.revokeOwnWarning' : 'people.revokeWarning'}
          values={{ name: <Name className="strong" text={name} /> }}
        />
      </p>
    </ConfirmChangeDialog>
  );
}
