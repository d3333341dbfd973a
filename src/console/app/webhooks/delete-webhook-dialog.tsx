import { joinedErrors } from '../api/input-error.ts';
import { describeError, errorDetails } from '../api/request-error.ts';
import type { WebhookCardFieldsFragment } from '../generated/graphql.ts';
import { t } from '../language/language.ts';
import { ConfirmDialog } from '../ui/confirm-dialog.tsx';
import { Message } from '../ui/message.tsx';
import { Name } from '../ui/name.tsx';
import { useNotify } from '../ui/notices.tsx';
import { useDeleteWebhook } from './webhook-changes.ts';
import { WEBHOOK_ERRORS } from './webhook-errors.ts';

interface Props {
  webhook: WebhookCardFieldsFragment;
  onClose: () => void;
}

export function DeleteWebhookDialog({ webhook: { uuid, name }, onClose }: Props) {
  const notify = useNotify();
  const remove = useDeleteWebhook();
  const userErrors = remove.data?.userErrors ?? [];
  const error = remove.error
    ? describeError(errorDetails(remove.error))
    : userErrors.length > 0
      ? joinedErrors(WEBHOOK_ERRORS, userErrors)
      : undefined;
  return (
    <ConfirmDialog
      title={t('webhook.delete')}
      confirmLabel={t('action.delete')}
      error={error}
      busy={remove.isPending}
      onClose={onClose}
      onConfirm={() =>
        remove.mutate(uuid, {
          onSuccess: (payload) => {
            if (!payload || payload.userErrors.length > 0) return;
            onClose();
            notify({ text: <Message id="webhook.deleted" values={{ name: <Name text={name} /> }} /> });
          },
        })
      }
    >
      <p>
        <Message id="webhook.deleteWarning" values={{ name: <Name className="strong" text={name} /> }} />
      </p>
    </ConfirmDialog>
  );
}
