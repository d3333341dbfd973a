import type { Database } from '../database/database.ts';
import { clockTime, SECOND } from '../model/time.ts';
import type { Upstream } from '../model/upstream.ts';
import { upstreamsAt } from '../model/upstream.ts';
import type { Metrics } from './metrics.ts';
import { sharedRead } from './metrics.ts';

const GAUGES: readonly (readonly [name: string, help: string, read: (accounts: readonly Upstream[]) => number])[] = [
  ['campaigns_upstreams', 'Live accounts that workspaces are kept in.', (accounts) => accounts.length],
  [
    'campaigns_upstreams_following',
    'Live accounts whose mirror is kept up to date.',
    (accounts) => accounts.filter(({ state }) => state === 'following').length,
  ],
  [
    'campaigns_upstreams_away',
    'Live accounts that do not answer, refuse the token, or wait for the operator.',
    (accounts) => accounts.filter(({ state }) => state !== 'following' && state !== 'catching-up').length,
  ],
  [
    'campaigns_upstream_lag_seconds',
    'How old the oldest mirror is, in seconds: since when it may lack a change. NaN while one has not been read to its end.',
    (accounts) =>
      accounts.reduce(
        (max, { completeAsOf }) => Math.max(max, (clockTime() - (completeAsOf ?? Number.NaN)) / SECOND),
        0,
      ),
  ],
  [
    'campaigns_upstream_requests_last_hour',
    'Requests that have kept the mirrors fresh in the last hour, and changes sent to the accounts.',
    (accounts) => accounts.reduce((sum, { requestsMade }) => sum + requestsMade, 0),
  ],
];

/** Adds gauges of the live accounts at these addresses, and of their mirrors, to the metrics. */
export function measureUpstreams(
  metrics: Metrics,
  { reader }: Pick<Database, 'reader'>,
  urls: readonly string[],
): void {
  const accounts = sharedRead(() => upstreamsAt(reader, urls));
  for (const [name, help, read] of GAUGES) metrics.gauge(name, help, async () => read(await accounts()));
}
