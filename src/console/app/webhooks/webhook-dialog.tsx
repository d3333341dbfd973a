import { useRef, useState } from 'react';
import { entryKept } from '../api/entry-kept.ts';
import { fieldErrors, type FieldErrors } from '../api/input-error.ts';
import { changedByOthers } from '../changes/changed-by-others.ts';
import { ConflictChoice } from '../changes/conflict.tsx';
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
  const question = useRef<HTMLDivElement>(null);
  const nameInput = useRef<HTMLInputElement>(null);
  const busy = create.isPending || update.isPending;
  const nameTyped = name !== (known?.name ?? '');
  const urlTyped = url !== (known?.url ?? '');
  const typed = nameTyped || urlTyped;
  useDraft(typed ? { form: 'webhook', subject: known, values: { name, url } } : undefined);

  const entered = { name: name.trim(), url: url.trim() };
  const theirs = changedByOthers(known, latest, busy);
  const isDeleted = latest === null;

  const take = (now: WebhookCardFieldsFragment, fields: { name: boolean; url: boolean }) => {
    setKnown(now);
    if (fields.name) setName(now.name);
    if (fields.url) setUrl(now.url);
    setErrors({});
  };
  const answer = (...taken: Parameters<typeof take>) => {
    take(...taken);
    // The question disappears, and with it the button that has the focus.
    nameInput.current?.focus();
  };
  // If the user has typed nothing, the new values replace the old ones without a question. Others may also have changed other settings.
  if (theirs && !typed) take(theirs, { name: true, url: true });
  else if (theirs && known && theirValues(known, theirs, entered).length === 0) setKnown(theirs);

  const save = async (version: WebhookCardFieldsFragment): ReturnType<typeof update.mutateAsync> => {
    // Only changed fields are sent, because an address in the request clears the failures and restarts the deliveries.
    const changes = { ...(name !== version.name && { name }), ...(url !== version.url && { url }) };
    const expected = { uuid: version.uuid, expectedRevision: version.revision };
    const payload = await update.mutateAsync({ input: { ...expected, ...changes } });
    if (!payload?.userErrors.some(({ code }) => code === 'CONFLICT')) return payload;
    const newer = await readAgain();
    if (!newer || newer.revision <= version.revision) return payload;
    // Without a difference there is nothing to ask. With one the dialog asks, because the list now has the newer webhook.
    return theirValues(version, newer, entered).length === 0 ? save(newer) : null;
  };

  const submit = async () => {
    if (theirs) return question.current?.focus();
    // Nothing is to be saved, and no notice may say that something was. After an error something may have been saved before.
    if (known && !typed && !isDeleted && !update.isError) return onClose();
    try {
      if (known) {
        const payload = await save(known);
        if (!payload || payload.userErrors.length > 0) return showErrors(payload?.userErrors ?? []);
        onClose();
        notify({ text: <Message id="webhook.saved" values={{ name: <Name text={entered.name} /> }} /> });
      } else {
        const payload = await create.mutateAsync({ name, url });
        if (!payload?.secret) return showErrors(payload?.userErrors ?? []);
        onSecret(entered.name, payload.secret);
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
      error={errors[''] ?? (isDeleted ? t('webhook.notFound') : undefined)}
      submitLabel={t(webhook ? 'action.save' : 'action.create')}
      question={
        theirs &&
        known && (
          <ConflictChoice
            ref={question}
            theirs={undefined}
            values={theirValues(known, theirs, entered)}
            onKeep={() => answer(theirs, { name: !nameTyped, url: !urlTyped })}
            onTake={() => answer(theirs, { name: true, url: true })}
          />
        )
      }
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
