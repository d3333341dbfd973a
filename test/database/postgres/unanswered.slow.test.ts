import { setTimeout as wait } from 'node:timers/promises';
import { sql } from 'kysely';
import { describe, expect, it } from 'vitest';
import type { OutageEvent } from '../../../src/database/database.ts';
import { DatabaseUnavailableError, StatementEndedError } from '../../../src/database/errors.ts';
import { Campaigns } from '../../../src/model/campaigns.ts';
import { afterwards } from '../../support/afterwards.ts';
import { AUTHOR } from '../../support/author.ts';
import { clientFor } from '../../support/client.ts';
import { newPostgresPlace, openAt } from '../../support/engine.ts';
import { tokenKey } from '../../support/fixture.ts';
import { done } from '../../support/outcome.ts';
import { serve } from '../../support/program.ts';
import { revisionOf } from '../../support/revision.ts';
import { startProxy } from '../../support/tcp-proxy.ts';
import { makeWorkspace } from '../../support/workspace.ts';

// Connections stay open, and no answer comes over them: a server is frozen, or the network drops what is sent.

/** The statement_timeout of the address, in ms. A connection is given up two seconds later. */
const STATEMENT_TIMEOUT = 500;

/** By when, in ms, a connection has been given up, on a busy machine. */
const GIVEN_UP = 5_000;

const SILENT = { reason: 'the database server does not answer' };

async function newProxy(content: 'fixture' | 'tables') {
  const { address } = await newPostgresPlace(content);
  const proxy = await startProxy(Number(new URL(address.url).port || 5432));
  afterwards(() => proxy.close());
  const url = new URL(address.url);
  url.hostname = '127.0.0.1';
  url.port = String(proxy.port);
  return { address, proxy, url };
}

async function openThroughProxy() {
  const { address, proxy, url } = await newProxy('tables');
  url.searchParams.set('statement_timeout', String(STATEMENT_TIMEOUT));
  const [direct, database] = [openAt(address), openAt({ ...address, url: url.href })];
  const events: OutageEvent[] = [];
  const stop = database.watch((event) => void events.push(event));
  let closed: Promise<void> | undefined;
  const close = () => (closed ??= database.close());
  afterwards(async () => {
    stop();
    await Promise.all([close(), direct.close()]);
  });
  const { id } = await makeWorkspace(direct);
  const campaigns = new Campaigns(database, id, AUTHOR);
  const create = (name: string) => campaigns.create({ name, group: { name: 'Everyone' } });
  done(await create('First'));
  return { proxy, direct, database, close, events, id, campaigns, create };
}

/** The error that the promise rejects with, and how many ms it took. */
async function failureOf(work: Promise<unknown>): Promise<{ readonly error: unknown; readonly took: number }> {
  const started = performance.now();
  const error: unknown = await work.then(
    () => 'it did not fail',
    (reason: unknown) => reason,
  );
  return { error, took: performance.now() - started };
}

describe.concurrent('a connection over which no answer comes', () => {
  it('is given up by a write, which is refused; the outage is known, and the workspace goes on', async () => {
    const { proxy, direct, events, id, campaigns, create } = await openThroughProxy();
    proxy.freeze();
    const refused = ['Second', 'Third'].map((name) => failureOf(create(name)));
    await wait(50);
    const waiting = create('Fourth');
    for (const { error, took } of await Promise.all(refused)) {
      expect(error).toBeInstanceOf(DatabaseUnavailableError);
      expect(error).toMatchObject({ ...SILENT, outcome: undefined });
      expect(took).toBeGreaterThan(STATEMENT_TIMEOUT);
      expect(took).toBeLessThan(GIVEN_UP);
    }
    done(await waiting);
    expect(events[0]).toMatchObject({ kind: 'began', ...SILENT });
    expect(await campaigns.list.where({}).count()).toBe(2);
    expect(await revisionOf(direct, id)).toBe(2);
  });

  it('is given up during a commit that the server does not have, which is found out', async () => {
    const { proxy, direct, id, create } = await openThroughProxy();
    proxy.judge = (piece) => {
      if (!piece.includes('commit\0')) return 'pass';
      proxy.freeze();
      proxy.judge = () => 'pass';
      return 'swallow';
    };
    const { error } = await failureOf(create('Second'));
    expect(error).toMatchObject({ ...SILENT, outcome: undefined });
    done(await create('Second'));
    expect(await revisionOf(direct, id)).toBe(2);
  });

  it('is given up during a commit whose outcome cannot be found out, and the answer says so', async () => {
    const { proxy, direct, id, create } = await openThroughProxy();
    let hasCommit = false;
    proxy.judge = (piece) => {
      if (hasCommit) return 'swallow';
      hasCommit = piece.includes('commit\0');
      if (hasCommit) setImmediate(() => proxy.freeze());
      return 'pass';
    };
    const { error } = await failureOf(create('Second'));
    expect(error).toMatchObject({ outcome: 'UNKNOWN' });
    expect(await revisionOf(direct, id)).toBe(2);
  });

  it('is given up by a read, and with it those that have been silent for as long', async () => {
    const { proxy, database, campaigns } = await openThroughProxy();
    const countTwice = () => Promise.all([1, 2].map(() => campaigns.list.where({}).count()));
    expect(await countTwice()).toEqual([1, 1]);
    proxy.freeze();
    const { error, took } = await failureOf(campaigns.list.where({}).count());
    expect(error).toMatchObject(SILENT);
    expect(took).toBeLessThan(GIVEN_UP);
    expect([await countTwice(), await database.problem()]).toEqual([[1, 1], null]);
  });

  it('does not keep the database from being closed', async () => {
    const { proxy, close, create } = await openThroughProxy();
    proxy.freeze();
    const refused = failureOf(create('Second'));
    await wait(50);
    const started = performance.now();
    await close();
    expect(performance.now() - started).toBeLessThan(GIVEN_UP);
    expect((await refused).error).toBeInstanceOf(DatabaseUnavailableError);
  });
});

it('the statement_timeout of the address holds for writes too', async () => {
  const { database, id } = await openThroughProxy();
  const { error, took } = await failureOf(database.write(id, ({ db }) => sql`select pg_sleep(5)`.execute(db)));
  expect(error).toBeInstanceOf(StatementEndedError);
  expect(took).toBeLessThan(2_000);
});

it('a transaction that is not sent anything for longer is not given up', async () => {
  const { database, id } = await openThroughProxy();
  await database.write(id, async ({ db }) => {
    await sql`select 1`.execute(db);
    await wait(STATEMENT_TIMEOUT + 3_000);
    await sql`select 1`.execute(db);
  });
});

describe.concurrent('a program whose database does not answer any more', () => {
  /** A program that has answered a request, and whose database then does not answer. */
  async function serveFrozen(settings: Record<string, string>) {
    const { proxy, url } = await newProxy('fixture');
    const program = await serve({ DATABASE_URL: url.href, RATE_LIMIT: 'off', ...settings });
    const client = clientFor(program.url, 'admin');
    const name = 'mutation ($name: String!) { createGroup(input: { name: $name }) { group { uuid } } }';
    expect((await client.ask(name, { name: 'Before' })).status).toBe(200);
    proxy.judge = () => 'swallow';
    proxy.freeze();
    const create = () => client.ask(name, { name: 'After' });
    const rest = (path: string) =>
      fetch(`${program.url}/api/v2/${path}`, { headers: { authorization: `Token ${tokenKey('admin')}` } });
    return { program, client, create, rest };
  }

  it('refuses all requests with 503 at REQUEST_TIMEOUT, and is not ready', async () => {
    const { program, client, create, rest } = await serveFrozen({ REQUEST_TIMEOUT: '1' });
    // The first write has its connection, and waits for an answer. The others wait for their turns.
    void create().catch(() => {});
    // After this time callers are looked up again.
    await wait(1_100);
    const started = performance.now();
    const answers = await Promise.all([
      client.ask('{ campaigns { nodes { uuid } } }'),
      create(),
      rest('campaigns.json'),
      rest('campaigns'),
      rest('campaigns.csv'),
    ]);
    expect(performance.now() - started).toBeLessThan(3_000);
    for (const { status, headers } of answers) expect([status, headers.get('retry-after')]).toEqual([503, '5']);
    expect((await fetch(`${program.url}/readyz`)).status).toBe(503);
    program.process.kill('SIGKILL');
  });

  it('stops in good order, and the log says why something is left', async () => {
    const { program, create } = await serveFrozen({});
    void create().catch(() => {});
    await wait(200);
    const started = performance.now();
    expect(await program.stop()).toBe(0);
    expect(performance.now() - started).toBeLessThan(15_000);
    expect(program.stdout()).toContain(
      '"reason":"the database server does not answer","msg":"the database cannot be used"',
    );
  });
});

it('a write that waits for its turn is answered at REQUEST_TIMEOUT', async () => {
  const { address } = await newPostgresPlace('fixture');
  const program = await serve({ DATABASE_URL: address.url, RATE_LIMIT: 'off', REQUEST_TIMEOUT: '1' });
  const other = openAt(address);
  afterwards(() => other.close());
  const client = clientFor(program.url, 'admin');
  const create = (name: string) =>
    client.ask('mutation ($name: String!) { createGroup(input: { name: $name }) { group { uuid } } }', { name });
  expect((await create('Before')).status).toBe(200);
  const { id } = await other.reader.db.selectFrom('workspaces').select('id').orderBy('id').executeTakeFirstOrThrow();
  await other.write(id, async (held) => {
    // It locks the workspace's row as its transaction begins.
    await sql`select 1`.execute(held.db);
    const first = create('First');
    await wait(300);
    const started = performance.now();
    const { status, codes } = await create('Second');
    expect([status, codes]).toEqual([503, ['TIMEOUT']]);
    expect(performance.now() - started).toBeLessThan(3_000);
    expect((await first).status).toBe(503);
  });
  expect(await program.stop()).toBe(0);
}, 60_000);
