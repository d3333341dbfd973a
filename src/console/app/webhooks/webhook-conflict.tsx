import { changedByOthers } from '../changes/changed-by-others.ts';
import { Conflict, type TheirValue } from '../changes/conflict.tsx';
import type { WebhookCardFieldsFragment } from '../generated/graphql.ts';
import { t } from '../language/language.ts';
import { Timestamp } from '../ui/timestamp.tsx';
import { useLatestWebhook } from './use-webhooks.ts';

type Settings = Pick<WebhookCardFieldsFragment, 'name' | 'url'>;

/** The present name and address, if they are neither what the user knows nor what the user has entered. */
export function theirValues(known: Settings, theirs: Settings, entered = known): TheirValue[] {
  const isTheirs = (field: keyof Settings) => theirs[field] !== known[field] && theirs[field] !== entered[field];
  return [
    ...(isTheirs('name') ? [{ label: t('field.name'), value: theirs.name }] : []),
    ...(isTheirs('url') ? [{ label: t('webhook.address'), value: theirs.url }] : []),
  ];
}

/**
 * What a question about a webhook has besides its text: what somebody else has changed since the user chose the action, and the
 * revision that is then confirmed.
 */
export function useConfirmedWebhook(known: WebhookCardFieldsFragment, busy: boolean) {
  const { latest } = useLatestWebhook(known.uuid);
  const theirs = changedByOthers(known, latest, busy);
  const values = theirs ? [...theirValues(known, theirs), ...theirSecret(known, theirs)] : [];
  return {
    variables: { uuid: known.uuid, expectedRevision: (theirs ?? known).revision },
    conflict: values.length > 0 && (
      <div className="conflict" role="alert">
        <Conflict theirs={undefined} values={values} while="looked" />
      </div>
    ),
  };
}

/** Until when the old secret is valid, if somebody else has made a new one. */
function theirSecret(
  known: WebhookCardFieldsFragment,
  { previousSecretUntil }: WebhookCardFieldsFragment,
): TheirValue[] {
  if (previousSecretUntil === null || previousSecretUntil === known.previousSecretUntil) return [];
  return [{ label: t('webhook.oldSecretUntil'), value: <Timestamp iso={previousSecretUntil} show="precise" /> }];
}
