import { setTimeout as wait } from 'node:timers/promises';
import { callInTurns } from '../../waiting/call-in-turns.ts';
import { allDone } from '../all-done.ts';
import type { Session, WorkspaceWrite, WriteOptions } from '../database.ts';
import { DeferredRows } from '../deferred-rows.ts';
import { gathered } from '../gathered.ts';
import { queueWrite } from '../queued-write.ts';
import type { WorkspaceId } from '../tables.ts';
import { tracedWrite } from '../tracing.ts';
import type { BatchedWrite, WorkspaceTransaction } from './batch.ts';
import { runBatch } from './batch.ts';
import type { PostgresConnection } from './connection.ts';
import { CommitLost, explained, isAway, isConflict, isLocked, isLost, isUnanswered, LOCK_TIMEOUT } from './faults.ts';
import { insertChanges } from './insert-changes.ts';
import type { ConnectionPool } from './pool.ts';
import type { WriteMarks } from './write-marks.ts';
import { newMark, wasCommitted, withMark } from './write-marks.ts';
import type { WriteTurns } from './write-turns.ts';

/** How often a write is tried. */
const ATTEMPTS = 5;

/** The longest pause, in ms, before the second attempt. It doubles with each further one. */
const FIRST_PAUSE = 20;

/** The maximum number of writes in one transaction. It is small, because each write waits for all others of its batch. */
const MAX_BATCH = 32;

/** How long, in ms, a process that hangs in the middle of a write keeps the workspace locked, for example when its machine sleeps. */
const IDLE_TIMEOUT = 30_000;

const BEGIN = `begin isolation level read committed;
  set local lock_timeout = ${LOCK_TIMEOUT};
  set local idle_in_transaction_session_timeout = ${IDLE_TIMEOUT}`;

/** The parts that writes to workspaces need. */
export interface WorkspaceWriter {
  readonly pool: ConnectionPool;
  readonly turns: WriteTurns<unknown>;
  sessionOn(connection: PostgresConnection): Session;
  /** Called with the number of seconds that a commit took. */
  onCommit(seconds: number): void;
}

/** Shows whether a transaction was committed: by its mark, and the marks that it found in the workspace's row. */
interface MarkedTransaction {
  readonly mark: string;
  /** null: it has not read them, or there is no such workspace. */
  before: WriteMarks | null;
}

/**
 * Runs writes in transactions that hold the workspace's row, so that the writes of a workspace follow one another and its
 * revisions become visible in their order. See `Database.write`.
 *
 * The waiting writes of a workspace share a transaction, because beginning it, committing it and syncing the log to the disk take
 * longer than a write itself. Writes that only add run at the same time. The others run one after the other, each with a savepoint,
 * so that a write that fails does not undo others. No caller is told of success before the commit. When the shared transaction is
 * rolled back, each write gets a transaction of its own.
 */
export class WorkspaceWrites {
  readonly #writer: WorkspaceWriter;
  /** The writes of each workspace that wait for the workspace's turn. */
  readonly #queues = new Map<WorkspaceId, BatchedWrite[]>();

  constructor(writer: WorkspaceWriter) {
    this.#writer = writer;
  }

  /** How many writes wait at present, for their own turn or for the turn of a write that they share. */
  get waiting(): number {
    let { waiting } = this.#writer.turns;
    for (const queue of this.#queues.values()) waiting += queue.length - 1;
    return waiting;
  }

  /** Runs `work`. With `long` or `changesAccess` its transaction is not shared. */
  run<Result>(
    workspace: WorkspaceId,
    work: (write: WorkspaceWrite) => Promise<Result>,
    { long = false, changesAccess = false, adds = false }: WriteOptions,
  ): Promise<Result> {
    return tracedWrite(() =>
      queueWrite<WorkspaceWrite, Result>(work, (queued) => {
        const write = { ...queued, adds };
        if (long || changesAccess) this.#addAlone(workspace, write, long);
        else this.#add(workspace, write);
      }),
    );
  }

  #add(workspace: WorkspaceId, write: BatchedWrite): void {
    const queue = this.#queues.get(workspace);
    if (queue) {
      queue.push(write);
      return;
    }
    this.#queues.set(workspace, [write]);
    this.#takeTurn(workspace);
  }

  #takeTurn(workspace: WorkspaceId): void {
    const turn = this.#writer.turns.run(workspace, async () => {
      const queue = this.#queues.get(workspace) ?? [];
      await gathered(() => queue.length, MAX_BATCH);
      const batch = queue.splice(0, MAX_BATCH);
      if (queue.length > 0) this.#takeTurn(workspace);
      else this.#queues.delete(workspace);
      await this.#write(workspace, batch);
    });
    turn.catch((error: unknown) => {
      const queue = this.#queues.get(workspace) ?? [];
      this.#queues.delete(workspace);
      for (const write of queue) write.failed(error);
    });
  }

  #addAlone(workspace: WorkspaceId, write: BatchedWrite, long: boolean): void {
    this.#writer.turns.run(workspace, () => this.#write(workspace, [write]), { long }).catch(write.failed);
  }

  /** Runs all writes, and tells each caller whether its own write succeeded. */
  async #write(workspace: WorkspaceId, writes: readonly BatchedWrite[]): Promise<void> {
    if (writes.length > 1) {
      try {
        await writeTogether(this.#writer, workspace, writes);
        return;
      } catch (error) {
        // All have waited together for the lock, or for an answer, and should not wait again one by one. A transaction that may have
        // been committed must not run again.
        if (isLocked(error) || isUnanswered(error) || error instanceof CommitLost) {
          return fail(writes, explained(error));
        }
      }
    }
    for (const [place, write] of writes.entries()) {
      try {
        await writeAlone(this.#writer, workspace, write);
      } catch (error) {
        const shown = explained(error);
        if (isAway(error)) this.#writer.turns.failWaiting(shown);
        // When a connection got no answer, the server may still answer on another one. So the writes that wait for a turn try it.
        if (isAway(error) || isUnanswered(error)) return fail(writes.slice(place), shown);
        write.failed(shown);
      }
    }
  }
}

function fail(writes: readonly BatchedWrite[], error: unknown): void {
  for (const write of writes) write.failed(error);
}

/**
 * Runs several writes in one transaction, once. Throws when it is not committed, and CommitLost when this is not known. In both
 * cases no caller has been told anything.
 */
async function writeTogether(
  writer: WorkspaceWriter,
  workspace: WorkspaceId,
  writes: readonly BatchedWrite[],
): Promise<void> {
  const failures = new Map<BatchedWrite, unknown>();
  await runTransaction(writer, workspace, (connection, transaction) =>
    runBatch(connection, transaction, writes, failures),
  );
  await callInTurns(
    writes.map((write) => () => {
      if (failures.has(write)) write.failed(explained(failures.get(write)));
      else write.committed();
    }),
  );
}

/**
 * Runs one write. When the server has rolled it back because of another transaction, or because the connection broke, the whole write
 * runs again. Throws CommitLost when it is not known whether the write was committed.
 */
async function writeAlone(writer: WorkspaceWriter, workspace: WorkspaceId, write: BatchedWrite): Promise<void> {
  for (let tries = 1; ; tries++) {
    try {
      await runTransaction(writer, workspace, (_connection, transaction) => write.run(transaction.write));
      break;
    } catch (error) {
      if ((!isConflict(error) && !isLost(error)) || isUnanswered(error) || tries === ATTEMPTS) throw error;
    }
    await pause(tries);
  }
  write.committed();
}

/**
 * Runs a transaction. When the connection breaks during the commit, the workspace's row shows whether the transaction was committed:
 * the row keeps the marks of the newest writes, and nobody else can write while it is locked. Throws CommitLost when this cannot be
 * found out. With any other error the transaction was rolled back.
 */
async function runTransaction(
  writer: WorkspaceWriter,
  workspace: WorkspaceId,
  work: (connection: PostgresConnection, transaction: WorkspaceTransaction) => Promise<void>,
): Promise<void> {
  const marked: MarkedTransaction = { mark: newMark(), before: null };
  try {
    await runMarked(writer, workspace, marked, work);
  } catch (error) {
    if (!(error instanceof CommitLost)) throw error;
    if (!(await findOut(writer, workspace, marked, error))) throw error.cause;
  }
}

async function runMarked(
  { pool, sessionOn, onCommit }: WorkspaceWriter,
  workspace: WorkspaceId,
  marked: MarkedTransaction,
  work: (connection: PostgresConnection, transaction: WorkspaceTransaction) => Promise<void>,
): Promise<void> {
  let written:
    { readonly session: Session; readonly state: WorkspaceState; readonly deferred: DeferredRows } | undefined;
  await pool.transaction(
    beginIn(workspace, pool),
    async (connection, rows) => {
      const session = sessionOn(connection);
      const reading = rows.then(stateOf);
      const deferred = new DeferredRows(workspace, async () => (await reading)?.revision ?? null);
      const write: WorkspaceWrite = {
        ...session,
        record: (change) => deferred.record(change),
        count: (place, by) => deferred.count(place, by),
      };
      const [state] = await allDone(reading, work(connection, { write, deferred }));
      // A write that records no change, such as a new secret of a webhook, also leaves its mark. A write that has only read needs
      // none, because it can run again without harm.
      if (state && (connection.hasWritten || !deferred.isEmpty)) written = { session, state, deferred };
      marked.before = state?.write_marks ?? null;
    },
    {
      // These statements are sent together with the commit.
      async last() {
        if (!written) return;
        const { session, state, deferred } = written;
        const { changes } = deferred;
        await allDone(
          insertChanges(session, workspace, state.revision + 1, changes),
          deferred.writeCounts(session),
          keepState(session, workspace, {
            revision: state.revision + changes.length,
            write_marks: withMark(state.write_marks, marked.mark),
          }),
        );
      },
      onCommit,
    },
  );
}

/** Whether the transaction whose commit was lost has been committed. Throws `lost` when this cannot be found out. */
async function findOut(
  { pool }: WorkspaceWriter,
  workspace: WorkspaceId,
  { mark, before }: MarkedTransaction,
  lost: CommitLost,
): Promise<boolean> {
  // The callers have already waited long for the answer to the commit, so the server is asked only once.
  const attempts = isUnanswered(lost.cause) ? 1 : ATTEMPTS;
  for (let tries = 1; tries <= attempts; tries++) {
    await pause(tries);
    try {
      // This waits until the server has ended the lost transaction, because that one locks the row until then.
      const now = await pool.transaction(beginIn(workspace, pool), async (_connection, rows) => stateOf(await rows));
      const committed = before === null || !now ? null : wasCommitted(mark, before, now.write_marks);
      if (committed !== null) return committed;
      break;
    } catch {
      // The server is not there yet.
    }
  }
  throw lost;
}

/** The part of the workspace's locked row that a write needs. */
interface WorkspaceState {
  readonly revision: number;
  readonly write_marks: WriteMarks;
}

/** The commands that begin a transaction and lock the workspace's row. They are one message, and so take one round trip. */
function beginIn(workspace: WorkspaceId, { limits }: ConnectionPool): string {
  return `${BEGIN}; set local statement_timeout = ${limits.server}; select revision, write_marks from workspaces where id = ${Number(workspace)} for no key update`;
}

/** The state in the rows that `beginIn` returns; undefined when there is no such workspace. */
function stateOf(rows: readonly unknown[]): WorkspaceState | undefined {
  return rows[0] as WorkspaceState | undefined;
}

async function keepState(session: Session, workspace: WorkspaceId, state: WorkspaceState): Promise<void> {
  await session.all('keep workspace state', { workspace, ...state }, (db, slots) =>
    db
      .updateTable('workspaces')
      .set({ revision: slots.revision, write_marks: slots.write_marks })
      .where('id', '=', slots.workspace)
      .returning('id'),
  );
}

/** A random backoff, so that two transactions that conflict do not meet again. */
async function pause(tries: number): Promise<void> {
  await wait(Math.random() * FIRST_PAUSE * 2 ** (tries - 1));
}
