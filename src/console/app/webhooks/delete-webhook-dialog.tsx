import type { WebhookCardFieldsFragment } from '../generated/graphql.ts';
import { t } from '../language/language.ts';
import { ConfirmChangeDialog } from '../ui/confirm-change-dialog.tsx';
import { Message } from '../ui/message.tsx';
import { Name } from '../ui/name.tsx';
import { useDeleteWebhook } from './webhook-changes.ts';
import { useConfirmedWebhook } from './webhook-conflict.tsx';
import { WEBHOOK_ERRORS } from './webhook-errors.ts';

interface Props {
  webhook: WebhookCardFieldsFragment;
  onClose: () => void;
}

/** Asks for confirmation. If somebody has changed the webhook meanwhile, it says so. */
export function DeleteWebhookDialog({ webhook, onClose }: Props) {
  const mutation = useDeleteWebhook();
  const name = <Name className="strong" text={webhook.name} />;
  return (
    <ConfirmChangeDialog
      title={t('webhook.delete')}
      confirmLabel={t('action.delete')}
      mutation={mutation}
      {...useConfirmedWebhook(webhook, mutation.isPending)}
      subject={WEBHOOK_ERRORS}
      onClose={onClose}
      done={<Message id="webhook.deleted" values={{ name: <Name text={webhook.name} /> }} />}
    >
      <p>
        <Message id="webhook.deleteWarning" values={{ name }} />
      </p>
    </ConfirmChangeDialog>
  );
}
