import { vi } from 'vitest';
import { clockTime, MAX_CLOCK_STEP, now } from '../../src/model/time.ts';

/**
 * Ends a test that has set the clock ahead. The model keeps to the latest time that it has seen when the clock goes back, and files that
 * share modules share that time; only a step of more than MAX_CLOCK_STEP makes it follow the clock.
 */
export function giveClockBack(): void {
  vi.useFakeTimers({ toFake: ['Date'], now: (now() - 2 * MAX_CLOCK_STEP) / 1000 });
  now();
  vi.useRealTimers();
  if (now() - clockTime() > 1_000_000) throw new Error('the time of new rows is still ahead of the clock');
}
