import type { WorkspaceWrite } from '../database.ts';
import type { DeferredMark, DeferredRows } from '../deferred-rows.ts';
import type { PostgresConnection } from './connection.ts';
import { faultOf, isConflict, isTaken } from './faults.ts';

/** An open transaction that holds the workspace. */
export interface WorkspaceTransaction {
  readonly write: WorkspaceWrite;
  readonly deferred: DeferredRows;
}

/** A write that shares its transaction. */
export interface BatchedWrite {
  /** See `WriteOptions`. */
  readonly adds: boolean;
  /** Runs the work in a transaction; rejects when the work does. It may run again, when what it did has been rolled back. */
  run(write: WorkspaceWrite): Promise<void>;
}

/**
 * Runs each write, one after the other; those that add only, and follow one another, at the same time. `failures` gets the errors
 * of those that have failed. Throws when the transaction cannot go on.
 */
export async function runBatch<Write extends BatchedWrite>(
  connection: PostgresConnection,
  transaction: WorkspaceTransaction,
  writes: readonly Write[],
  failures: Map<Write, unknown>,
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

/** The writes in their order: those that add only together, as far as they follow one another. */
function stepsOf<Write extends BatchedWrite>(writes: readonly Write[]): Write[][] {
  const steps: Write[][] = [];
  for (const write of writes) {
    const last = steps.at(-1);
    if (write.adds && last?.at(-1)?.adds) last.push(write);
    else steps.push([write]);
  }
  return steps;
}

/**
 * Runs writes at the same time, which takes as many round trips to the server as one of them. Returns whether all have succeeded. If
 * one has not, nothing is left of any of them: two may have wanted the same name. Throws when the transaction cannot go on.
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
 * A place in a transaction to which it can go back. The server runs its commands before the statements that are sent after them, so
 * that nothing waits for their end.
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

  /** Moves it to where the transaction is now. */
  set(): void {
    this.#send(this.#sent.length === 0 ? 'savepoint write' : 'release savepoint write; savepoint write');
    this.#mark = this.#deferred.mark();
  }

  /** Takes back what was written and recorded since. */
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
