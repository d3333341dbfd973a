import { joinedErrors } from '../api/input-error.ts';
import { describeError, errorDetails } from '../api/request-error.ts';
import type { WebhookCardFieldsFragment } from '../generated/graphql.ts';
import { t } from '../language/language.ts';
import { ConfirmDialog } from '../ui/confirm-dialog.tsx';
import { Message } from '../ui/message.tsx';
import { Name } from '../ui/name.tsx';
import { useRotateWebhookSecret } from './webhook-changes.ts';
import { WEBHOOK_ERRORS } from './webhook-errors.ts';

interface Props {
  webhook: WebhookCardFieldsFragment;
  onClose: () => void;
  onSecret: (name: string, secret: string) => void;
}

/** Asks for confirmation, because the receiver has to get the new secret within a day. */
export function RotateSecretDialog({ webhook: { uuid, name }, onClose, onSecret }: Props) {
  const rotate = useRotateWebhookSecret();
  const userErrors = rotate.data?.userErrors ?? [];
  const error = rotate.error
    ? describeError(errorDetails(rotate.error))
    : userErrors.length > 0
      ? joinedErrors(WEBHOOK_ERRORS, userErrors)
      : undefined;
  return (
    <ConfirmDialog
      title={t('webhook.rotateTitle')}
      confirmLabel={t('webhook.rotateConfirm')}
      error={error}
      busy={rotate.isPending}
      onClose={onClose}
      onConfirm={() =>
        rotate.mutate(uuid, {
          onSuccess: (payload) => {
            if (payload?.secret) onSecret(name, payload.secret);
          },
        })
      }
    >
      <p>
        <Message id="webhook.rotateWarning" values={{ name: <Name className="strong" text={name} /> }} />
      </p>
    </ConfirmDialog>
  );
}
