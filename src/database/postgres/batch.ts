import type { WorkspaceWrite } from '../database.ts';
import type { DeferredMark, DeferredRows } from '../deferred-rows.ts';
import type { QueuedWrite } from '../queued-write.ts';
import type { PostgresConnection } from './connection.ts';
import { faultOf, isConflict, isTaken } from './faults.ts';

/** An open transaction that holds the workspace. */
export interface WorkspaceTransaction {
  readonly write: WorkspaceWrite;
  readonly deferred: DeferredRows;
}

/** A write that can share its transaction. It may run again, when what it did has been rolled back. */
export interface BatchedWrite extends QueuedWrite<WorkspaceWrite> {
  /** See `WriteOptions`. */
  readonly adds: boolean;
}

/**
 * Runs the writes one after the other, but consecutive writes that only add at the same time. `failures` gets the errors of the
 * writes that have failed. Throws when the transaction cannot go on.
 */
export async function runBatch(
  connection: PostgresConnection,
  transaction: WorkspaceTransaction,
  writes: readonly BatchedWrite[],
  failures: Map<BatchedWrite, unknown>,
): Promise<void> {
  const savepoint = new Savepoint(connection, transaction);
  for (const step of stepsOf(writes)) {
    if (step.length > 1 && (await runTogether(savepoint, transaction, step))) continue;
    for (const write of step) {
      savepoint.set();
      try {
        await write.run(transaction.write);
      } catch (error) {
        if (isConflict(error) || faultOf(error) !== null) throw error;
        failures.set(write, error);
        savepoint.rollBack();
      }
    }
  }
  await savepoint.answered();
}

/** The writes in their order. Consecutive writes that only add are one step. */
function stepsOf(writes: readonly BatchedWrite[]): BatchedWrite[][] {
  const steps: BatchedWrite[][] = [];
  for (const write of writes) {
    const last = steps.at(-1);
    if (write.adds && last?.at(-1)?.adds) last.push(write);
    else steps.push([write]);
  }
  return steps;
}

/**
 * Runs writes at the same time, which takes as many round trips to the server as one of them. Returns whether all have succeeded. If
 * one has failed, all are rolled back, for example because two wanted the same name. Throws when the transaction cannot go on.
 */
async function runTogether(
  savepoint: Savepoint,
  transaction: WorkspaceTransaction,
  writes: readonly BatchedWrite[],
): Promise<boolean> {
  savepoint.set();
  const outcomes = await Promise.allSettled(writes.map((write) => write.run(transaction.write)));
  const errors = outcomes.flatMap((outcome) => (outcome.status === 'rejected' ? [outcome.reason as unknown] : []));
  if (errors.length === 0) return true;
  const ending = errors.find((error) => (isConflict(error) && !isTaken(error)) || faultOf(error) !== null);
  if (ending !== undefined) throw ending;
  savepoint.rollBack();
  return false;
}

/**
 * A savepoint of a transaction. Nothing waits for the answers to its commands, because the server runs them before the statements
 * that are sent after them.
 */
class Savepoint {
  readonly #connection: PostgresConnection;
  readonly #deferred: DeferredRows;
  readonly #sent: Promise<unknown>[] = [];
  #mark: DeferredMark;

  constructor(connection: PostgresConnection, transaction: WorkspaceTransaction) {
    this.#connection = connection;
    this.#deferred = transaction.deferred;
    this.#mark = this.#deferred.mark();
  }

  /** Moves the savepoint to the present state of the transaction. */
  set(): void {
    this.#send(this.#sent.length === 0 ? 'savepoint write' : 'release savepoint write; savepoint write');
    this.#mark = this.#deferred.mark();
  }

  /** Rolls back what was written and recorded after `set`. */
  rollBack(): void {
    this.#send('rollback to savepoint write');
    this.#deferred.takeBack(this.#mark);
  }

  /** Waits for the answers to all commands. Throws the error of one that has failed. */
  async answered(): Promise<void> {
    await Promise.all(this.#sent);
  }

  #send(command: string): void {
    const sent = this.#connection.command(command);
    sent.catch(() => {});
    this.#sent.push(sent);
  }
}
