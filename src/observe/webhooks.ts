import type { Database } from '../database/database.ts';
import type { WebhookTotals } from '../model/webhook-progress.ts';
import { webhookTotals } from '../model/webhook-progress.ts';
import type { DeliveryEvents } from '../webhooks/delivery.ts';
import type { Log } from './log.ts';
import type { Metrics } from './metrics.ts';
import { sharedRead } from './metrics.ts';

const GAUGES: readonly (readonly [total: keyof WebhookTotals, name: string, help: string])[] = [
  ['failing', 'campaigns_webhooks_failing', 'Webhooks whose last delivery has failed and is tried again.'],
  [
    'paused',
    'campaigns_webhooks_paused',
    'Webhooks that are paused because their deliveries have failed for too long.',
  ],
  ['waiting', 'campaigns_webhooks_changes_waiting', 'Changes that are to be sent, counted once for each webhook.'],
];

/** Logs failed deliveries and measures all. Neither addresses nor secrets are logged: an address can contain a password. */
export function observeWebhooks(log: Log, metrics: Metrics, database: Database): DeliveryEvents {
  const totals = sharedRead(() => webhookTotals(database.reader));
  for (const [total, name, help] of GAUGES) metrics.gauge(name, help, async () => (await totals())[total]);
  return {
    delivered: () => metrics.webhookSent('delivered'),
    failed({ uuid, revision, tries, error, state }) {
      metrics.webhookSent('failed');
      const event = { webhook: uuid, revision, tries, error };
      if (state === 'failing') log.warn(event, 'a webhook could not be delivered');
      else if (state === 'gone') log.warn(event, 'a webhook is stopped, because its receiver is gone');
      else log.error(event, 'a webhook is paused, because its deliveries have failed for five days');
    },
  };
}
