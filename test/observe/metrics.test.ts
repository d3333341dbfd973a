import { describe, expect, it } from 'vitest';
import { ERROR_CODES } from '../../src/graphql/errors.ts';
import { MAX_OTHER_NAMES } from '../../src/observe/operation-names.ts';
import { METRICS_TOKEN, readMetric, readMetrics } from '../support/metrics.ts';
import { openWorld } from '../support/world.ts';

const world = await openWorld({ metricsToken: METRICS_TOKEN });
const client = world.as('editor2');

const errors = (code: string) => readMetric(world.url, `campaigns_errors_total{code="${code}"}`);
const runs = (operation: string) =>
  readMetric(world.url, `campaigns_operation_duration_seconds_count{operation="${operation}"}`);
const work = (kind: string) => readMetric(world.url, `campaigns_database_duration_seconds_count{work="${kind}"}`);

/** The amount by which `act` increases a metric. */
async function growth(read: () => Promise<number | undefined>, act: () => Promise<unknown>): Promise<number> {
  const before = (await read()) ?? 0;
  await act();
  return ((await read()) ?? 0) - before;
}

describe('the metrics', () => {
  it('have a series for each code of an error from the start', async () => {
    const lines = await readMetrics(world.url);
    for (const code of Object.keys(ERROR_CODES)) {
      expect(lines.filter((line) => line.startsWith(`campaigns_errors_total{code="${code}"} `))).toHaveLength(1);
    }
  });

  it.each([
    ['UNAUTHENTICATED', () => world.as(null).ask('{ viewer { role } }')],
    ['UNAUTHENTICATED', () => world.rest.ask('/groups.json', { as: 'revoked' })],
    ['FORBIDDEN', () => world.rest.ask('/groups.json', { as: 'viewer' })],
    [
      'TOO_DEEP',
      () => client.ask(`{ viewer { role } ${'campaigns { nodes { group { '.repeat(5)}id${' } } }'.repeat(5)} }`),
    ],
    [
      'TOO_COSTLY',
      () => client.ask('{ campaigns(first: 250) { nodes { group { campaigns(first: 250) { nodes { id } } } } } }'),
    ],
    ['GRAPHQL_VALIDATION_FAILED', () => client.ask('{ nothing }')],
  ])('count a refusal as %s', async (code, act) => {
    expect(await growth(() => errors(code), act)).toBe(1);
  });

  it('count a refusal by the rate limit, of GraphQL and of REST', async () => {
    const limited = await openWorld({ rateLimit: { requests: 1, seconds: 3600 }, metricsToken: METRICS_TOKEN });
    await limited.as('editor2').ask('{ viewer { role } }');
    expect((await limited.as('editor2').ask('{ viewer { role } }')).status).toBe(429);
    expect((await limited.rest.ask('/groups.json')).status).toBe(429);
    expect(await readMetric(limited.url, 'campaigns_errors_total{code="RATE_LIMITED"}')).toBe(2);
  });

  it('count requests by the operation that they ran', async () => {
    const ask = () => client.ask('query Mine { viewer { role } }');
    expect(await growth(() => runs('Mine'), ask)).toBe(1);
    expect(
      await growth(
        () => runs('unnamed'),
        () => client.ask('{ viewer { role } }'),
      ),
    ).toBe(1);
    expect(
      await growth(
        () => runs('ListCampaigns'),
        () => world.rest.ask('/campaigns.json'),
      ),
    ).toBe(1);
  });

  it('measure reads, writes and commits', async () => {
    expect(
      await growth(
        () => work('read'),
        () => client.ask('{ campaigns(first: 1) { nodes { id } } }'),
      ),
    ).toBeGreaterThan(0);
    const write = () => world.rest.ask('/groups.json', { body: { name: 'Measured' } });
    expect(await growth(() => work('write'), write)).toBe(1);
    const again = () => world.rest.ask('/groups.json', { body: { name: 'Measured again' } });
    expect(await growth(() => work('commit'), again)).toBe(1);
  });

  it('show connections, requests under way, waiting writes and the lag of the event loop', async () => {
    const connections = await readMetric(world.url, 'campaigns_http_connections');
    expect(connections).toBeGreaterThan(0);
    // The only request in flight is the one that reads the metrics.
    expect(await readMetric(world.url, 'campaigns_http_requests_in_flight')).toBe(1);
    expect(await readMetric(world.url, 'campaigns_database_writes_waiting')).toBe(0);
    expect(await readMetric(world.url, 'nodejs_eventloop_lag_p99_seconds')).toBeGreaterThan(0);
  });

  it('are named by the rules of Prometheus', async () => {
    const types = (await readMetrics(world.url)).flatMap((line) => {
      const [, name, type] = /^# TYPE (campaigns_\w+) (\w+)$/.exec(line) ?? [];
      return name && type ? [{ name, type }] : [];
    });
    expect(types.length).toBeGreaterThan(5);
    for (const { name, type } of types) {
      if (type === 'counter') expect(name).toMatch(/_total$/);
      if (type === 'histogram') expect(name).toMatch(/_seconds$/);
    }
  });

  it('keep a bounded number of series, however many names of operations callers think of', async () => {
    const names = Array.from({ length: MAX_OTHER_NAMES + 50 }, (_, i) => `Invented${i}`);
    for (const name of names) await client.ask(`query ${name} { viewer { role } }`);
    const series = async () =>
      (await readMetrics(world.url)).filter((line) => line.startsWith('campaigns_operation_duration_seconds_count'));
    const kept = await series();
    expect(kept.length).toBeLessThanOrEqual(MAX_OTHER_NAMES + 30);
    expect(await runs('other')).toBeGreaterThanOrEqual(50);
    // Other operation names do not displace the names of the server's own operations.
    expect(
      await growth(
        () => runs('UpdateCampaign'),
        () =>
          world.rest.ask('/campaigns.json?uuid=00000000-0000-4000-8000-000000000000', {
            body: { name: 'x', group: 'Vets' },
          }),
      ),
    ).toBe(1);
    for (const name of names) await client.ask(`query ${name}Again { viewer { role } }`);
    expect((await series()).length).toBe(kept.length + 1);
  });
});
