import { setTimeout as wait } from 'node:timers/promises';
import pg from 'pg';
import { expect, it } from 'vitest';
import { afterwards } from '../../support/afterwards.ts';
import { Client } from '../../support/client.ts';
import { fixture } from '../../support/fixture.ts';
import { makeWorkspace } from '../../support/workspace.ts';
import { openWorld } from '../../support/world.ts';

// With `costlyFrom: 0` every query is costly. The world's database has four connections, so only one costly query runs at a time.
const world = await openWorld({ requestTimeout: 2_000 }, fixture, { costlyFrom: 0 });
const newClient = async () => new Client(world.url, (await makeWorkspace(world.database)).key);
const [first, second] = [await newClient(), await newClient()];

/** Another session, which locks the table of campaigns so that queries wait. */
const other = new pg.Client({ connectionString: world.settings.DATABASE_URL });
await other.connect();
afterwards(() => other.end());

const CAMPAIGNS = '{ campaigns { nodes { uuid } } }';

async function locked<Result>(work: () => Promise<Result>): Promise<Result> {
  await other.query('begin; lock table campaigns in access exclusive mode');
  try {
    return await work();
  } finally {
    await other.query('rollback');
  }
}

async function waitingInServer(): Promise<number> {
  const { rows } = await other.query<{ count: string }>(
    `select count(*) from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`,
  );
  return Number(rows[0]?.count);
}

it('are ended in the server when their time is up, and their turn goes to the next', async () => {
  const answers = await locked(() => Promise.all([first.ask(CAMPAIGNS), second.ask(CAMPAIGNS)]));
  expect(answers.map(({ status, codes }) => [status, ...codes])).toEqual([
    [503, 'TIMEOUT'],
    [503, 'TIMEOUT'],
  ]);
  while ((await waitingInServer()) > 0) await wait(10);
  expect((await first.ask(CAMPAIGNS)).status).toBe(200);
});

it('wait for their turn in a bounded queue; beyond it a workspace is refused, and others are not', async () => {
  await locked(async () => {
    const answered: (string | undefined)[] = [];
    const flood = Array.from({ length: 40 }, () =>
      first.ask(CAMPAIGNS).then(({ codes }) => void answered.push(codes[0])),
    );
    // 17 requests are not answered: one query runs and sixteen wait.
    while (answered.length < 40 - 17) await wait(5);
    expect(new Set(answered)).toEqual(new Set(['OVERLOADED']));
    const theirs = second.ask('{ groups { nodes { uuid } } }');
    await other.query('rollback');
    expect((await theirs).status).toBe(200);
    await Promise.all(flood);
    expect(answered.filter((code) => code === undefined)).toHaveLength(17);
  });
});

it('leave connections to writes and to the server itself meanwhile', async () => {
  await locked(async () => {
    const slow = [first.ask(CAMPAIGNS), second.ask(CAMPAIGNS)];
    expect((await fetch(`${world.url}/readyz`)).status).toBe(200);
    const made = await second.ask('mutation { createGroup(input: { name: "New" }) { group { uuid } } }');
    expect(made.status).toBe(200);
    await Promise.all(slow);
  });
});
