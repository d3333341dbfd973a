import fc from 'fast-check';
import { it } from 'vitest';

/** The start of the random numbers. A run with the same seed and as many rounds sends the same requests. */
export const SEED = Number(process.env.FUZZ_SEED ?? 1);

/** How many times as many requests are sent as in the tests of a contributor. */
export const ROUNDS = Number(process.env.FUZZ_ROUNDS ?? 1);

/**
 * A test that checks many random values, `runs` in each round. When one fails, smaller ones are tried, and the message has
 * the seed and the smallest value that fails.
 */
export function fuzz<Value>(
  what: string,
  runs: number,
  values: fc.Arbitrary<Value>,
  check: (value: Value) => Promise<void>,
): void {
  const numRuns = runs * ROUNDS;
  it(
    `${what} (${numRuns} times, FUZZ_SEED=${SEED})`,
    () => fc.assert(fc.asyncProperty(values, check), { seed: SEED, numRuns }),
    60_000 + numRuns * 50,
  );
}
