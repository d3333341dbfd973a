import { inTraceOfCaller, outsideTraces } from './tracing.ts';

/** A write that waits for its transaction. */
export interface QueuedWrite<Transaction> {
  /** Runs the work within the open transaction; rejects when the work does. */
  run(transaction: Transaction): Promise<void>;
  /** Tells the caller that the transaction is committed. */
  committed(): void;
  failed(error: unknown): void;
}

/**
 * Makes a write of `work`, and gives it to `enqueue`. Resolves with the result of `work` once the write's transaction is committed. The
 * work belongs to the trace of the caller, and what `enqueue` starts to none, because it is done for many callers.
 */
export function queueWrite<Transaction, Result>(
  work: (transaction: Transaction) => Promise<Result>,
  enqueue: (write: QueuedWrite<Transaction>) => void,
): Promise<Result> {
  return new Promise<Result>((resolve, reject) => {
    let result: Result;
    const run = inTraceOfCaller(async (transaction: Transaction) => {
      result = await work(transaction);
    });
    outsideTraces(() => enqueue({ run, committed: () => resolve(result), failed: reject }));
  });
}
