import { setTimeout as wait } from 'node:timers/promises';
import { sql } from 'kysely';
import pg from 'pg';
import { describe, expect, it } from 'vitest';
import type { OutageEvent } from '../../../src/database/database.ts';
import { StatementEndedError } from '../../../src/database/errors.ts';
import { afterwards } from '../../support/afterwards.ts';
import { newPostgresPlace, openAt } from '../../support/engine.ts';
import { makeWorkspace } from '../../support/workspace.ts';
import { openWorld } from '../../support/world.ts';

// The server ends a statement by itself, at its own statement_timeout or on the command of an administrator.

describe('a statement that takes longer than the statement_timeout of the server', async () => {
  const { address } = await newPostgresPlace('tables');
  const administrator = openAt(address);
  afterwards(() => administrator.close());
  await administrator.administer(({ db }) =>
    sql`do $$ begin execute format('alter database %I set statement_timeout = 300', current_database()); end $$`.execute(
      db,
    ),
  );
  const { id } = await makeWorkspace(administrator);
  // With `pooler` the program does not set statement_timeout itself, so the server's own setting applies.
  const database = openAt({ ...address, pooler: true });
  const events: OutageEvent[] = [];
  const stop = database.watch((event) => void events.push(event));
  afterwards(async () => {
    stop();
    await database.close();
  });
  const sleep = sql`select pg_sleep(20)`;

  it('is ended, and is no outage', async () => {
    const backend = sql<{ pid: number }>`select pg_backend_pid() as pid`;
    const pid = (await backend.execute(database.reader.db)).rows;
    await expect(sleep.execute(database.reader.db)).rejects.toBeInstanceOf(StatementEndedError);
    // The connection is still usable: it is the same server process as before.
    expect((await backend.execute(database.reader.db)).rows).toEqual(pid);
    expect([await database.problem(), events]).toEqual([null, []]);
  });

  it('in a write leaves nothing of it, and takes nothing with it that shares its transaction', async () => {
    const write = (name: string, last = sql`select 1`) =>
      database.write(id, async ({ db }) => {
        await db.updateTable('workspaces').set({ name }).where('id', '=', id).execute();
        await sql`set local statement_timeout = 300`.execute(db);
        await last.execute(db);
      });
    const results = await Promise.allSettled([write('First'), write('Ended', sleep), write('Last')]);
    expect(results.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
    expect(results[1]).toHaveProperty('reason', expect.any(StatementEndedError));
    const workspace = database.reader.db.selectFrom('workspaces').select('name').where('id', '=', id);
    expect(await workspace.executeTakeFirst()).toEqual({ name: 'Last' });
    expect([await database.problem(), events]).toEqual([null, []]);
  });
});

it('an operation one of whose statements the server ends is answered with 503 and TIMEOUT, and others go on', async () => {
  const world = await openWorld();
  const other = new pg.Client({ connectionString: world.settings.DATABASE_URL });
  await other.connect();
  afterwards(() => other.end());
  await other.query('begin; lock table campaigns in access exclusive mode');
  const asked = Promise.all([
    world.as('admin').ask('{ campaigns { totalCount nodes { uuid } } }'),
    world.rest.ask('/campaigns.json'),
  ]);
  while (await Promise.race([asked.then(() => false), wait(10, true)])) {
    // Within a transaction PostgreSQL keeps showing the same snapshot of the processes. Clear it to see the current ones.
    await other.query('select pg_stat_clear_snapshot()');
    await other.query(`select pg_cancel_backend(pid) from pg_stat_activity
      where datname = current_database() and wait_event_type = 'Lock'`);
  }
  const [graphql, rest] = await asked;
  expect((await fetch(`${world.url}/readyz`)).status).toBe(200);
  await other.query('rollback');
  expect([graphql.status, new Set(graphql.codes), graphql.headers.get('retry-after')]).toEqual([
    503,
    new Set(['TIMEOUT']),
    '5',
  ]);
  expect([rest.status, rest.headers.get('retry-after')]).toEqual([503, '5']);
  expect(rest.json).toEqual({
    detail: 'The database stopped this because it took too long. Ask for less at once.',
  });
  expect((await world.as('admin').ask('{ campaigns { nodes { uuid } } }')).status).toBe(200);
  expect(world.log.filter((line) => line.includes('"level":50'))).toEqual([]);
});
