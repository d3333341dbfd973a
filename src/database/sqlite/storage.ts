import { statfsSync } from 'node:fs';
import { DatabaseUnavailableError } from '../errors.ts';
import { schemaProblem } from '../migrations/migrate.ts';
import { isBusy } from './busy.ts';
import type { SqliteHandle } from './connection.ts';
import { SqliteConnection } from './connection.ts';
import { DISK_FULL, faultOf } from './faults.ts';
import type { Loss } from './file-watch.ts';
import { FileWatch } from './file-watch.ts';
import type { OnStatement } from './open-connection.ts';
import { LargeLog } from './large-log.ts';
import { LARGE_LOG, openConnection, openUncached } from './open-connection.ts';
import { Outage } from '../outage.ts';

/** The minimum time, in ms, between two attempts to reopen a connection that has met a fault. */
const REOPEN_INTERVAL = 1_000;

/** What one transaction may add to the log and to the database, in bytes. Only `load` and a migration may add more. */
const LARGEST_TRANSACTION = 32 * 1024 * 1024;

/**
 * The connections to one file, and whether the file is there. A connection that has met a fault is reopened. When only the
 * log is lost, its commits are written into the database from the descriptor that is still open.
 */
export class Storage {
  readonly reader: SqliteConnection;
  readonly writer: SqliteConnection;
  readonly outage = new Outage();
  readonly #file: string;
  readonly #onStatement: OnStatement | undefined;
  readonly #watch: FileWatch;
  readonly #largeLog: LargeLog;
  /** Connections that have met a fault, and when reopening last failed; -Infinity before the first attempt. */
  readonly #faulty = new Map<SqliteConnection, number>();
  #uncached: SqliteConnection | null = null;
  /** Whether something was missing at the last look at all files. */
  #lossSeen = false;
  /** Why this release must not write, as far as is known. */
  #schemaProblem: string | null = null;

  /** The file must exist. Throws SqliteError. */
  constructor(file: string, onStatement: OnStatement | undefined) {
    this.#file = file;
    this.#onStatement = onStatement;
    this.reader = this.#connect(() => openConnection(file, { onStatement }));
    this.writer = this.#connect(() => openConnection(file, { onStatement }));
    this.#largeLog = new LargeLog(file, this.writer);
    this.#watch = new FileWatch(file, {
      database: () => this.#committedSize(),
      log: () => this.#bytesInLog(),
    });
  }

  /** Call it before a transaction begins. Throws DatabaseUnavailableError when a commit would be lost. */
  checkBeforeWrite(): void {
    this.#reopenIfFaulty(this.writer);
    // The log's index is checked only once a second, by `problem`, which saves each write a system call.
    const loss = this.#lossSeen ? this.#watch.lossOfAny() : this.#watch.loss();
    if (loss) this.#saveOrThrow(loss);
    if (this.#schemaProblem !== null) throw new DatabaseUnavailableError(this.#schemaProblem);
    if (this.#watch.sizes.log <= LARGE_LOG) return;
    this.#checkRoomForLog();
    this.#largeLog.empty();
  }

  /**
   * Call it after a commit, before the caller gets the result. Throws DatabaseUnavailableError when the commit went into a file
   * that is gone. If somebody has only moved the files away and moves them back later, the commit comes back with them.
   */
  checkAfterCommit(): void {
    const loss = this.#watch.loss();
    if (loss) this.#saveOrThrow(loss);
  }

  /** Opens another connection to the file, which its caller closes. Throws DatabaseUnavailableError. */
  connect(): SqliteConnection {
    const loss = this.#watch.loss();
    if (loss) throw this.#unavailable(loss.reason);
    try {
      const open = () => openConnection(this.#file, { onStatement: this.#onStatement });
      return new SqliteConnection(open, (reason) => this.outage.fault(reason));
    } catch (error) {
      const fault = faultOf(error);
      throw fault === null ? error : this.#unavailable(fault);
    }
  }

  /** See `Database.problem`. */
  problem(): string | null {
    const loss = this.#watch.lossOfAny();
    this.#lossSeen = loss !== null;
    if (loss) return loss.reason;
    try {
      this.#uncached ??= this.#connect(() => openUncached(this.#file));
      const rows = this.#uncached.all<{ name: string }>('select name from kysely_migration');
      return (this.#schemaProblem = schemaProblem(rows.map(({ name }) => name)));
    } catch (error) {
      // Another process opens or closes the file just now.
      if (isBusy(error)) return null;
      if (error instanceof DatabaseUnavailableError) return error.reason;
      return faultOf(error) ?? 'the database does not answer';
    }
  }

  /** Writes a value that is already there. Fails when the disk cannot take a write. Run it in a transaction. */
  writeNothing(): void {
    const version = this.writer.all<{ user_version: number }>('pragma user_version')[0]?.user_version ?? 0;
    this.writer.run(`pragma user_version = ${version}`);
  }

  /** Reopens the connections for reads that have met a fault. */
  reopenReaders(): void {
    this.#reopenIfFaulty(this.reader);
    if (this.#uncached) this.#reopenIfFaulty(this.#uncached);
  }

  /**
   * Leaves all commits in the database file, unless the disk is full or somebody reads an old state. Whoever copies this file alone
   * then has them, also while other processes keep the log in use.
   */
  async close(): Promise<void> {
    await this.#largeLog.close();
    try {
      if (this.writer.open) this.#emptyLog();
    } catch {
      // The commits stay in the log, and the next start finds them there.
    }
    for (const connection of this.#connections()) connection.close();
  }

  /** In the order in which they are closed: SQLite removes the log when the last one is closed, if this one may write. */
  #connections(): SqliteConnection[] {
    return [...(this.#uncached ? [this.#uncached] : []), this.reader, this.writer];
  }

  #connect(open: () => SqliteHandle): SqliteConnection {
    const connection: SqliteConnection = new SqliteConnection(open, (reason) => {
      this.outage.fault(reason);
      if (!this.#faulty.has(connection)) this.#faulty.set(connection, Number.NEGATIVE_INFINITY);
    });
    return connection;
  }

  #reopenIfFaulty(connection: SqliteConnection): void {
    const last = this.#faulty.get(connection);
    if (last === undefined || performance.now() - last < REOPEN_INTERVAL || this.#watch.loss()) return;
    try {
      connection.reopen();
      this.#faulty.delete(connection);
    } catch {
      // It cannot be opened at present. It is tried again after the interval.
      this.#faulty.set(connection, performance.now());
    }
  }

  #saveOrThrow(loss: Loss): void {
    this.outage.fault(loss.reason);
    if (!loss.databaseInPlace || !this.#saveLog()) throw new DatabaseUnavailableError(loss.reason);
  }

  /**
   * Writes the contents of the lost log into the database, and begins a new log. Returns whether this was possible. If not, it
   * can be tried again.
   */
  #saveLog(): boolean {
    try {
      if (this.writer.open && !this.#emptyLog()) return false;
      // All connections are closed before one is opened, because the connections of a process share the index of the log.
      for (const connection of this.#connections()) connection.close();
      for (const connection of this.#connections()) connection.reopen();
      this.#watch.remember();
      return true;
    } catch {
      return false;
    }
  }

  /** Writes the log into the database and shortens it to nothing. Returns false while somebody reads an old state, for example a dump. */
  #emptyLog(): boolean {
    const [result] = this.writer.all<{ busy: number }>('pragma wal_checkpoint(truncate)');
    return result?.busy === 0;
  }

  /**
   * Throws DatabaseUnavailableError when the disk would become so full that the log could not be written into the database any more.
   * The log would then keep its space for good, also when its readers have gone, and every write would be refused.
   */
  #checkRoomForLog(): void {
    const { bavail, bsize } = statfsSync(this.#watch.folder);
    const growth = Math.max(0, this.#committedSize() - this.#watch.sizes.database);
    if (bavail * bsize >= growth + LARGEST_TRANSACTION) return;
    // SQLite empties the log after a commit, and there is none while writes are refused.
    if (!this.#emptyLog()) throw this.#unavailable(DISK_FULL);
  }

  /** The size of the database in bytes, with the commits that are still in the log. */
  #committedSize(): number {
    return this.#number('pragma page_count') * this.#number('pragma page_size');
  }

  #bytesInLog(): number {
    const HEADER = 32;
    const FRAME_HEADER = 24;
    const [state] = this.reader.all<{ log: number }>('pragma wal_checkpoint(noop)');
    const frames = state?.log ?? 0;
    return frames <= 0 ? 0 : HEADER + frames * (FRAME_HEADER + this.#number('pragma page_size'));
  }

  #number(pragma: string): number {
    const [row = {}] = this.reader.all<Record<string, number>>(pragma);
    return Object.values(row)[0] ?? 0;
  }

  #unavailable(reason: string): DatabaseUnavailableError {
    this.outage.fault(reason);
    return new DatabaseUnavailableError(reason);
  }
}
