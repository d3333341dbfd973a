import type { WebhookCardFieldsFragment } from '../generated/graphql.ts';
import { t } from '../language/language.ts';
import { ConfirmChangeDialog } from '../ui/confirm-change-dialog.tsx';
import { Message } from '../ui/message.tsx';
import { Name } from '../ui/name.tsx';
import { useRotateWebhookSecret } from './webhook-changes.ts';
import { useConfirmedWebhook } from './webhook-conflict.tsx';
import { WEBHOOK_ERRORS } from './webhook-errors.ts';

interface Props {
  webhook: WebhookCardFieldsFragment;
  onClose: () => void;
  onSecret: (name: string, secret: string) => void;
}

/** Asks for confirmation, because the receiver has to get the new secret within a day. */
export function RotateSecretDialog({ webhook, onClose, onSecret }: Props) {
  const mutation = useRotateWebhookSecret();
  return (
    <ConfirmChangeDialog
      title={t('webhook.rotateTitle')}
      confirmLabel={t('webhook.rotateConfirm')}
      mutation={mutation}
      {...useConfirmedWebhook(webhook, mutation.isPending)}
      subject={WEBHOOK_ERRORS}
      // The answer has the new secret, which the server tells only once.
      unsaved={mutation.isPending}
      onClose={onClose}
      onDone={({ secret }) => {
        if (secret !== null) onSecret(webhook.name, secret);
      }}
    >
      <p>
        <Message id="webhook.rotateWarning" values={{ name: <Name className="strong" text={webhook.name} /> }} />
      </p>
    </ConfirmChangeDialog>
  );
}
