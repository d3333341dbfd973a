import { vi } from 'vitest';
import { clockTime, MAX_CLOCK_STEP, now } from '../../src/model/time.ts';

/**
 * Ends a test that has set the clock ahead. When the clock goes back, the model continues with the latest time that it has seen. It
 * follows the clock only when the clock goes back by more than MAX_CLOCK_STEP, so this function makes such a step. Without it, later
 * test files would get the test's time too, because files that share modules share the model's time.
 */
export function giveClockBack(): void {
  vi.useFakeTimers({ toFake: ['Date'], now: (now() - 2 * MAX_CLOCK_STEP) / 1000 });
  now();
  vi.useRealTimers();
  if (now() - clockTime() > 1_000_000) throw new Error('the time of new rows is still ahead of the clock');
}
