import { Kysely, sql } from 'kysely';
import pg from 'pg';
import type { Administration, Database, OnDatabaseWork, Session, WorkspaceWrite } from '../database.ts';
import { DatabaseError, DatabaseUnavailableError, STATEMENTS_AT_A_TIME } from '../database.ts';
import { nextLook } from '../look-interval.ts';
import { migrate, NoTablesError, schemaProblem } from '../migrations/migrate.ts';
import type { EngineTypes } from '../migrations/migration.ts';
import { Outage } from '../outage.ts';
import { createSession } from '../session.ts';
import { Statements } from '../statements.ts';
import type { Tables } from '../tables.ts';
import { tracedStatement } from '../tracing.ts';
import { AccessVersion } from './access-version.ts';
import {
  accessRevision,
  CREATE_BOOKKEEPING,
  lock,
  migrationsIn,
  raiseAccessRevision,
  writeNothing,
} from './bookkeeping.ts';
import type { StatementRunner } from './connection.ts';
import { PostgresConnection, StatementNames } from './connection.ts';
import { PostgresRunnerDialect } from './dialect.ts';
import { explained, faultOf, isMisconfigured, LOCK_TIMEOUT } from './faults.ts';
import { fewAtATime } from './few-at-a-time.ts';
import { ConnectionPool } from './pool.ts';
import { createSearchIndex, ensureSearchIndexes, lacksSearchIndexes } from './search-index.ts';
import type { PostgresAddress } from './address.ts';
import { RowClient } from './row-client.ts';
import { clientSettings } from './settings.ts';
import { WriteTurns } from './write-turns.ts';
import { WorkspaceWrites } from './writes.ts';

/** Begins a transaction that may take any time, but waits only LOCK_TIMEOUT ms for a lock. */
const BEGIN_ADMINISTRATION = `begin isolation level read committed;
  set local statement_timeout = 0; set local lock_timeout = ${LOCK_TIMEOUT}`;
const BEGIN_MIGRATION = 'begin isolation level read committed; set local statement_timeout = 0';
const BEGIN_SNAPSHOT = 'begin isolation level repeatable read read only; set local statement_timeout = 0';

const TYPES: EngineTypes = {
  identity: ['bigint', (column) => column.generatedByDefaultAsIdentity().primaryKey()],
  rowId: ['bigint', (column) => column.generatedByDefaultAsIdentity().notNull()],
  // The same order of texts as in SQLite, whatever the locale of the server.
  key: sql`text collate "C"`,
  distributed: true,
  // They are made after the migrations, or at a later start, because the extensions may be installed later.
  createSearchIndexes: async () => {},
};

const NOT_MIGRATED = 'it has not been migrated yet';

/** The tables whose sequences are advanced after a load. Loads insert no ids into memberships. */
const NUMBERED = ['workspaces', 'users', 'api_tokens', 'groups', 'campaigns'] as const;

/** Is called with each statement that runs, and its values. */
export type OnPostgresStatement = (statement: string, parameters: readonly unknown[]) => void;

/**
 * Opens a PostgreSQL database. Connections are made when they are needed, so that this succeeds also when the server is not
 * there yet. Reads and writes have connections of their own, so that a read never waits for a write.
 */
export function openPostgres(address: PostgresAddress, onStatement?: OnPostgresStatement): Database {
  const outage = new Outage();
  const settings = clientSettings(address);
  // Behind a pooler no names are used: the next transaction may get another connection to the server, which does not know them.
  const names = address.pooler ? null : new StatementNames();
  const half = Math.max(1, Math.floor(address.connections / 2));
  const open = (more: pg.ClientConfig = {}) =>
    new ConnectionPool({ ...settings, ...more }, half, names, (reason) => outage.fault(reason));
  // Pipelining: the statements of a write that do not depend on each other are sent at once, and the server runs them in order.
  const [reads, writes] = [open(), open({ pipeline: true })];
  let onWork: OnDatabaseWork = () => {};
  /** `unusable` is why nothing may be written, as far as is known. `unmigrated`: there are no tables to read from yet. */
  let unusable: string | null = null;
  let unmigrated = false;

  const statements = new Statements(kyselyOver(reads));
  const searchIndex = createSearchIndex();
  const heard = (runner: StatementRunner) => (onStatement ? hearing(runner, onStatement) : runner);
  const sessionOver = (
    runner: StatementRunner,
    onRead: (seconds: number) => void = () => {},
    db = kyselyOver(runner),
  ) =>
    createSession(db, searchIndex, statements, ({ sql: text, parameters, kept }, name) =>
      tracedStatement('postgresql', name, text, async () => {
        const started = performance.now();
        const { rows } = await runner.run({ sql: text, parameters, kept });
        onRead((performance.now() - started) / 1000);
        return rows;
      }),
    );
  const onRead = (seconds: number) => onWork('read', seconds);
  const reading = (signal?: AbortSignal): StatementRunner =>
    heard({
      run: (statement) =>
        rejecting(() => {
          if (unmigrated) throw new DatabaseUnavailableError(NOT_MIGRATED);
          return reads.run(statement, signal);
        }),
    });
  const reader = sessionOver(reading(), onRead);
  const turns = new WriteTurns<unknown>(half);
  const version = new AccessVersion(() => accessRevision(reader));
  const workspaceWrites = new WorkspaceWrites({
    pool: writes,
    turns,
    sessionOn: (connection) => sessionOver(heard(connection)),
    onCommit: (seconds) => onWork('commit', seconds),
  });

  const checkUsable = () => {
    if (unmigrated) throw new DatabaseUnavailableError(NOT_MIGRATED);
    if (unusable !== null) throw new DatabaseUnavailableError(unusable);
  };
  const problem = async (): Promise<string | null> => {
    try {
      const { rows } = await sql<{ name: string }>`select name from kysely_migration`.execute(reader.db);
      return (unusable = schemaProblem(rows.map(({ name }) => name)));
    } catch (error) {
      return error instanceof DatabaseUnavailableError ? error.reason : 'the database does not answer';
    }
  };

  const write: Database['write'] = async (workspace, work, options = {}) => {
    const started = performance.now();
    try {
      checkUsable();
      if (!options.changesAccess) return await workspaceWrites.run(workspace, work, options);
      const changing = async (transaction: WorkspaceWrite) => {
        const done = await work(transaction);
        // This is the last statement of the work, because it locks a row for which other such writes wait.
        await raiseAccessRevision(transaction);
        return done;
      };
      const result = await workspaceWrites.run(workspace, changing, { long: true });
      version.forget();
      return result;
    } finally {
      onWork('write', (performance.now() - started) / 1000);
    }
  };

  const migrateAlone = async (): Promise<string[]> => {
    await createBookkeeping(writes);
    return writes.transaction(BEGIN_MIGRATION, async (connection) => {
      const session = sessionOver(heard(connection));
      await lock(session, 'migration');
      const ran = await migrate(session, TYPES);
      await ensureSearchIndexes(session.db);
      return ran;
    });
  };

  return {
    reader,
    forRequest: (_workspace, signal) => ({
      reader: sessionOver(fewAtATime(reading(signal), STATEMENTS_AT_A_TIME), onRead, reader.db),
      write,
    }),
    write,
    administer: (work, { changesAccess = true } = {}) =>
      turns.run('administration', () =>
        rejecting(async () => {
          const result = await writes.transaction(BEGIN_ADMINISTRATION, async (connection) => {
            const session = administrationOf(sessionOver(heard(connection)));
            await lock(session, 'administration');
            const done = await work(session);
            if (changesAccess) await raiseAccessRevision(session);
            return done;
          });
          if (changesAccess) version.forget();
          return result;
        }),
      ),
    snapshot: (work) => rejecting(() => readSnapshot(settings, (connection) => work(sessionOver(heard(connection))))),
    version: () => version.current(),
    dataVersion: () => Number.NaN,
    measure(listener) {
      onWork = listener;
    },
    replica: () => null,
    waitingWrites: () => workspaceWrites.waiting,
    async migrate({ existing = false } = {}) {
      try {
        const db = kyselyOver(writes);
        const executed = await migrationsIn(db);
        if (existing && executed === null) throw new NoTablesError();
        // A database that is up to date is only read, so that the program also starts on a standby or as a user with few rights.
        const migrated = executed && (await isUpToDate(db, executed)) ? [] : await migrateAlone();
        unmigrated = false;
        unusable = null;
        return migrated;
      } catch (error) {
        unmigrated = true;
        throw explained(migrationError(error));
      }
    },
    problem,
    watch(listener) {
      outage.listen(listener);
      const stopped = new AbortController();
      const tryWriting = () =>
        writes.transaction(BEGIN_ADMINISTRATION, (connection) => writeNothing(sessionOver(connection)));
      void lookAfter(outage, problem, tryWriting, stopped.signal);
      return () => stopped.abort();
    },
    async close() {
      await turns.idle();
      await Promise.all([reads.close(), writes.close()]);
    },
  };
}

/** A runner that tells `onStatement` of each statement. */
function hearing(runner: StatementRunner, onStatement: OnPostgresStatement): StatementRunner {
  return {
    run(statement) {
      onStatement(statement.sql, statement.parameters);
      return runner.run(statement);
    },
    ...(runner.stream && { stream: runner.stream.bind(runner) }),
  };
}

function kyselyOver(runner: StatementRunner): Kysely<Tables> {
  return new Kysely<Tables>({ dialect: new PostgresRunnerDialect(runner) });
}

/** Runs `work`. Rejects with the error that callers get: see `explained`. */
async function rejecting<Result>(work: () => Promise<Result>): Promise<Result> {
  try {
    return await work();
  } catch (error) {
    throw explained(error);
  }
}

/** The error of a migration. A fault that a person must correct becomes a DatabaseError, because it is not an outage. */
function migrationError(error: unknown): unknown {
  return isMisconfigured(error)
    ? new DatabaseError(`The database cannot be used: ${faultOf(error)}. Check DATABASE_URL.`)
    : error;
}

function administrationOf(session: Session): Administration {
  return {
    ...session,
    async afterLoad() {
      for (const table of NUMBERED) {
        const sequence = sql.lit(`${table}_id_seq`);
        await sql`
          select setval(${sequence}, greatest(max(id), (select last_value from ${sql.table(`${table}_id_seq`)})))
          from ${sql.table(table)} having max(id) is not null`.execute(session.db);
      }
      // By itself the server would update its row counts only after about a minute. Until then its planner would assume empty
      // tables, and would choose to read them row by row.
      for (const table of [...NUMBERED, 'memberships', 'list_counts']) {
        await sql`analyze ${sql.table(table)}`.execute(session.db);
      }
    },
  };
}

/** Whether all migrations have run and no others, and the feed has its epoch. */
async function isUpToDate(db: Kysely<Tables>, executed: readonly string[]): Promise<boolean> {
  if (schemaProblem(executed) !== null || (await lacksSearchIndexes(db))) return false;
  const { rows: epochs } = await sql`select id from feed`.execute(db);
  return epochs.length > 0;
}

/**
 * Creates the engine's own table. When another process creates it at the same time, PostgreSQL reports for example a violated key,
 * so that this is tried again.
 */
async function createBookkeeping(pool: ConnectionPool): Promise<void> {
  for (let tries = 1; ; tries++) {
    try {
      await pool.transaction('begin', (connection) => connection.command(CREATE_BOOKKEEPING));
      return;
    } catch (error) {
      const isRace = error instanceof pg.DatabaseError && /^(23505|42P07|40001|XX000)$/.test(error.code ?? '');
      if (!isRace || tries === 10) throw error;
    }
  }
}

/** Reads over one state of the database, on a connection that is opened for it. */
async function readSnapshot<Result>(
  settings: pg.ClientConfig,
  work: (connection: PostgresConnection) => Promise<Result>,
): Promise<Result> {
  const client = new RowClient(settings);
  client.on('error', () => {});
  await client.connect();
  try {
    const connection = new PostgresConnection(client, null);
    await connection.command(BEGIN_SNAPSHOT);
    return await work(connection);
  } finally {
    await client.end();
  }
}

/** Notices an outage, and ends it when reading and writing work again. */
async function lookAfter(
  outage: Outage,
  problem: () => Promise<string | null>,
  tryWriting: () => Promise<void>,
  stopped: AbortSignal,
): Promise<void> {
  while (await nextLook(stopped)) {
    const found = await problem();
    if (found !== null) outage.fault(found);
    if (!outage.underWay || found !== null) continue;
    try {
      await tryWriting();
      outage.works();
    } catch (error) {
      // The outage goes on.
      outage.fault(faultOf(error) ?? 'the database cannot be written to');
    }
  }
}
