import { inTraceOfCaller } from '../tracing.ts';
import type { StatementRunner } from './connection.ts';

/** A runner that runs no more than `max` statements at a time. Others wait, first come first served. */
export function fewAtATime(runner: StatementRunner, max: number): StatementRunner {
  const waiting: (() => void)[] = [];
  let running = 0;
  return {
    async run(statement) {
      if (running < max) running += 1;
      else await new Promise<void>((begin) => void waiting.push(inTraceOfCaller(begin)));
      try {
        return await runner.run(statement);
      } finally {
        const next = waiting.shift();
        if (next) next();
        else running -= 1;
      }
    },
  };
}
