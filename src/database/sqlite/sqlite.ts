import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import Sqlite from 'better-sqlite3';
import { Kysely, sql } from 'kysely';
import type { Change, Database, OnDatabaseWork, Session, WorkspaceWrite } from '../database.ts';
import { DatabaseError } from '../database.ts';
import { migrate } from '../migrations/migrate.ts';
import { createSession } from '../session.ts';
import { Statements } from '../statements.ts';
import type { Tables, WorkspaceId } from '../tables.ts';
import { tracedStatement, tracedWrite } from '../tracing.ts';
import { BUSY_TIMEOUT, isBusy, whileBusy } from './busy.ts';
import { SqliteConnection } from './connection.ts';
import { SqliteConnectionDialect } from './dialect.ts';
import { createSearchIndexes, searchIndex } from './search-index.ts';
import { WriteQueue } from './writes.ts';

/** Is called with the SQL of each statement that runs. */
export type OnStatement = (statement: string) => void;

/**
 * Opens a SQLite database in a file, which is made if there is none. It is opened twice: writes have a connection of
 * their own, so that a page never waits for a write. `onStatement` hears each statement as it is run, with its values
 * written in. Throws DatabaseError when the file cannot be used.
 */
export function openSqlite(file: string, onStatement?: OnStatement): Database {
  const reading = open(file, onStatement);
  const writer = new SqliteConnection(open(file, onStatement));
  let onWork: OnDatabaseWork = () => {};
  const queue = new WriteQueue(writer, (seconds) => onWork('commit', seconds));

  const reads = new SqliteConnection(reading);
  const statements = new Statements(kyselyOver(reads));
  const reader = sessionOver(reads, statements, (seconds) => onWork('read', seconds));
  const writing = sessionOver(writer, statements);

  // It changes with every commit of another connection, and the connection that reads makes none.
  const dataVersion = reading.prepare<[], number>('pragma data_version').pluck();

  return {
    reader,
    async write(workspace, work) {
      const started = performance.now();
      try {
        return await tracedWrite(() => queue.run(() => writeIn(writing, workspace, work)));
      } finally {
        onWork('write', (performance.now() - started) / 1000);
      }
    },
    administer: (work) => queue.run(() => work(writing)),
    snapshot: (work) => readSnapshot(file, statements, work, onStatement),
    version() {
      try {
        return dataVersion.get() ?? Number.NaN;
      } catch (error) {
        if (isBusy(error)) return Number.NaN;
        throw error;
      }
    },
    measure(listener) {
      onWork = listener;
    },
    waitingWrites: () => queue.waiting,
    migrate: () =>
      queue.run(() =>
        migrate(writing, {
          identity: ['integer', (column) => column.primaryKey().autoIncrement()],
          key: 'text',
          createSearchIndexes,
        }),
      ),
    ping: async () => void (await sql`select 1`.execute(reader.db)),
    async close() {
      await queue.idle();
      reading.close();
      writer.close();
    },
  };
}

/** Runs `work` in the open transaction, and raises the workspace's revision by the number of changes that it records. */
async function writeIn<Result>(
  session: Session,
  workspace: WorkspaceId,
  work: (write: WorkspaceWrite) => Promise<Result>,
): Promise<Result> {
  const changes: Change[] = [];
  const result = await work({ ...session, record: (change) => void changes.push(change) });
  if (changes.length) await raiseRevision(session, workspace, changes.length);
  return result;
}

async function raiseRevision(session: Session, workspace: WorkspaceId, by: number): Promise<void> {
  await session.all('raise revision', { workspace, by }, (db, values) =>
    db
      .updateTable('workspaces')
      .set({ revision: sql`${sql.ref('revision')} + ${values.by}` })
      .where('id', '=', values.workspace)
      .returning('revision'),
  );
}

/** Reads over one state of the file, on a connection that is opened for it. */
async function readSnapshot<Result>(
  file: string,
  statements: Statements,
  work: (session: Session) => Promise<Result>,
  onStatement?: OnStatement,
): Promise<Result> {
  const connection = new SqliteConnection(open(file, onStatement));
  try {
    connection.run('begin');
    // The state is fixed by the first read and not by `begin`.
    await whileBusy(() => connection.run('select count(*) from sqlite_schema'));
    return await work(sessionOver(connection, statements));
  } finally {
    connection.close();
  }
}

/**
 * A session on a connection. Its reads wait while another process keeps the file locked. `onStatement` is told how long
 * each kept statement took that succeeded at once.
 */
export function sessionOver(
  connection: SqliteConnection,
  statements: Statements,
  onStatement: (seconds: number) => void = () => {},
): Session {
  return createSession(kyselyOver(connection), searchIndex, statements, ({ sql: text, parameters }, name) =>
    tracedStatement('sqlite', name, text, async () => {
      try {
        const started = performance.now();
        const rows = connection.all(text, parameters);
        onStatement((performance.now() - started) / 1000);
        return rows;
      } catch (error) {
        if (!isBusy(error)) throw error;
        return whileBusy(() => connection.all(text, parameters));
      }
    }),
  );
}

/** Kysely on a connection, for queries that are built anew. */
export function kyselyOver(connection: SqliteConnection): Kysely<Tables> {
  return new Kysely<Tables>({ dialect: new SqliteConnectionDialect(connection) });
}

function open(file: string, onStatement?: OnStatement): Sqlite.Database {
  try {
    mkdirSync(dirname(file), { recursive: true });
    const connection = new Sqlite(file, {
      timeout: BUSY_TIMEOUT,
      ...(onStatement && { verbose: (statement) => onStatement(String(statement)) }),
    });
    connection.pragma('journal_mode = WAL');
    // An answered write survives a power loss: in WAL mode only FULL syncs the log at every commit.
    connection.pragma('synchronous = FULL');
    connection.pragma('foreign_keys = ON');
    connection.pragma('cache_size = -65536');
    connection.pragma('mmap_size = 268435456');
    // SQLite itself must not wait from here on, because it would stop the event loop: see busy.ts.
    connection.pragma('busy_timeout = 0');
    return connection;
  } catch (error) {
    throw new DatabaseError(`The database file "${file}" cannot be opened: ${reason(error)}.`);
  }
}

/** Why a file cannot be used, in words. */
export function reason(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  if (error instanceof Sqlite.SqliteError && error.code === 'SQLITE_NOTADB') return 'it is not a SQLite database';
  return error.message;
}
