import { randomBytes } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import pg from 'pg';
import { expect, inject, it } from 'vitest';
import { ConnectionPool } from '../../../src/database/postgres/pool.ts';
import { clientSettings, statementLimits } from '../../../src/database/postgres/settings.ts';
import { afterwards } from '../../support/afterwards.ts';
import { clientFor } from '../../support/client.ts';
import { newPostgresPlace } from '../../support/engine.ts';
import { execute } from '../../support/postgres-templates.ts';
import { serve } from '../../support/program.ts';
import { startProxy } from '../../support/tcp-proxy.ts';

const READ = '{ campaigns(first: 50) { nodes { name group { name contactCount } } } }';

const create = (number: number) => `mutation { createGroup(input: { name: "Few ${number}" }) { group { uuid } } }`;

/** A user of the server who may have so many connections. */
async function limitedUser(connections: number): Promise<string> {
  const admin = inject('postgres').url;
  const user = `few_${randomBytes(4).toString('hex')}`;
  await execute(admin, `create role ${user} login connection limit ${connections}`);
  afterwards(() => execute(admin, `drop role ${user}`));
  return user;
}

it('requests wait for the connections of their process when the server gives it no more', async () => {
  const { settings } = await newPostgresPlace('fixture');
  const user = await limitedUser(4);
  const url = new URL(settings.DATABASE_URL);
  await execute(inject('postgres').url, `grant ${url.username} to ${user}`);
  url.username = user;
  const program = await serve({ ...settings, DATABASE_URL: url.href });
  const client = clientFor(program.url, 'admin');
  // One connection is for reads, and one for writes.
  expect([(await client.ask(READ)).status, (await client.ask(create(0))).status]).toEqual([200, 200]);
  const requests = Array.from({ length: 60 }, (_, index) => (index % 3 === 0 ? create(index + 1) : READ));
  const answers = await Promise.all(requests.map((text) => client.ask(text)));
  expect(answers.filter(({ status }) => status !== 200).map(({ errors }) => errors)).toEqual([]);
  expect(await program.stop()).toBe(0);
  expect(program.stdout()).not.toContain('no free connection');
});

function openPool(url: URL): ConnectionPool {
  const address = { engine: 'postgres', url: url.href, connections: 10, pooler: false } as const;
  const pool = new ConnectionPool(clientSettings(address), 5, null, statementLimits(address), () => {});
  afterwards(() => pool.close());
  return pool;
}

const select = (what: string) => ({ sql: `select ${what}`, parameters: [] });

it('a statement waits on when the server refuses another connection for it again', async () => {
  const url = new URL(inject('postgres').url);
  url.username = await limitedUser(1);
  const pool = openPool(url);
  const long = pool.run(select('pg_sleep(2.5)'));
  const others: Promise<unknown>[] = [];
  for (let asked = 0; asked < 24; asked++) {
    await wait(100);
    others.push(pool.run(select('1')));
  }
  await expect(Promise.all([long, ...others])).resolves.toHaveLength(1 + others.length);
});

it('a statement waits for a connection that is being opened when the server refuses its own', async () => {
  const url = new URL(inject('postgres').url);
  url.username = await limitedUser(1);
  const holder = new pg.Client(url.href);
  await holder.connect();
  const proxy = await startProxy(Number(url.port || 5432));
  afterwards(() => proxy.close());
  url.hostname = '127.0.0.1';
  url.port = String(proxy.port);
  const pool = openPool(url);
  let asked = 0;
  proxy.judge = () => {
    asked += 1;
    return 'pass';
  };
  proxy.delay = 2_000;
  const first = pool.run(select('1 as one'));
  await expect.poll(() => asked).toBe(1);
  proxy.delay = 0;
  const second = pool.run(select('2 as two'));
  await expect.poll(() => asked).toBe(2);
  await wait(300);
  await holder.end();
  await expect(Promise.all([first, second])).resolves.toMatchObject([{ rows: [{ one: 1 }] }, { rows: [{ two: 2 }] }]);
});
