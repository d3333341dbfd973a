import { written } from '../observe/log-output.ts';
import { STOP_SIGNALS } from '../stop-signals.ts';

/**
 * The first signal runs `stopInOrder` and ends the process with its exit code. A second signal ends it at once, with 1, unless it is a
 * SIGHUP: a shell passes that of its terminal on, and the system sends another one when the shell has ended.
 */
export function stopOnSignal(stopInOrder: (signal: string) => Promise<number>): void {
  let stopping = false;
  for (const signal of STOP_SIGNALS) {
    process.on(signal, () => {
      if (stopping && signal === 'SIGHUP') return;
      if (stopping) process.exit(1);
      stopping = true;
      exitWith(stopInOrder(signal));
    });
  }
}

/** Ends the process with the exit code that the promise resolves with, once the whole log is written. */
export function exitWith(stopped: Promise<number>): void {
  stopped.then(
    async (code) => {
      await written(process.stdout);
      process.exit(code);
    },
    (error: unknown) => {
      console.error(error);
      process.exit(1);
    },
  );
}
