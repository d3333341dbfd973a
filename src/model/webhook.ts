import type { Selectable } from 'kysely';
import type { Micros, WebhookFailuresTable, WebhooksTable } from '../database/tables.ts';

/** `failing`: the last delivery has failed and is tried again. `paused`: it has failed for too long. */
export type WebhookState = 'active' | 'failing' | 'paused' | 'gone' | 'disabled';

/** A receiver of a workspace's changes. Its secrets are not among its members. */
export interface Webhook {
  readonly uuid: string;
  readonly name: string;
  readonly url: string;
  readonly state: WebhookState;
  /** Rises with each change that administrators make of the name, the address, the secret, or whether it is stopped. */
  readonly revision: number;
  readonly createdOn: Micros;
  /** The revision of the last change that was delivered or skipped. */
  readonly deliveredRevision: number;
  /** When the receiver last answered a delivery with success; null when it never has. */
  readonly lastDeliveredOn: Micros | null;
  /** When the first delivery failed after the last success; null when none has. */
  readonly failingSince: Micros | null;
  readonly lastError: string | null;
  /** When the failed delivery is tried again; null when it is not. */
  readonly nextTryOn: Micros | null;
  /** Until when the previous secret also signs; null when it does not sign any more, or there is none. */
  readonly previousSecretUntil: Micros | null;
  /** The last deliveries that have failed, newest first. */
  readonly failures: WebhookFailure[];
}

/** A delivery that has failed. */
export interface WebhookFailure {
  readonly failedOn: Micros;
  readonly revision: number;
  /** The status of the answer. null: there was none. */
  readonly status: number | null;
  readonly error: string;
}

/** The columns that `toWebhook` reads. */
export const WEBHOOK_COLUMNS = [
  'uuid',
  'name',
  'url',
  'status',
  'settings_revision',
  'created_on',
  'revision',
  'delivered_on',
  'failing_since',
  'last_error',
  'retry_on',
  'previous_until',
] as const;

type WebhookRow = Pick<Selectable<WebhooksTable>, (typeof WEBHOOK_COLUMNS)[number]>;

/** The webhook of a row, at this time. `failures` may have those of others. */
export function toWebhook(
  row: WebhookRow,
  failures: readonly Selectable<WebhookFailuresTable>[],
  time: Micros,
): Webhook {
  const failing = row.status === 'active' && row.failing_since !== null;
  return {
    uuid: row.uuid,
    name: row.name,
    url: row.url,
    state: failing ? 'failing' : row.status,
    revision: row.settings_revision,
    createdOn: row.created_on,
    deliveredRevision: row.revision,
    lastDeliveredOn: row.delivered_on,
    failingSince: row.failing_since,
    lastError: row.last_error,
    nextTryOn: failing ? row.retry_on : null,
    previousSecretUntil: row.previous_until !== null && row.previous_until > time ? row.previous_until : null,
    failures: failures
      .filter(({ webhook_uuid }) => webhook_uuid === row.uuid)
      .toSorted((one, other) => other.failed_on - one.failed_on)
      .map(({ failed_on, revision, status, error }) => ({ failedOn: failed_on, revision, status, error })),
  };
}
