import { sql } from 'kysely';
import type { Administration, AdministerOptions, Session } from '../database.ts';
import { lock, writeNothing } from './bookkeeping.ts';
import { LOCK_TIMEOUT } from './faults.ts';
import type { ConnectionPool } from './pool.ts';
import type { SessionOver } from './sessions.ts';
import { ANY_TIME } from './settings.ts';

/** Begins a transaction that waits only LOCK_TIMEOUT ms for a lock. */
const BEGIN = `begin isolation level read committed; set local lock_timeout = ${LOCK_TIMEOUT}`;

/** Begins a brief one. */
const beginBrief = ({ limits }: ConnectionPool) => `${BEGIN}; set local statement_timeout = ${limits.server}`;

/** The tables into which loads insert ids. The others with ids get theirs from their sequences, also in a load. */
const LOADED_WITH_IDS = ['workspaces', 'users', 'groups', 'campaigns'] as const;

/** Runs `work` in the only transaction of its kind: see `Database.administer`. */
export function administer<Result>(
  pool: ConnectionPool,
  sessionOver: SessionOver,
  work: (administration: Administration) => Promise<Result>,
  { brief = false }: AdministerOptions,
): Promise<Result> {
  return pool.transaction(
    brief ? beginBrief(pool) : `${BEGIN}; ${ANY_TIME}`,
    async (connection) => {
      const session = sessionOver(connection);
      await lock(session, 'administration');
      return work({ ...session, afterLoad: () => afterLoad(session) });
    },
    { long: !brief },
  );
}

/** Finds out whether the database can be written to. Rejects when it cannot. */
export function tryWriting(pool: ConnectionPool, sessionOver: SessionOver): Promise<void> {
  return pool.transaction(beginBrief(pool), (connection) => writeNothing(sessionOver(connection)));
}

async function afterLoad({ db }: Session): Promise<void> {
  for (const table of LOADED_WITH_IDS) {
    const sequence = sql.lit(`${table}_id_seq`);
    await sql`
      select setval(${sequence}, greatest(max(id), (select last_value from ${sql.table(`${table}_id_seq`)})))
      from ${sql.table(table)} having max(id) is not null`.execute(db);
  }
  // By itself the server would update its row counts only after about a minute. Until then its planner would assume empty
  // tables, and would choose to read them row by row.
  for (const table of [...LOADED_WITH_IDS, 'memberships', 'api_tokens', 'list_counts']) {
    await sql`analyze ${sql.table(table)}`.execute(db);
  }
}
