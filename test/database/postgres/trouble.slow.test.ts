import { setTimeout as wait } from 'node:timers/promises';
import pg from 'pg';
import { describe, expect, it } from 'vitest';
import { afterwards } from '../../support/afterwards.ts';
import { clientFor } from '../../support/client.ts';
import { FIXTURE } from '../../support/fixture.ts';
import { runCommand } from '../../support/command.ts';
import { execute } from '../../support/postgres-templates.ts';
import { startPrivateServer } from '../../support/postgres-server.ts';
import type { Serving } from '../../support/program.ts';
import { serve } from '../../support/program.ts';

// A real PostgreSQL server is stopped, filled with connections and locked, while the program goes on.

const ROLE = 'gateway';
const PASSWORD = 'never-in-a-log-7Q';

// Three of the 18 connections are reserved for superusers, and the program's role is not one.
const server = await startPrivateServer(['max_connections=18', 'superuser_reserved_connections=3']);
if (!server) throw new Error('the programs of PostgreSQL are needed: initdb, pg_ctl and postgres');
afterwards(() => server.remove());
const admin = server.url();
await execute(admin, `create role ${ROLE} login password '${PASSWORD}'`, `create database campaigns owner ${ROLE}`);
const url = server.url('campaigns').replace('postgres@', `${ROLE}:${PASSWORD}@`);
const settings = { DATABASE_URL: url, DATABASE_CONNECTIONS: '10', RATE_LIMIT: 'off', REQUEST_TIMEOUT: '8' };
await runCommand(['load', FIXTURE], settings);

const CREATE =
  'mutation ($name: String!) { createCampaign(input: { name: $name, group: { name: "Farmers" } }) { campaign { uuid } } }';
const READ = '{ campaigns(first: 1) { nodes { uuid } } }';

interface Created {
  readonly createCampaign: { readonly campaign: { readonly uuid: string } | null } | null;
}

const create = (program: Serving, name: string) => clientFor(program.url, 'admin').ask<Created>(CREATE, { name });
const read = (program: Serving) => clientFor(program.url, 'admin').ask(READ);
const statusOf = async (answer: Promise<{ status: number }>) => (await answer).status;
const readiness = async (program: Serving) => (await fetch(`${program.url}/readyz`)).status;

/** Waits until `ask` returns the value. Fails after 20 s. */
async function until<Value>(value: Value, ask: () => Promise<Value>): Promise<void> {
  const started = performance.now();
  let last = await ask();
  while (last !== value && performance.now() - started < 20_000) {
    await wait(50);
    last = await ask();
  }
  expect(last).toBe(value);
}

/** The log messages, without those about single requests. */
function messages(program: Serving): string[] {
  return program
    .stdout()
    .split('\n')
    .filter((line) => line.startsWith('{'))
    .map((line) => (JSON.parse(line) as { msg: string }).msg)
    .filter((message) => message !== 'answered');
}

const outages = (program: Serving) => messages(program).filter((message) => /the database can/.test(message));

/** Returns a function that gives the log messages about the database from now on. */
function saidAfterwards(program: Serving): () => string[] {
  const before = outages(program).length;
  return () => outages(program).slice(before);
}

it('a program that starts before its database answers 503, and serves when the database is there', async () => {
  await server.stop();
  const program = await serve(settings);
  const answer = await read(program);
  expect([answer.status, answer.codes]).toEqual([503, ['STORAGE_UNAVAILABLE']]);
  expect(Number(answer.headers.get('retry-after'))).toBeGreaterThan(0);
  const rest = await fetch(`${program.url}/api/v2/campaigns.json`, { headers: { authorization: 'Token x' } });
  expect([rest.status, rest.headers.has('retry-after')]).toEqual([503, true]);
  expect(await readiness(program)).toBe(503);
  await server.start();
  await until(200, () => readiness(program));
  await until(200, () => statusOf(read(program)));
  expect(outages(program).length).toBeLessThanOrEqual(3);
  expect(program.stdout() + program.stderr()).not.toContain(PASSWORD);
  expect(await program.stop()).toBe(0);
}, 60_000);

describe('a program that serves', async () => {
  if (!(await canConnect())) await server.start();
  const program = await serve(settings);

  it.each(['fast', 'immediate'] as const)(
    'loses no acknowledged write when the database is stopped (%s) and started again under load',
    async (mode) => {
      const acknowledged: string[] = [];
      const statuses = new Set<number>();
      const load = new AbortController();
      const writers = Array.from({ length: 8 }, async (_nothing, writer) => {
        for (let place = 0; !load.signal.aborted; place++) {
          const name = `${mode} ${writer} ${place}`;
          const answer = await create(program, name);
          statuses.add(answer.status);
          if (answer.data?.createCampaign?.campaign) acknowledged.push(name);
          else await wait(50);
        }
      });
      await wait(500);
      const said = saidAfterwards(program);
      await server.stop(mode);
      await wait(500);
      await server.start();
      await until(200, () => statusOf(create(program, `${mode} again`)));
      await wait(500);
      load.abort();
      await Promise.all(writers);
      const client = new pg.Client({ connectionString: server.url('campaigns') });
      await client.connect();
      const { rows } = await client.query<{ name: string }>('select name from campaigns');
      await client.end();
      const kept = new Set(rows.map(({ name }) => name));
      expect(acknowledged.length).toBeGreaterThan(20);
      expect(acknowledged.filter((name) => !kept.has(name))).toEqual([]);
      expect(statuses).toEqual(new Set([200, 503]));
      expect(said().length).toBeLessThanOrEqual(2);
      expect((await runCommand(['check'], settings)).stdout).toBe('The database is sound.\n');
    },
    60_000,
  );

  it('answers reads while the database is read-only, and refuses writes with 503', async () => {
    await execute(admin, 'alter system set default_transaction_read_only = on', 'select pg_reload_conf()');
    await until(503, () => statusOf(create(program, `Read-only ${Math.random()}`)));
    const refused = await create(program, 'Read-only');
    expect([refused.status, refused.codes]).toEqual([503, ['STORAGE_UNAVAILABLE']]);
    expect(refused.errors[0]?.message).toContain('read-only');
    expect([await statusOf(read(program)), await readiness(program)]).toEqual([200, 200]);
    await execute(
      admin,
      'set default_transaction_read_only = off',
      'alter system reset default_transaction_read_only',
      'select pg_reload_conf()',
    );
    await until(200, () => statusOf(create(program, `Writable ${Math.random()}`)));
  }, 60_000);

  it('answers 503 and STORAGE_BUSY when another process keeps the workspace for too long', async () => {
    const other = new pg.Client({ connectionString: server.url('campaigns') });
    await other.connect();
    await other.query('begin');
    await other.query('select 1 from workspaces where id = 1 for update');
    const refused = await create(program, 'Locked');
    expect([refused.status, refused.codes]).toEqual([503, ['STORAGE_BUSY']]);
    expect(await statusOf(read(program))).toBe(200);
    await other.query('rollback');
    await other.end();
    expect(await statusOf(create(program, 'Unlocked'))).toBe(200);
  }, 30_000);

  it('ends what takes too long, in the server as well, and goes on', async () => {
    const other = new pg.Client({ connectionString: server.url('campaigns') });
    await other.connect();
    await other.query('begin; lock table campaigns in access exclusive mode');
    const answer = await read(program);
    expect([answer.status, answer.codes]).toEqual([503, ['TIMEOUT']]);
    await until(0, async () => {
      const { rows } = await other.query<{ count: string }>(
        "select count(*) from pg_stat_activity where wait_event_type = 'Lock' and query like '%campaigns%'",
      );
      return Number(rows[0]?.count);
    });
    await other.query('rollback');
    await other.end();
    expect(await statusOf(read(program))).toBe(200);
  }, 30_000);

  it('has never written the password', () => {
    expect(program.stdout() + program.stderr()).not.toContain(PASSWORD);
  });
});

it('a program that finds all connections taken answers 503, and serves when there are some again', async () => {
  const program = await serve(settings);
  const others: pg.Client[] = [];
  // End the program's open connection, because the program could otherwise go on using it.
  await execute(admin, `select pg_terminate_backend(pid) from pg_stat_activity where usename = '${ROLE}'`);
  for (;;) {
    const other = new pg.Client({ connectionString: url });
    other.on('error', () => {});
    try {
      await other.connect();
      others.push(other);
    } catch {
      break;
    }
  }
  await until(503, async () => {
    // The program may have been faster than this test and taken the free connection. End it again.
    await execute(
      admin,
      `select pg_terminate_backend(pid) from pg_stat_activity where usename = '${ROLE}' and application_name = 'campaigns'`,
    );
    const taken = new pg.Client({ connectionString: url });
    taken.on('error', () => {});
    await taken.connect().then(
      () => others.push(taken),
      () => {},
    );
    return statusOf(read(program));
  });
  await Promise.all(others.map((other) => other.end()));
  await until(200, () => statusOf(read(program)));
  expect(outages(program).length).toBeLessThanOrEqual(4);
}, 60_000);

it('a program stops with one line when there is no such database', async () => {
  const wrong = { ...settings, DATABASE_URL: url.replace('/campaigns', '/nothing') };
  const { code, stderr } = await runCommand(['migrate'], wrong);
  expect(code).toBe(1);
  expect(stderr).toMatch(/no database of this name/);
  expect(stderr.trim().split('\n')).toHaveLength(1);
  expect(stderr).not.toContain(PASSWORD);
});

async function canConnect(): Promise<boolean> {
  const client = new pg.Client({ connectionString: admin });
  return client.connect().then(
    () => client.end().then(() => true),
    () => false,
  );
}
