import type { DeliveryEvents } from '../webhooks/delivery.ts';
import type { Log } from './log.ts';
import type { Metrics } from './metrics.ts';

/** Logs failed deliveries, and counts all. Neither addresses nor secrets are logged: an address can contain a password. */
export function observeWebhooks(log: Log, metrics: Metrics): DeliveryEvents {
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
