import { setTimeout as wait } from 'node:timers/promises';

/** Resolves with true after `ms`, and with false as soon as the signal aborts. It does not keep the process running. */
export function paused(ms: number, signal?: AbortSignal): Promise<boolean> {
  return wait(ms, undefined, { ref: false, ...(signal && { signal }) }).then(
    () => true,
    () => false,
  );
}
