import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import type { Micros } from '../../src/database/tables.ts';
import { openEmptyDatabase } from '../support/world.ts';
import type { Mirror } from './support/mirror.ts';
import { MINUTE, openMirrorOf, SECOND, shownBy, shownHere } from './support/mirror.ts';
import { simulateAccount } from './support/simulated-account.ts';

// How many requests it takes to follow an account, and how soon changes of others in the account are seen here, on a clock that moves as
// fast as the follower works. `npm run test:upstream` also measures larger accounts, and prints the table of docs/upstream.md.

const SIZES = process.env.UPSTREAM_REPORT ? [10, 1_000, 20_000] : [10];

/** A fixed start makes all runs the same. */
const START: Micros = Date.UTC(2027, 0, 1) * 1000;

/** The precision of measured times. */
const TICK = 2 * SECOND;

const DOCS = readFileSync(join(import.meta.dirname, '../../docs/upstream.md'), 'utf8');

it.each(SIZES)('with %i campaigns costs and shows what docs/upstream.md says', { timeout: 600_000 }, async (size) => {
  const account = await simulateAccount(size, Math.max(3, size / 100));
  const mirror = await openMirrorOf(
    await openEmptyDatabase(),
    { url: account.url, token: 'simulated' },
    { start: START, timeout: 5_000 },
  );
  const first = account.requests();
  while ((await mirror.state()).completeAsOf === null) await mirror.pass(SECOND);
  const firstSweep = account.requests() - first;
  expect(await shownHere(mirror)).toEqual(await shownBy(mirror.client));

  // Nothing changes in the account for two hours. After that its pages are read at the longest interval.
  await mirror.pass(60 * MINUTE);
  const before = account.requests();
  await mirror.pass(60 * MINUTE);
  const anHour = account.requests() - before;
  expect(anHour).toBeLessThanOrEqual(900);

  const renamed: Micros[] = [];
  for (let n = 1; n <= 12; n += 1) {
    const campaign = account.campaigns[Math.floor(((n * 0.618_034) % 1) * size)];
    if (!campaign) throw new Error('there is no such campaign');
    campaign.name = `Renamed ${n}`;
    renamed.push(await until(mirror, async () => (await find(mirror, campaign.uuid)).name === campaign.name));
    await mirror.pass(((n * 0.414_214) % 1) * 6 * MINUTE);
  }
  const archived: Micros[] = [];
  for (let n = 1; n <= 3; n += 1) {
    const campaign = account.campaigns[Math.floor(((n * 0.754_878) % 1) * size)];
    if (!campaign) throw new Error('there is no such campaign');
    campaign.archived = true;
    archived.push(await until(mirror, async () => (await find(mirror, campaign.uuid)).is_archived === 1));
  }
  // The formatter pads the table.
  const row = [
    size.toLocaleString('en'),
    firstSweep,
    anHour,
    inWords(median(renamed)),
    inWords(Math.max(...renamed)),
    inWords(Math.max(...archived)),
  ];
  const text = `| ${row.join(' | ')} |`;
  if (process.env.UPSTREAM_REPORT) console.log(text);
  expect(DOCS.replaceAll(/ +/g, ' ')).toContain(text);
});

async function find({ database, workspace }: Mirror, uuid: string) {
  return database.reader.db
    .selectFrom('campaigns')
    .select(['name', 'is_archived'])
    .where('workspace_id', '=', workspace)
    .where('uuid', '=', uuid)
    .executeTakeFirstOrThrow();
}

/** How long it takes until a condition is true. */
async function until(mirror: Mirror, isSo: () => Promise<boolean>): Promise<Micros> {
  const start = mirror.time();
  while (!(await isSo())) await mirror.pass(TICK);
  return mirror.time() - start;
}

function median(times: readonly Micros[]): Micros {
  return times.toSorted((one, other) => one - other)[Math.floor(times.length / 2)] ?? 0;
}

/** Rounded to five seconds, and long times to half a minute. */
function inWords(time: Micros): string {
  const seconds = time / SECOND;
  return seconds <= 60 ? `${Math.ceil(seconds / 5) * 5} s` : `${Math.ceil(seconds / 30) / 2} min`;
}
