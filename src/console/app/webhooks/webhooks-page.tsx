import { useRef, useState } from 'react';
import { describeError, errorDetails } from '../api/request-error.ts';
import { isToldByBanner } from '../api/server-monitor.ts';
import { joinedErrors } from '../api/input-error.ts';
import { getFragmentData } from '../generated/index.ts';
import type { WebhookCardFieldsFragment } from '../generated/graphql.ts';
import { loadMessages, t, type MessageFiles } from '../language/language.ts';
import type { MessageId } from '../language/message-id.ts';
import { useRowFocus } from '../list/row-focus.ts';
import { useKeptDraft } from '../session/drafts.ts';
import { useViewer } from '../session/viewer.tsx';
import { Button } from '../ui/button.tsx';
import { PlusIcon } from '../ui/icon.tsx';
import { Message } from '../ui/message.tsx';
import { Name } from '../ui/name.tsx';
import { useNotify } from '../ui/notices.tsx';
import { PageHeading } from '../ui/page-heading.tsx';
import { useRowMenu } from '../ui/row-menu.tsx';
import type { MenuEntry } from '../ui/menu-entry.ts';
import { EmptyState, ErrorState, Loading, OutOfDate } from '../ui/states.tsx';
import { DeleteWebhookDialog } from './delete-webhook-dialog.tsx';
import { RotateSecretDialog } from './rotate-secret-dialog.tsx';
import { SecretDialog } from './secret-dialog.tsx';
import { useWebhooks, WebhookCardFields } from './use-webhooks.ts';
import { WebhookCard } from './webhook-card.tsx';
import { useUpdateWebhook } from './webhook-changes.ts';
import { WebhookDialog } from './webhook-dialog.tsx';
import { WEBHOOK_ERRORS } from './webhook-errors.ts';
import '../ui/details.css';
import './webhooks.css';

/** The addresses of this page's messages. The build puts them in. */
declare const WEBHOOK_MESSAGE_FILES: MessageFiles;

// No part of the page can be drawn before its messages are there.
await loadMessages(WEBHOOK_MESSAGE_FILES);

/** The webhooks of the workspace. Only administrators see them; other users are told so. */
export function WebhooksPage() {
  if (useViewer().role === 'ADMINISTRATOR') return <Webhooks />;
  return (
    <EmptyState heading="h1" title={t('webhook.onlyAdministrators')}>
      <p>{t('webhook.onlyAdministratorsWhy')}</p>
    </EmptyState>
  );
}

type OpenDialog =
  | { action: 'create' }
  | { action: 'edit' | 'rotate' | 'delete'; webhook: WebhookCardFieldsFragment }
  | { action: 'secret'; name: string; secret: string };

function Webhooks() {
  const query = useWebhooks();
  const draft = useKeptDraft<WebhookCardFieldsFragment>('webhook');
  const [open, setOpen] = useState<OpenDialog | undefined>(
    () => draft && (draft.subject ? { action: 'edit', webhook: draft.subject } : { action: 'create' }),
  );
  const close = () => setOpen(undefined);
  const onSecret = (name: string, secret: string) => setOpen({ action: 'secret', name, secret });
  const enable = useEnable();
  const menu = useRowMenu<WebhookCardFieldsFragment>((webhook) => [
    { label: t('action.edit'), run: () => setOpen({ action: 'edit', webhook }) },
    ...enablingEntries(webhook, enable),
    { label: t('webhook.rotate'), run: () => setOpen({ action: 'rotate', webhook }) },
    { label: t('action.deleteAsk'), danger: true, run: () => setOpen({ action: 'delete', webhook }) },
  ]);
  const error = query.error ? errorDetails(query.error) : undefined;
  const webhooks = getFragmentData(WebhookCardFields, query.data);
  const cards = useRef<HTMLUListElement>(null);
  useRowFocus(cards, webhooks?.map(({ uuid }) => ({ id: uuid })) ?? []);

  return (
    <>
      <div className="page-head">
        <PageHeading title={t('account.webhooks')} />
        <Button variant="primary" className="page-action" onPress={() => setOpen({ action: 'create' })}>
          <PlusIcon /> {t('webhook.new')}
        </Button>
      </div>
      {webhooks && webhooks.length > 0 ? (
        <>
          {error && !isToldByBanner(error) && <OutOfDate error={error} onRetry={() => void query.refetch()} />}
          <p className="webhooks-about">{t('webhook.about')}</p>
          <ul className="webhooks" ref={cards} aria-label={t('account.webhooks')}>
            {webhooks.map((webhook, index) => (
              <WebhookCard
                key={webhook.uuid}
                index={index}
                webhook={webhook}
                menuButton={menu.button(webhook, webhook.name)}
              />
            ))}
          </ul>
        </>
      ) : webhooks ? (
        <EmptyState title={t('webhook.none')}>
          <p>{t('webhook.about')}</p>
        </EmptyState>
      ) : error ? (
        <ErrorState error={error} onRetry={() => void query.refetch()} />
      ) : (
        <Loading text={t('loading.anything')} />
      )}
      {menu.menu}
      {open && <OpenedDialog open={open} close={close} onSecret={onSecret} />}
    </>
  );
}

interface OpenedDialogProps {
  open: OpenDialog;
  close: () => void;
  onSecret: (name: string, secret: string) => void;
}

function OpenedDialog({ open, close, onSecret }: OpenedDialogProps) {
  switch (open.action) {
    case 'create':
      return <WebhookDialog webhook={undefined} onClose={close} onSecret={onSecret} />;
    case 'edit':
      return <WebhookDialog webhook={open.webhook} onClose={close} onSecret={onSecret} />;
    case 'rotate':
      return <RotateSecretDialog webhook={open.webhook} onClose={close} onSecret={onSecret} />;
    case 'delete':
      return <DeleteWebhookDialog webhook={open.webhook} onClose={close} />;
    case 'secret':
      return <SecretDialog name={open.name} secret={open.secret} onClose={close} />;
  }
}

type Enable = (webhook: WebhookCardFieldsFragment, enabled: boolean, done: MessageId) => Promise<void>;

/** Stops or starts a webhook, and says what was done or why not. */
function useEnable(): Enable {
  const notify = useNotify();
  const update = useUpdateWebhook();
  return async ({ uuid, name }, enabled, done) => {
    try {
      const userErrors = (await update.mutateAsync({ input: { uuid, enabled } }))?.userErrors ?? [];
      notify(
        userErrors.length > 0
          ? { tone: 'error', text: joinedErrors(WEBHOOK_ERRORS, userErrors) }
          : { text: <Message id={done} values={{ name: <Name text={name} /> }} /> },
      );
    } catch (error) {
      notify({ tone: 'error', text: describeError(errorDetails(error)) });
    }
  };
}

/** The menu entries that stop, start or retry the deliveries. They depend on the state. */
function enablingEntries(webhook: WebhookCardFieldsFragment, enable: Enable): MenuEntry[] {
  const stop = { label: t('webhook.stop'), run: () => void enable(webhook, false, 'webhook.stopped') };
  switch (webhook.state) {
    case 'ACTIVE':
      return [stop];
    case 'FAILING':
      return [{ label: t('action.tryNow'), run: () => void enable(webhook, true, 'webhook.trying') }, stop];
    case 'PAUSED':
    case 'GONE':
    case 'DISABLED':
      return [{ label: t('webhook.start'), run: () => void enable(webhook, true, 'webhook.started') }];
  }
}
