import type { WorkspaceId } from '../../database/tables.ts';
import { RoundRobin } from '../../waiting/round-robin.ts';
import type { Context } from '../context.ts';
import type { CostlyExecutor } from './costly-executor.ts';
import { MAX_WAITING, TooManyCostlyQueries } from './costly-executor.ts';
import type { ExecuteOperation } from './execute.ts';
import type { Executed, Operation } from './operation.ts';

interface Turn {
  begin(): void;
}

/**
 * Executes costly queries in this process, a few at a time, for databases whose statements run elsewhere and can be ended.
 * Workspaces take turns. `max` is how many run at a time.
 */
export function costlyTurns(execute: ExecuteOperation, max: number): CostlyExecutor {
  const waiting = new RoundRobin<WorkspaceId, Turn>();
  let running = 0;

  /** Resolves when the query may begin. Rejects with TooManyCostlyQueries, or with the signal's reason when the signal aborts first. */
  const turnFor = async ({ workspace, signal }: Context): Promise<void> => {
    signal.throwIfAborted();
    if (running < max) {
      running += 1;
      return;
    }
    if (waiting.isFull(workspace, MAX_WAITING)) throw new TooManyCostlyQueries();
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    const turn: Turn = { begin: resolve };
    const leave = () => {
      waiting.remove(workspace, turn);
      reject(signal.reason);
    };
    waiting.push(workspace, turn);
    signal.addEventListener('abort', leave, { once: true });
    try {
      await promise;
    } finally {
      signal.removeEventListener('abort', leave);
    }
  };

  /** Gives the turn to the next one that waits. */
  const passOn = () => {
    const next = waiting.shift();
    if (next) next.item.begin();
    else running -= 1;
  };

  return {
    async execute(operation: Operation, context: Context): Promise<Executed> {
      await turnFor(context);
      try {
        return await execute(operation, context);
      } finally {
        passOn();
      }
    },
    waiting: () => waiting.size,
    close: async () => {},
  };
}
