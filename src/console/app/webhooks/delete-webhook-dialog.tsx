import type { WebhookCardFieldsFragment } from '../generated/graphql.ts';
import { t } from '../language/language.ts';
import { ConfirmChangeDialog } from '../ui/confirm-change-dialog.tsx';
import { Message } from '../ui/message.tsx';
import { Name } from '../ui/name.tsx';
import { useDeleteWebhook } from './webhook-changes.ts';
import { WEBHOOK_ERRORS } from './webhook-errors.ts';

interface Props {
  webhook: WebhookCardFieldsFragment;
  onClose: () => void;
}

export function DeleteWebhookDialog({ webhook: { uuid, name }, onClose }: Props) {
  return (
    <ConfirmChangeDialog
      title={t('webhook.delete')}
      confirmLabel={t('action.delete')}
      mutation={useDeleteWebhook()}
      variables={{ uuid }}
      subject={WEBHOOK_ERRORS}
      onClose={onClose}
      done={<Message id="webhook.deleted" values={{ name: <Name text={name} /> }} />}
    >
      <p>
        <Message id="webhook.deleteWarning" values={{ name: <Name className="strong" text={name} /> }} />
      </p>
    </ConfirmChangeDialog>
  );
}
