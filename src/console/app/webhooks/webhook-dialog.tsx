import { useState } from 'react';
import { entryKept } from '../api/entry-kept.ts';
import { fieldErrors, type FieldErrors } from '../api/input-error.ts';
import type { WebhookCardFieldsFragment } from '../generated/graphql.ts';
import { t } from '../language/language.ts';
import { useDraft, useTakenDraft } from '../session/drafts.ts';
import { FormDialog } from '../ui/form-dialog.tsx';
import { Message } from '../ui/message.tsx';
import { Name } from '../ui/name.tsx';
import { NameInput } from '../ui/name-input.tsx';
import { useNotify } from '../ui/notices.tsx';
import { TextInput } from '../ui/text-input.tsx';
import { useCreateWebhook, useUpdateWebhook } from './webhook-changes.ts';
import { WEBHOOK_ERRORS } from './webhook-errors.ts';

interface Props {
  /** The webhook to change; undefined to create one. */
  webhook: WebhookCardFieldsFragment | undefined;
  onClose: () => void;
  /** Called with the secret of the webhook that was created. The server does not show the secret again. */
  onSecret: (name: string, secret: string) => void;
}

export function WebhookDialog({ webhook, onClose, onSecret }: Props) {
  const notify = useNotify();
  const create = useCreateWebhook();
  const update = useUpdateWebhook();
  const draft = useTakenDraft<{ name: string; url: string }>('webhook', webhook);
  const [name, setName] = useState(draft?.name ?? webhook?.name ?? '');
  const [url, setUrl] = useState(draft?.url ?? webhook?.url ?? '');
  const [errors, setErrors] = useState<FieldErrors>({});
  const busy = create.isPending || update.isPending;
  const typed = name !== (webhook?.name ?? '') || url !== (webhook?.url ?? '');
  useDraft(typed ? { form: 'webhook', subject: webhook, values: { name, url } } : undefined);

  const submit = async () => {
    // Nothing is to be saved, and no notice may say that something was. After an error something may have been saved before.
    const isUnsure = update.isError;
    if (webhook && !typed && !isUnsure) return onClose();
    try {
      if (webhook) {
        // Only changed fields are sent, because an address in the request clears the failures and restarts the deliveries.
        const payload = await update.mutateAsync({
          uuid: webhook.uuid,
          ...((name !== webhook.name || isUnsure) && { name }),
          ...((url !== webhook.url || isUnsure) && { url }),
        });
        if (!payload || payload.userErrors.length > 0) return showErrors(payload?.userErrors ?? []);
        onClose();
        notify({ text: <Message id="webhook.saved" values={{ name: <Name text={name.trim()} /> }} /> });
      } else {
        const payload = await create.mutateAsync({ name, url });
        if (!payload?.secret) return showErrors(payload?.userErrors ?? []);
        onSecret(name.trim(), payload.secret);
      }
    } catch (error) {
      setErrors(entryKept(error));
    }
  };
  const showErrors = (userErrors: Parameters<typeof fieldErrors>[1]) =>
    setErrors(fieldErrors(WEBHOOK_ERRORS, userErrors, ['name', 'url']));

  return (
    <FormDialog
      title={t(webhook ? 'webhook.edit' : 'webhook.new')}
      busy={busy}
      unsaved={typed}
      onClose={onClose}
      error={errors['']}
      submitLabel={t(webhook ? 'action.save' : 'action.create')}
      onSubmit={submit}
    >
      <NameInput
        value={name}
        onChange={(value) => {
          setName(value);
          setErrors({});
        }}
        error={errors['name']}
      />
      <TextInput
        label={t('webhook.address')}
        hint={t('webhook.addressHint')}
        type="url"
        value={url}
        onChange={(value) => {
          setUrl(value);
          setErrors({});
        }}
        error={errors['url']}
        autoComplete="off"
        spellCheck="false"
      />
    </FormDialog>
  );
}
