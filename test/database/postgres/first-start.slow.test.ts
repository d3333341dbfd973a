import { sql } from 'kysely';
import pg from 'pg';
import { expect, it } from 'vitest';
import { DatabaseUnavailableError } from '../../../src/database/errors.ts';
import type { WorkspaceId } from '../../../src/database/tables.ts';
import { afterwards } from '../../support/afterwards.ts';
import { clientFor } from '../../support/client.ts';
import { newPostgresPlace, openAt } from '../../support/engine.ts';
import { execute } from '../../support/postgres-templates.ts';
import { campaigns, serve } from '../../support/program.ts';
import { startProxy } from '../../support/tcp-proxy.ts';
import { serveWorkers } from '../../support/workers.ts';

const WORKSPACE = 1 as WorkspaceId;

it('several processes that start at once on a new database all serve, and it is migrated once', async () => {
  const { settings } = await newPostgresPlace('nothing');
  const migrating = Array.from({ length: 3 }, () => campaigns(['migrate'], settings));
  const serving = Array.from({ length: 2 }, () => serve({ ...settings, PORT: '0' }));
  const [migrated, servers] = await Promise.all([Promise.all(migrating), Promise.all(serving)]);
  expect(migrated.map(({ code, stderr }) => [code, stderr])).toEqual(migrating.map(() => [0, '']));
  // Each process reports the migrations that it has run. No migration is run twice.
  const ran = migrated.flatMap(({ stdout }) => stdout.match(/\d{4}-[\w-]+/g) ?? []);
  expect(new Set(ran).size).toBe(ran.length);
  for (const { url } of servers) {
    expect((await fetch(`${url}/readyz`)).status).toBe(200);
    expect((await clientFor(url, null).ask('{ viewer { role } }')).codes).toEqual(['UNAUTHENTICATED']);
  }
  expect(await Promise.all(servers.map((server) => server.stop()))).toEqual([0, 0]);
});

it('workers answer 503 until the primary has migrated a database that was away at the start', async () => {
  const { address } = await newPostgresPlace('nothing');
  const proxy = await startProxy(Number(new URL(address.url).port || 5432));
  afterwards(() => proxy.close());
  proxy.judge = () => 'cut before';
  const url = new URL(address.url);
  url.hostname = '127.0.0.1';
  url.port = String(proxy.port);
  const program = await serveWorkers({ DATABASE_URL: url.href });

  // The primary waits for this lock when it migrates.
  const other = new pg.Client({ connectionString: address.url });
  await other.connect();
  await other.query('create table engine_state (name varchar(20) not null primary key, revision bigint not null)');
  await other.query("insert into engine_state values ('migration', 0)");
  await other.query('begin');
  await other.query("select 1 from engine_state where name = 'migration' for update");
  proxy.judge = () => 'pass';
  const readiness = async () => (await (await fetch(`${program.url}/readyz`)).json()) as { readonly status: string };
  await expect.poll(readiness).toEqual({ status: 'it has not been migrated yet' });
  const { status, codes, errors } = await clientFor(program.url, 'admin').ask('{ viewer { role } }');
  expect([status, codes]).toEqual([503, ['STORAGE_UNAVAILABLE']]);
  expect(errors[0]?.message).toContain('it has not been migrated yet');

  await other.query('rollback');
  await other.end();
  await expect.poll(readiness).toEqual({ status: 'ready' });
  expect((await clientFor(program.url, 'admin').ask('{ viewer { role } }')).codes).toEqual(['UNAUTHENTICATED']);
  expect(await program.stop()).toBe(0);
});

it('says of a missing table or column that migrations are missing only when they are', async () => {
  const { address } = await newPostgresPlace('fixture');
  const database = openAt(address);
  afterwards(() => database.close());
  const attempts = [
    () => sql`select nothing from campaigns`.execute(database.reader.db),
    () => database.write(WORKSPACE, ({ db }) => sql`select nothing from campaigns`.execute(db)),
    () => database.administer(({ db }) => sql`select 1 from nothing`.execute(db)),
    () => database.snapshot(({ db }) => sql`select 1 from nothing`.execute(db)),
  ];
  for (const attempt of attempts) await expect(attempt()).rejects.toBeInstanceOf(pg.DatabaseError);
  // As in a database that an older release has left.
  await execute(address.url, "delete from kysely_migration where name = '0016-search-merges'");
  for (const attempt of attempts) await expect(attempt()).rejects.toBeInstanceOf(DatabaseUnavailableError);
});
