import type { Context } from '../context.ts';
import type { Executed, Operation } from './operation.ts';

/**
 * Executes a costly query. Rejects with TooManyCostlyQueries, with the reason of the context's signal when that aborts, and with
 * the error of a worker that failed.
 */
export type ExecuteCostly = (operation: Operation, context: Context) => Promise<Executed>;

/** Where costly queries are executed. */
export interface CostlyExecutor {
  readonly execute: ExecuteCostly;
  /** How many queries wait for their turn at present. */
  waiting(): number;
  /** Ends what is being executed. */
  close(): Promise<void>;
}

/**
 * How many costly queries may wait for their turn: in all, and of each workspace that owns them. With more of them, the last one would
 * wait for longer than its caller does.
 */
export const MAX_WAITING = { total: 64, perKey: 16 };

/** As many costly queries as may wait are already waiting. */
export class TooManyCostlyQueries extends Error {
  constructor() {
    super('The server is running as many costly operations as it can. Try again in a moment.');
  }
}
