import { setTimeout as wait } from 'node:timers/promises';
import { sql } from 'kysely';
import pg from 'pg';
import { describe, expect, it } from 'vitest';
import { ConnectionPool } from '../../../src/database/postgres/pool.ts';
import { clientSettings, statementLimits } from '../../../src/database/postgres/settings.ts';
import { MAX_STATEMENTS } from '../../../src/database/statements.ts';
import type { WorkspaceId } from '../../../src/database/tables.ts';
import { afterwards } from '../../support/afterwards.ts';
import { newPostgresPlace, openAt } from '../../support/engine.ts';

const { address } = await newPostgresPlace('fixture');
const database = openAt({ ...address, connections: 2 });
afterwards(() => database.close());

/** A separate connection. */
const observer = new pg.Client({ connectionString: address.url });
await observer.connect();
afterwards(() => observer.end());

const workspace = 1 as WorkspaceId;

const groupName = (reader: typeof database.reader) =>
  reader.first('name of a group', { workspace, id: 1 }, (db, slots) =>
    db.selectFrom('groups').select('name').where('workspace_id', '=', slots.workspace).where('id', '=', slots.id),
  );

/** The names of the prepared statements on the only connection for reads. */
async function prepared(of: typeof database): Promise<string[]> {
  const { rows } = await sql<{ name: string }>`select name from pg_prepared_statements order by name`.execute(
    of.reader.db,
  );
  return rows.map(({ name }) => name);
}

describe('kept statements', () => {
  it('are prepared once for a connection; those with lists and those that are built anew are not', async () => {
    for (let times = 0; times < 3; times++) await groupName(database.reader);
    for (const ids of [[1], [1, 2], [1, 2, 3]]) {
      await database.reader.all('groups of a list', { workspace, ids }, (db, slots) =>
        db.selectFrom('groups').select('name').where('workspace_id', '=', slots.workspace).where('id', 'in', slots.ids),
      );
    }
    expect(await prepared(database)).toEqual(['campaigns_1']);
  });

  it('are not prepared behind a pooler, and give the same', async () => {
    const pooled = openAt({ ...address, connections: 2, pooler: true });
    afterwards(() => pooled.close());
    expect(await groupName(pooled.reader)).toEqual(await groupName(database.reader));
    expect(await prepared(pooled)).toEqual([]);
  });
});

it('no connection keeps more statements prepared than the bound, and new statements are prepared however many have come', async () => {
  const filled = openAt({ ...address, connections: 2 });
  afterwards(() => filled.close());
  const numbered = (number: number) =>
    filled.reader.first(`number ${number}`, { workspace }, (db, slots) =>
      db
        .selectFrom('workspaces')
        .select(sql<number>`${sql.lit(number)}::int`.as('number'))
        .where('id', '=', slots.workspace),
    );
  let most = 0;
  for (let number = 0; number < 2 * MAX_STATEMENTS + 20; number++) {
    // This one is used all the time.
    if (number % 100 === 0) {
      await groupName(filled.reader);
      most = Math.max(most, (await prepared(filled)).length);
    }
    expect(await numbered(number)).toEqual({ number });
  }
  expect(most).toBeGreaterThan(MAX_STATEMENTS / 2);
  expect(most).toBeLessThanOrEqual(MAX_STATEMENTS);
  await groupName(filled.reader);
  const names = await prepared(filled);
  expect(names.length).toBeLessThan(100);
  expect(names).toEqual(expect.arrayContaining(['campaigns_1', `campaigns_${2 * MAX_STATEMENTS + 21}`]));
  // Its name was dropped, and it has another one now.
  expect(await numbered(0)).toEqual({ number: 0 });
});

describe('whole numbers of 64 bits', () => {
  const numberOf = async (text: string) => {
    const { rows } = await sql<{ number: number }>`select ${sql.raw(text)}::bigint as number`.execute(
      database.reader.db,
    );
    return rows[0]?.number;
  };

  it('are numbers', async () => {
    expect(await numberOf('9007199254740991')).toBe(Number.MAX_SAFE_INTEGER);
  });

  it('are refused when a number cannot hold them, and the connection goes on', async () => {
    await expect(numberOf('9007199254740993')).rejects.toThrow('9007199254740993, which is too great');
    expect(await numberOf('-1')).toBe(-1);
  });
});

describe('a statement whose request ends', () => {
  const sleeping = async () => {
    const { rows } = await observer.query<{ count: string }>(
      "select count(*) from pg_stat_activity where query like 'select pg_sleep%' and state = 'active'",
    );
    return Number(rows[0]?.count);
  };

  it('is ended in the server too, and rejects with the reason', async () => {
    const request = new AbortController();
    const slow = database
      .forRequest(1 as WorkspaceId, request.signal)
      .reader.all('sleep', {}, (db) => db.selectNoFrom(sql<string>`pg_sleep(30)`.as('slept')));
    const ended = slow.catch((error: unknown) => error);
    while ((await sleeping()) === 0) await wait(10);
    const started = performance.now();
    request.abort(new Error('the caller has gone'));
    expect(await ended).toEqual(new Error('the caller has gone'));
    expect(performance.now() - started).toBeLessThan(500);
    while ((await sleeping()) > 0) await wait(10);
    expect(performance.now() - started).toBeLessThan(2_000);
    expect(await groupName(database.reader)).toBeDefined();
  });

  it('does not begin when the request has ended already', async () => {
    await expect(
      groupName(database.forRequest(1 as WorkspaceId, AbortSignal.abort(new Error('too late'))).reader),
    ).rejects.toThrow('too late');
  });
});

describe('a transaction that the server refuses to begin', () => {
  it('runs none of its writes on their own', async () => {
    const pool = new ConnectionPool(
      { ...clientSettings(address), pipeline: true },
      1,
      null,
      statementLimits(address),
      () => {},
    );
    afterwards(() => pool.close());
    const written = pool.transaction('begin nonsense', async (connection) => {
      await Promise.all([
        connection.run({ sql: 'create table on_its_own (id int)', parameters: [] }),
        connection.command('create table on_its_own_too (id int)'),
      ]);
    });
    await expect(written).rejects.toThrow('syntax error');
    const { rows } = await observer.query("select to_regclass('on_its_own') a, to_regclass('on_its_own_too') b");
    expect(rows).toEqual([{ a: null, b: null }]);
    expect(await pool.run({ sql: 'select 1 as one', parameters: [] })).toMatchObject({ rows: [{ one: 1 }] });
  });
});

it('texts are sorted by their code points, and not by UTF-16 or by a language', async () => {
  const names = ['z', 'Z', 'é', '\u{FF5E}', '\u{1F600}', 'a', 'ä', '_'];
  const { rows } = await sql<{ key: string }>`
    select key from (values ${sql.join(names.map((name) => sql`(${name})`))}) as names (key)
    order by key collate "C"`.execute(database.reader.db);
  const codePoints = names.toSorted((a, b) => (a.codePointAt(0) ?? 0) - (b.codePointAt(0) ?? 0));
  expect(rows.map(({ key }) => key)).toEqual(codePoints);
});

// A rejection that nobody handles would end a server that stops while its database fails over. Vitest fails for it.
it('a transaction that the server refuses as read-only while its pool is closed is refused alone', async () => {
  const pool = new ConnectionPool(clientSettings(address), 1, null, statementLimits(address), () => {});
  let closing: Promise<void> | undefined;
  const refused = pool.transaction('begin read only', async (connection) => {
    closing = pool.close();
    await connection.run({ sql: 'create table refused (id int)', parameters: [] });
  });
  await expect(refused).rejects.toThrow('read-only transaction');
  await closing;
});
