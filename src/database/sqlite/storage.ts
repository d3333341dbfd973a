import { DatabaseUnavailableError } from '../errors.ts';
import { schemaProblem } from '../migrations/migrate.ts';
import { isBusy } from './busy.ts';
import type { SqliteHandle } from './connection.ts';
import { SqliteConnection } from './connection.ts';
import { faultOf } from './faults.ts';
import type { Loss } from './file-watch.ts';
import { FileWatch } from './file-watch.ts';
import type { OnStatement } from './open-connection.ts';
import { openConnection, openUncached } from './open-connection.ts';
import { Outage } from '../outage.ts';

/** The minimum time, in ms, between two attempts to reopen a connection that has met a fault. */
const REOPEN_INTERVAL = 1_000;

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
    this.#watch = new FileWatch(file, {
      database: () => this.#number('pragma page_count') * this.#number('pragma page_size'),
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

  close(): void {
    for (const connection of this.#connections()) connection.close();
  }

  #connections(): SqliteConnection[] {
    return [this.reader, this.writer, ...(this.#uncached ? [this.#uncached] : [])];
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
      if (this.writer.open) {
        const [result] = this.writer.all<{ busy: number }>('pragma wal_checkpoint(truncate)');
        // Somebody still reads from the log, for example a dump.
        if (result?.busy !== 0) return false;
      }
      // All connections are closed before one is opened, because the connections of a process share the index of the log.
      for (const connection of this.#connections()) connection.close();
      for (const connection of this.#connections()) connection.reopen();
      this.#watch.remember();
      return true;
    } catch {
      return false;
    }
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
