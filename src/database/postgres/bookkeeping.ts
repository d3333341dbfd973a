import type { Kysely } from 'kysely';
import { sql } from 'kysely';
import type { Session } from '../database.ts';
import type { Tables } from '../tables.ts';
import type { StatementRunner } from './connection.ts';
import type { HeartbeatRow } from './heartbeats.ts';

/**
 * A table of the engine itself, beside those of the migrations. A transaction locks a row of it until its end. Row locks work
 * with distributed engines and poolers, unlike the locks of a session. Some rows also have a number.
 */
const TABLE = sql.table('engine_state');

/**
 * `migration` and `administration` are locks. `access` counts the changes of users, memberships and tokens. `heartbeat` regularly
 * gets a new number: see `Heartbeats`.
 */
type Row = 'migration' | 'administration' | 'access' | 'heartbeat';

/** The commands that make the table and its rows where they are missing. */
export const CREATE_BOOKKEEPING = `
  create table if not exists engine_state (name varchar(20) not null primary key, revision bigint not null);
  insert into engine_state (name, revision) values ('migration', 0), ('administration', 0), ('access', 0)
  on conflict (name) do nothing`;

/** The names of the migrations that have run; none when the database has no tables of this program. */
export async function migrationsIn(db: Kysely<Tables>): Promise<string[]> {
  const { rows: tables } = await sql<{ found: boolean }>`
    select to_regclass('kysely_migration') is not null as found`.execute(db);
  if (!tables[0]?.found) return [];
  const { rows } = await sql<{ name: string }>`select name from kysely_migration`.execute(db);
  return rows.map(({ name }) => name);
}

/** Waits for the lock of this name, and holds it to the end of the transaction. */
export async function lock({ db }: Session, name: Exclude<Row, 'access' | 'heartbeat'>): Promise<void> {
  await sql`select revision from ${TABLE} where name = ${name} for update`.execute(db);
}

/** The same work, which also makes cached callers outdated when its transaction is committed. */
export function raisingAccessRevision<Transaction extends Session, Result>(
  work: (transaction: Transaction) => Promise<Result>,
): (transaction: Transaction) => Promise<Result> {
  return async (transaction) => {
    const result = await work(transaction);
    // This is the last statement of the work, because it locks a row for which other such writes wait.
    await sql`update ${TABLE} set revision = revision + 1 where name = 'access'`.execute(transaction.db);
    return result;
  };
}

/** How often users, memberships and tokens have been changed. Returns NaN when the row is missing. */
export async function accessRevision({ db }: Session): Promise<number> {
  const { rows } = await sql<{ revision: number }>`select revision from ${TABLE} where name = 'access'`.execute(db);
  return rows[0]?.revision ?? Number.NaN;
}

/** The heartbeat of a server. It reads as 0 before the first one. */
export function heartbeatRow(server: StatementRunner): HeartbeatRow {
  return {
    async read() {
      const { rows } = await server.run({
        sql: "select revision from engine_state where name = 'heartbeat'",
        parameters: [],
      });
      const [row] = rows as { revision: number }[];
      return row?.revision ?? 0;
    },
    async write(value) {
      await server.run({
        sql: `insert into engine_state (name, revision) values ('heartbeat', $1)
          on conflict (name) do update set revision = excluded.revision`,
        parameters: [value],
      });
    },
  };
}

/** Writes a value that is already there, to find out whether the database can be written to. */
export async function writeNothing({ db }: Session): Promise<void> {
  await sql`update ${TABLE} set revision = revision where name = 'administration'`.execute(db);
}
