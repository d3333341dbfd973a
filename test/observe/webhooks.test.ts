import { pino } from 'pino';
import { expect, it } from 'vitest';
import { createMetrics } from '../../src/observe/metrics.ts';
import { measureWebhooks } from '../../src/observe/measure-webhooks.ts';
import { observeWebhooks } from '../../src/observe/webhooks.ts';
import { openEmptyDatabase } from '../support/world.ts';
import { openDelivering } from '../webhooks/support/world.ts';

it('the log and the metrics tell of webhooks that fail, are paused or gone', async () => {
  const database = await openEmptyDatabase();
  const { webhooks, create, change } = await openDelivering(database);
  const made = await Promise.all(['One', 'Two', 'Three'].map((name) => create('https://receiver.example/', name)));
  await change(2);
  const [paused, failing] = made.map(({ webhook }) => webhook.uuid);
  await database.administer(async ({ db }) => {
    await db
      .updateTable('webhooks')
      .set({ status: 'paused' })
      .where('uuid', '=', paused ?? '')
      .execute();
    await db
      .updateTable('webhooks')
      .set({ failing_since: 1 })
      .where('uuid', '=', failing ?? '')
      .execute();
  });
  expect((await webhooks.list()).map(({ state }) => state).toSorted()).toEqual(['active', 'failing', 'paused']);

  const lines: string[] = [];
  const metrics = createMetrics({ operations: [], codes: [] });
  const log = pino({ level: 'info', base: null, timestamp: false }, { write: (line: string) => void lines.push(line) });
  measureWebhooks(metrics, database);
  const events = observeWebhooks(log, metrics);
  events.delivered();
  const failure = { workspace: 1 as never, uuid: 'a-uuid', revision: 7, tries: 3, error: 'It hangs.' };
  for (const state of ['failing', 'gone', 'paused'] as const) events.failed({ ...failure, state });

  const told = { webhook: 'a-uuid', revision: 7, tries: 3, error: 'It hangs.' };
  expect(lines.map((line) => JSON.parse(line))).toEqual([
    { level: 40, ...told, msg: 'a webhook could not be delivered' },
    { level: 40, ...told, msg: 'a webhook is stopped, because its receiver is gone' },
    { level: 50, ...told, msg: 'a webhook is paused, because its deliveries have failed for five days' },
  ]);
  const text = await metrics.text();
  for (const series of [
    'campaigns_webhooks_failing 1',
    'campaigns_webhooks_paused 1',
    'campaigns_webhooks_changes_waiting 4',
    'campaigns_webhook_deliveries_total{result="delivered"} 1',
    'campaigns_webhook_deliveries_total{result="failed"} 3',
  ]) {
    expect(text).toContain(`\n${series}\n`);
  }
});
