import pg from 'pg';
import { describe, expect, it } from 'vitest';
import { afterwards } from '../../support/afterwards.ts';
import { newPostgresPlace } from '../../support/engine.ts';
import { METRICS_TOKEN, readMetrics } from '../../support/metrics.ts';
import { serve } from '../../support/program.ts';
import { startProxy } from '../../support/tcp-proxy.ts';
import { serveWorkers } from '../../support/workers.ts';

const { address } = await newPostgresPlace('tables');
const proxy = await startProxy(Number(new URL(address.url).port || 5432));
afterwards(() => proxy.close());
const url = new URL(address.url);
url.hostname = '127.0.0.1';
url.port = String(proxy.port);
const settings = { DATABASE_URL: url.href, METRICS_TOKEN };

const OF_THE_DATABASE = new Set([
  'campaigns_webhooks_failing',
  'campaigns_webhooks_paused',
  'campaigns_webhooks_changes_waiting',
  'campaigns_upstreams',
  'campaigns_upstreams_following',
  'campaigns_upstreams_away',
  'campaigns_upstream_lag_seconds',
  'campaigns_upstream_requests_last_hour',
]);

/** Reads the metrics. Returns the values of the gauges that are read from the database, and the number of other series. */
async function read(base: string) {
  const lines = (await readMetrics(base)).filter((line) => line !== '' && !line.startsWith('#'));
  const values = lines.map((line) => [/^\w+/.exec(line)?.[0] ?? '', line.split(' ').at(-1)] as const);
  const isOfTheDatabase = ([name]: readonly [string, unknown]) => OF_THE_DATABASE.has(name);
  return {
    ofTheDatabase: values.filter(isOfTheDatabase).map(([, value]) => value),
    others: values.filter((value) => !isOfTheDatabase(value)).length,
  };
}

/** Reads the metrics while the database cannot be reached. */
async function readInOutage(base: string) {
  proxy.judge = () => 'cut before';
  proxy.cut();
  try {
    return await read(base);
  } finally {
    proxy.judge = () => 'pass';
  }
}

describe('the metrics, in an outage of the database', () => {
  it('have no value for what is read from it, and all the rest; the log tells of the outage alone', async () => {
    const account = { UPSTREAM_URL: 'http://127.0.0.1:1', UPSTREAM_TOKEN: 'of-an-account-that-is-away' };
    const program = await serve({ ...settings, ...account });
    expect((await read(program.url)).ofTheDatabase).toEqual(['0', '0', '0', '0', '0', '0', '0', '0']);
    const inOutage = await readInOutage(program.url);
    expect(inOutage.ofTheDatabase).toEqual(Array(8).fill('Nan'));
    expect(inOutage.others).toBeGreaterThan(50);
    expect((await read(program.url)).ofTheDatabase).toEqual(['0', '0', '0', '0', '0', '0', '0', '0']);
    expect(program.stdout()).not.toContain('a request failed');
    expect(program.stdout().split('the database cannot be used').length - 1).toBe(1);
    await program.stop();
  });

  it('of several workers have no value for it either', async () => {
    const workers = await serveWorkers(settings);
    // A worker that reads its metrics too slowly, as on a busy machine, is left out.
    await expect.poll(async () => (await read(workers.url)).ofTheDatabase).toEqual(Array(6).fill('0'));
    const inOutage = async () => {
      const { ofTheDatabase, others } = await readInOutage(workers.url);
      return { ofTheDatabase, hasOthersOfBoth: others > 100 };
    };
    await expect.poll(inOutage).toEqual({ ofTheDatabase: Array(6).fill('Nan'), hasOthersOfBoth: true });
    await workers.stop();
  });

  it('do not wait for a database that does not answer', async () => {
    const program = await serve(settings);
    const other = new pg.Client({ connectionString: address.url });
    await other.connect();
    await other.query('begin; lock table webhooks in access exclusive mode');
    const started = performance.now();
    for (let time = 0; time < 3; time++) expect((await read(program.url)).ofTheDatabase).toEqual(Array(3).fill('Nan'));
    expect(performance.now() - started).toBeLessThan(6_000);
    // At most one statement of the gauges waits. If each scrape took another connection, none would be left for requests.
    const { rows } = await other.query<{ count: string }>(
      "select count(*) from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock' and query like '%failing_since%'",
    );
    expect(Number(rows[0]?.count)).toBe(1);
    await other.query('rollback');
    await other.end();
    await expect.poll(async () => (await read(program.url)).ofTheDatabase).toEqual(['0', '0', '0']);
    await program.stop();
  });
});
