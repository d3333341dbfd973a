import type { ReactNode } from 'react';
import type { WebhookCardFieldsFragment } from '../generated/graphql.ts';
import { t } from '../language/language.ts';
import { Name, VisibleText } from '../ui/name.tsx';
import { Timestamp } from '../ui/timestamp.tsx';
import { WEBHOOK_STATE } from './webhook-state.ts';

interface Props {
  webhook: WebhookCardFieldsFragment;
  /** The place in the list. */
  index: number;
  /** Opens the menu of the webhook's actions. */
  menuButton: ReactNode;
}

/** A webhook, whether it works, and what has failed. */
export function WebhookCard({ webhook, index, menuButton }: Props) {
  const { name, url, state, lastDeliveredOn, failingSince, lastError, nextTryOn, previousSecretUntil, failures } =
    webhook;
  const { label, warning, why } = WEBHOOK_STATE[state];
  return (
    <li className="webhook" data-index={index}>
      <header className="webhook-head">
        <h2>
          <Name text={name} />
        </h2>
        <span className={warning ? 'badge badge-warning' : 'badge'}>{t(label)}</span>
        {menuButton}
      </header>
      <p className="webhook-address">
        <code dir="ltr">
          <VisibleText text={url} />
        </code>
      </p>
      {why !== undefined && <p>{t(why)}</p>}
      <dl className="facts">
        <dt>{t('webhook.lastDelivery')}</dt>
        <dd>
          {lastDeliveredOn === null ? t('webhook.noDelivery') : <Timestamp iso={lastDeliveredOn} show="precise" />}
        </dd>
        <TimeFact label={t('webhook.failingSince')} iso={failingSince} />
        {lastError !== null && (
          <>
            <dt>{t('webhook.lastError')}</dt>
            <dd>
              <ServerText text={lastError} />
            </dd>
          </>
        )}
        <TimeFact label={t('webhook.nextTry')} iso={nextTryOn} />
        <TimeFact label={t('webhook.oldSecretUntil')} iso={previousSecretUntil} />
      </dl>
      {failures.length > 0 && (
        <details>
          <summary>
            {t('webhook.failures')}{' '}
            <span className="webhook-count">{t('count.digits', { count: failures.length })}</span>
          </summary>
          <ol className="webhook-failures">
            {failures.map(({ failedOn, error }, place) => (
              <li key={place}>
                <Timestamp iso={failedOn} show="precise" />
                <ServerText text={error} />
              </li>
            ))}
          </ol>
        </details>
      )}
    </li>
  );
}

/** One of the facts: a time, unless it is null. */
function TimeFact({ label, iso }: { label: string; iso: string | null }) {
  if (iso === null) return null;
  return (
    <>
      <dt>{label}</dt>
      <dd>
        <Timestamp iso={iso} show="precise" />
      </dd>
    </>
  );
}

/** An error message of the server. It is always in English, like the messages in the log. */
function ServerText({ text }: { text: string }) {
  return (
    <bdi lang="en" dir="ltr">
      {text}
    </bdi>
  );
}
