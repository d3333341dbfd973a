import { useRef, useState } from 'react';
import { entryKept } from '../api/entry-kept.ts';
import { fieldErrors, type FieldErrors } from '../api/input-error.ts';
import { useConflict } from '../changes/use-conflict.tsx';
import type { WebhookCardFieldsFragment } from '../generated/graphql.ts';
import { t } from '../language/language.ts';
import { useDraft, useTakenDraft } from '../session/drafts.ts';
import { FormDialog } from '../ui/form-dialog.tsx';
import { Message } from '../ui/message.tsx';
import { Name } from '../ui/name.tsx';
import { NameInput } from '../ui/name-input.tsx';
import { useNotify } from '../ui/notices.tsx';
import { TextInput } from '../ui/text-input.tsx';
import { useLatestWebhook } from './use-webhooks.ts';
import { useCreateWebhook, useUpdateWebhook } from './webhook-changes.ts';
import { theirValues } from './webhook-conflict.tsx';
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
  const { latest, readAgain } = useLatestWebhook(webhook?.uuid);
  /** The version of the webhook that the user knows and is editing. */
  const [known, setKnown] = useState(webhook);
  const draft = useTakenDraft<{ name: string; url: string }>('webhook', webhook);
  const [name, setName] = useState(draft?.name ?? webhook?.name ?? '');
  const [url, setUrl] = useState(draft?.url ?? webhook?.url ?? '');
  const [errors, setErrors] = useState<FieldErrors>({});
  const nameInput = useRef<HTMLInputElement>(null);
  const busy = create.isPending || update.isPending;
  const nameTyped = name !== (known?.name ?? '');
  const urlTyped = url !== (known?.url ?? '');
  const typed = nameTyped || urlTyped;
  useDraft(typed ? { form: 'webhook', subject: known, values: { name, url } } : undefined);

  const isDeleted = known !== undefined && latest === null;
  const conflict = useConflict({
    known,
    setKnown,
    latest,
    busy,
    typed,
    isRecorded: false,
    differences: (mine, theirs) => theirValues(mine, theirs, { name: name.trim(), url: url.trim() }),
    take: (theirs, fields) => {
      if (fields === 'all' || !nameTyped) setName(theirs.name);
      if (fields === 'all' || !urlTyped) setUrl(theirs.url);
      setErrors({});
    },
    onAnswer: () => nameInput.current?.focus(),
  });

  const send = ({ uuid, revision, ...present }: WebhookCardFieldsFragment) => {
    // Only changed fields are sent, because an address in the request clears the failures and restarts the deliveries.
    const changes = { ...(name !== present.name && { name }), ...(url !== present.url && { url }) };
    return update.mutateAsync({ input: { uuid, expectedRevision: revision, ...changes } });
  };
  /** Asks for the webhook that somebody else has changed, because the payload does not have it. */
  const newerIn = async (payload: Awaited<ReturnType<typeof send>>) => {
    if (!payload?.userErrors.some(({ code }) => code === 'CONFLICT')) return undefined;
    return (await readAgain()) ?? undefined;
  };

  const submit = async () => {
    if (conflict.question) return conflict.focusQuestion();
    // Nothing is to be saved, and no notice may say that something was. After an error something may have been saved before.
    if (known && !typed && !isDeleted && !update.isError) return onClose();
    try {
      if (known) {
        const payload = await conflict.save(known, send, newerIn);
        if (!payload) return;
        if (payload.userErrors.length > 0) return showErrors(payload.userErrors);
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
      busy={busy || conflict.isSaving}
      unsaved={typed}
      onClose={onClose}
      error={errors[''] ?? (isDeleted ? t('webhook.notFound') : undefined)}
      submitLabel={t(webhook ? 'action.save' : 'action.create')}
      question={conflict.question}
      onSubmit={submit}
    >
      <NameInput
        ref={nameInput}
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
