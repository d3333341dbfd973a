import type { Database } from '../database/database.ts';
import type { WebhookTotals } from '../model/webhook-progress.ts';
import { webhookTotals } from '../model/webhook-progress.ts';
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

/** Adds gauges of the webhooks of all workspaces to the metrics. */
export function measureWebhooks(metrics: Metrics, { reader }: Pick<Database, 'reader'>): void {
  const totals = sharedRead(() => webhookTotals(reader));
  for (const [total, name, help] of GAUGES) metrics.gauge(name, help, async () => (await totals())[total]);
}
