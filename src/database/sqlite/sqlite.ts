import { dirname } from 'node:path';
import type { DataAccess, Database, Session } from '../database.ts';
import { DatabaseError } from '../errors.ts';
import { migrate, NoTablesError } from '../migrations/migrate.ts';
import type { EngineTypes } from '../migrations/migration.ts';
import { LOOK_INTERVAL } from '../outage.ts';
import { paused } from '../../waiting/paused.ts';
import { createSession } from '../session.ts';
import { Statements } from '../statements.ts';
import { tracedStatement, tracedWrite } from '../tracing.ts';
import { WorkTimes } from '../work-times.ts';
import { BUSY_TIMEOUT, isBusy, whileBusy } from './busy.ts';
import type { SqliteConnection } from './connection.ts';
import { checkWritable, makeFolder, makePrivateFile } from './database-folder.ts';
import { kyselyOver } from './dialect.ts';
import { reasonOf } from './faults.ts';
import { find, REMOVED, REPLACED } from './file-watch.ts';
import { migrationsRun } from './migrations-run.ts';
import type { OnStatement } from './open-connection.ts';
import { openConnection } from './open-connection.ts';
import { rememberedRows } from './remembered-rows.ts';
import { createSearchIndexes, endAutomaticMerges, searchIndex } from './search-index.ts';
import { Storage } from './storage.ts';
import { SqliteTransaction } from './transaction.ts';
import { AccessVersion, DataVersion, raiseAccessVersion } from './version.ts';
import { WriteQueue } from './writes.ts';

const TYPES: EngineTypes = {
  identity: ['integer', (column) => column.primaryKey().autoIncrement()],
  rowId: ['integer', (column) => column.primaryKey().autoIncrement()],
  key: 'text',
  distributed: false,
  createSearchIndexes,
  endAutomaticMerges,
};

/**
 * Opens a SQLite database in a file, which is created if there is none. It is opened twice: writes have a connection of
 * their own, so that a read never waits for a write. `onStatement` is called with each statement that runs, with its values
 * written into the text. Throws DatabaseError when the file cannot be used.
 */
export function openSqlite(file: string, onStatement?: OnStatement): Database {
  const storage = open(file, onStatement);
  const times = new WorkTimes();
  const statements = new Statements(kyselyOver(storage.reader));
  const version = new DataVersion(storage.reader);
  const accessVersion = new AccessVersion(storage.reader, version);
  const reader: Session = {
    ...sessionOver(storage.reader, statements, times.of('read')),
    remembered: rememberedRows(version),
  };
  const writing = sessionOver(storage.writer, statements);
  const onCommit = times.of('commit');
  const queue = new WriteQueue(
    storage,
    () => new SqliteTransaction(writing),
    (seconds) => {
      version.forget();
      onCommit(seconds);
    },
  );

  /** The same work, which also makes cached callers outdated when its transaction is committed. */
  const raisingVersion =
    <Given, Result>(work: (given: Given) => Promise<Result>) =>
    async (given: Given): Promise<Result> => {
      const result = await work(given);
      raiseAccessVersion(storage.writer);
      return result;
    };

  const write: Database['write'] = (workspace, work, options = {}) => {
    const wholeWork = options.changesAccess ? raisingVersion(work) : work;
    return times.ofWrite(() =>
      tracedWrite(() => queue.run(workspace, (transaction) => transaction.write(workspace, wholeWork), options)),
    );
  };
  const access: DataAccess = { reader, write };
  const executed = () => migrationsRun((text) => storage.writer.all(text));

  return {
    reader,
    // A SQLite statement cannot be ended. Statements that take long run in processes of their own, which can be ended.
    forRequest: () => access,
    write,
    // `afterLoad` does nothing, because SQLite's autoincrement counter rises with explicit ids.
    administer: (work, { changesAccess = true, brief = false } = {}) => {
      const wholeWork = changesAccess ? raisingVersion(work) : work;
      return queue.run('server', () => wholeWork({ ...writing, afterLoad: async () => {} }), { long: !brief });
    },
    snapshot: (work) => readSnapshot(storage, statements, work),
    version: () => accessVersion.current(),
    dataVersion: () => version.current(),
    measure: (listener) => times.listen(listener),
    replica: () => null,
    waitingWrites: () => queue.waiting,
    migrations: async () => executed(),
    migrate: ({ existing = false } = {}) =>
      queue.run(
        'server',
        raisingVersion(async () => {
          if (existing && executed().length === 0) throw new NoTablesError();
          return migrate(writing, TYPES);
        }),
        { long: true },
      ),
    problem: async () => storage.problem(),
    watch(listener) {
      storage.outage.listen(listener);
      const stopped = new AbortController();
      void lookAfter(storage, queue, stopped.signal);
      return () => stopped.abort();
    },
    async close() {
      await queue.idle();
      await storage.close();
    },
  };
}

/** Notices an outage, and ends it when reading and writing work again. */
async function lookAfter(storage: Storage, queue: WriteQueue<SqliteTransaction>, stopped: AbortSignal): Promise<void> {
  while (await paused(LOOK_INTERVAL, stopped)) {
    const problem = storage.problem();
    if (problem !== null) storage.outage.fault(problem);
    if (!storage.outage.underWay) continue;
    storage.reopenReaders();
    try {
      await queue.run('server', async () => storage.writeNothing());
      if (storage.problem() === null) storage.outage.works();
    } catch {
      // The outage goes on. A fault was already reported to it.
    }
  }
}

/** Reads over one state of the file, on a connection that is opened for it. */
async function readSnapshot<Result>(
  storage: Storage,
  statements: Statements,
  work: (session: Session) => Promise<Result>,
): Promise<Result> {
  const connection = await whileBusy(() => storage.connect());
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
 * A session on a connection. Its reads wait while another process keeps the file locked. `onStatement` is called with the seconds
 * that each kept statement took, unless the statement had to wait for a lock or failed.
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

/** Throws DatabaseError when the file can be neither opened for writes nor created. Creates nothing. */
export function checkSqliteFile(file: string): void {
  try {
    checkWritable(file);
  } catch (error) {
    throw cannotBeOpened(file, error);
  }
}

/** Throws DatabaseError when the file is no longer the one with this inode number. */
export function checkSameFile(file: string, inode: number | undefined): void {
  const found = find(file);
  if (found?.ino !== inode) throw cannotBeOpened(file, new Error(found ? REPLACED : REMOVED));
}

function open(file: string, onStatement: OnStatement | undefined): Storage {
  try {
    checkWritable(file);
    makeFolder(dirname(file));
    makePrivateFile(file);
    // The first connection may make the file, and may wait for another process that does.
    const first = openConnection(file, { create: true, wait: BUSY_TIMEOUT });
    try {
      return new Storage(file, onStatement);
    } finally {
      first.close();
    }
  } catch (error) {
    throw cannotBeOpened(file, error);
  }
}

function cannotBeOpened(file: string, error: unknown): DatabaseError {
  return new DatabaseError(`The database file "${file}" cannot be opened: ${reasonOf(error)}.`);
}
