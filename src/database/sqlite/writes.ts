import { callInTurns } from '../../waiting/call-in-turns.ts';
import { LoopTurns } from '../../waiting/loop-turns.ts';
import { RoundRobin } from '../../waiting/round-robin.ts';
import type { WriteOptions } from '../database.ts';
import { gathered } from '../gathered.ts';
import type { QueuedWrite } from '../queued-write.ts';
import { queueWrite } from '../queued-write.ts';
import type { WorkspaceId } from '../tables.ts';
import { whileBusy } from './busy.ts';
import type { SqliteConnection } from './connection.ts';
import type { Storage } from './storage.ts';

/**
 * How many writes share a transaction at most, and for how long, in ms, writes are added to one that has begun. Both are small, because
 * each write waits for all others of its transaction, and those that come later wait for its end.
 */
const MAX_BATCH = 64;
const MAX_ADDING = 100;

/** An open transaction, in the form that the work of a write gets. */
export interface OpenTransaction {
  /** Writes what was deferred to the end of the transaction. */
  finish(): Promise<void>;
}

/** Whose write it is: of a workspace, or of the server and its operator. */
export type Writer = WorkspaceId | 'server';

/**
 * Runs writes one after the other on the connection that writes. Workspaces take turns, so that one with many writes delays the write of
 * another by one of its own. Waiting writes share a transaction, because syncing the log to
 * the disk takes far longer than a write itself. Each has a savepoint of its own, so that a write that fails does not undo others.
 * No caller is told of success before the transaction has been synced.
 *
 * Writes that may take seconds, such as imports, wait in a queue of their own, and take turns with the transactions of the others: other
 * writes wait for one of them at most, however many workspaces import.
 */
export class WriteQueue<Transaction extends OpenTransaction> {
  readonly #storage: Pick<Storage, 'writer' | 'checkBeforeWrite' | 'checkAfterCommit'>;
  readonly #connection: SqliteConnection;
  readonly #begun: () => Transaction;
  readonly #onCommit: (seconds: number) => void;
  readonly #short = new RoundRobin<Writer, QueuedWrite<Transaction>>();
  /** These have a transaction of their own. */
  readonly #long = new RoundRobin<Writer, QueuedWrite<Transaction>>();
  /** Whether the last transaction was that of a long write. */
  #wasLong = false;
  #running: Promise<void> | null = null;

  /** `begun` is called after each transaction has begun. `onCommit` is called with the seconds that each commit took. */
  constructor(
    storage: Pick<Storage, 'writer' | 'checkBeforeWrite' | 'checkAfterCommit'>,
    begun: () => Transaction,
    onCommit: (seconds: number) => void,
  ) {
    this.#storage = storage;
    this.#connection = storage.writer;
    this.#begun = begun;
    this.#onCommit = onCommit;
  }

  /** How many writes wait for their transaction at present. */
  get waiting(): number {
    return this.#short.size + this.#long.size;
  }

  /**
   * Runs `work` in a transaction; with `long` the transaction is not shared. Returns the result of `work` once the transaction is on
   * the disk. When `work` throws, nothing has changed. Rejects with DatabaseBusyError when another process keeps the database for more
   * than BUSY_TIMEOUT ms, and with DatabaseUnavailableError when the disk or the file fails or is gone.
   */
  run<Result>(
    writer: Writer,
    work: (transaction: Transaction) => Promise<Result>,
    { long = false }: Pick<WriteOptions, 'long'> = {},
  ): Promise<Result> {
    return queueWrite(work, (write) => {
      (long ? this.#long : this.#short).push(writer, write);
      this.#running ??= this.#drain();
    });
  }

  /** Resolves when no write runs or waits. */
  async idle(): Promise<void> {
    while (this.#running) await this.#running;
  }

  async #drain(): Promise<void> {
    while (this.waiting > 0) {
      await gathered(() => this.waiting, MAX_BATCH);
      const isLong = this.#long.size > 0 && (this.#short.size === 0 || !this.#wasLong);
      this.#wasLong = isLong;
      // A transaction is open here only if an earlier rollback has failed.
      this.#rollBack();
      try {
        this.#storage.checkBeforeWrite();
        // SQLite keeps the original pages that a savepoint or a statement has changed. A short write changes few pages, and a file
        // would make it a sixth slower. A long write may change any number of pages, so it uses a file.
        this.#connection.keepTemporary(isLong ? 'file' : 'memory');
        await whileBusy(() => this.#connection.run('begin immediate'));
      } catch (error) {
        // All waiting writes fail now, because they have waited too and should not wait for another BUSY_TIMEOUT.
        for (const queue of [this.#short, this.#long]) {
          while (queue.size > 0) queue.shift()?.item.failed(error);
        }
        break;
      }
      await (isLong ? this.#commit(this.#long, 1) : this.#commit(this.#short, MAX_BATCH));
    }
    this.#running = null;
  }

  /** Runs the next writes of the queue in the transaction that has begun, and commits it. */
  async #commit(queue: RoundRobin<Writer, QueuedWrite<Transaction>>, maxBatch: number): Promise<void> {
    const batch: QueuedWrite<Transaction>[] = [];
    const done: QueuedWrite<Transaction>[] = [];
    let seconds: number;
    try {
      const transaction = this.#begun();
      const began = performance.now();
      const turns = new LoopTurns();
      const max = Math.min(queue.size, maxBatch);
      while (batch.length < max && performance.now() - began < MAX_ADDING) {
        await turns.next();
        const write = queue.shift()?.item;
        if (!write) break;
        batch.push(write);
        // A write that is alone in its transaction needs no savepoint, because the whole transaction fails with it.
        if (max === 1) await write.run(transaction);
        else if (!(await this.#runInSavepoint(write, transaction))) continue;
        done.push(write);
      }
      await transaction.finish();
      const started = performance.now();
      this.#connection.run('commit');
      seconds = (performance.now() - started) / 1000;
      this.#storage.checkAfterCommit();
    } catch (error) {
      this.#rollBack();
      for (const write of batch) write.failed(error);
      return;
    }
    this.#onCommit(seconds);
    await callInTurns(done.map((write) => () => write.committed()));
  }

  /** Whether the write succeeded. Throws when the whole transaction is lost with it. */
  async #runInSavepoint(write: QueuedWrite<Transaction>, transaction: Transaction): Promise<boolean> {
    this.#connection.run('savepoint write');
    try {
      await write.run(transaction);
    } catch (error) {
      write.failed(error);
      // Some faults, such as a full disk, roll back the whole transaction.
      if (!this.#connection.inTransaction) throw error;
      this.#connection.run('rollback to write');
      this.#connection.run('release write');
      return false;
    }
    this.#connection.run('release write');
    return true;
  }

  #rollBack(): void {
    try {
      if (this.#connection.inTransaction) this.#connection.run('rollback');
    } catch {
      // The disk has failed twice. The writes of this batch fail with the first error, and the next batch tries to roll back again.
    }
  }
}
