import { setTimeout as wait } from 'node:timers/promises';
import pg from 'pg';
import { expect, it } from 'vitest';
import { afterwards } from '../../support/afterwards.ts';
import { Client } from '../../support/client.ts';
import { fixture } from '../../support/fixture.ts';
import { makeWorkspace } from '../../support/workspace.ts';
import { openWorld } from '../../support/world.ts';

const CAMPAIGNS = '{ campaigns { nodes { uuid } } }';

/** A server with two clients, each of a workspace of its own, and `locked`, which runs its work while queries for campaigns wait. */
async function open(requestTimeout: number) {
  // With `costlyFrom: 0` every query is costly. The world's database has four connections, so only one costly query runs at a time.
  const world = await openWorld({ requestTimeout }, fixture, { costlyFrom: 0 });
  const newClient = async () => new Client(world.url, (await makeWorkspace(world.database)).key);
  /** Another session, which locks the table of campaigns. */
  const other = new pg.Client({ connectionString: world.settings.DATABASE_URL });
  await other.connect();
  afterwards(() => other.end());
  const unlock = () => other.query('rollback');
  const locked = async <Result>(work: () => Promise<Result>): Promise<Result> => {
    await other.query('begin; lock table campaigns in access exclusive mode');
    try {
      return await work();
    } finally {
      await unlock();
    }
  };
  const waitingInServer = async (): Promise<number> => {
    const { rows } = await other.query<{ count: string }>(
      `select count(*) from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`,
    );
    return Number(rows[0]?.count);
  };
  return { url: world.url, first: await newClient(), second: await newClient(), locked, unlock, waitingInServer };
}

it('are ended in the server when their time is up, and their turn goes to the next', async () => {
  const { first, second, locked, waitingInServer } = await open(2_000);
  const answers = await locked(() => Promise.all([first.ask(CAMPAIGNS), second.ask(CAMPAIGNS)]));
  expect(answers.map(({ status, codes }) => [status, ...codes])).toEqual([
    [503, 'TIMEOUT'],
    [503, 'TIMEOUT'],
  ]);
  while ((await waitingInServer()) > 0) await wait(10);
  expect((await first.ask(CAMPAIGNS)).status).toBe(200);
});

it('wait for their turn in a bounded queue; beyond it a workspace is refused, and others are not', async () => {
  const { first, second, locked, unlock } = await open(20_000);
  await locked(async () => {
    const answered: (string | undefined)[] = [];
    const flood = Array.from({ length: 40 }, () =>
      first.ask(CAMPAIGNS).then(({ codes }) => void answered.push(codes[0])),
    );
    // 17 requests are not answered: one query runs and sixteen wait.
    while (answered.length < 40 - 17) await wait(5);
    expect(new Set(answered)).toEqual(new Set(['OVERLOADED']));
    const theirs = second.ask('{ groups { nodes { uuid } } }');
    await unlock();
    expect((await theirs).status).toBe(200);
    await Promise.all(flood);
    expect(answered.filter((code) => code === undefined)).toHaveLength(17);
  });
});

it('leave connections to writes and to the server itself meanwhile', async () => {
  const { url, first, second, locked } = await open(2_000);
  await locked(async () => {
    const slow = [first.ask(CAMPAIGNS), second.ask(CAMPAIGNS)];
    expect((await fetch(`${url}/readyz`)).status).toBe(200);
    const made = await second.ask('mutation { createGroup(input: { name: "New" }) { group { uuid } } }');
    expect(made.status).toBe(200);
    await Promise.all(slow);
  });
});
