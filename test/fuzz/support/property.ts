import fc from 'fast-check';
import { it } from 'vitest';

/** The seed of the random numbers. A run with the same seed and the same number of rounds sends the same requests. */
export const SEED = Number(process.env.FUZZ_SEED ?? 1);

/** Multiplies the number of requests. Contributors run the tests with 1. */
export const ROUNDS = Number(process.env.FUZZ_ROUNDS ?? 1);

/**
 * A test that checks `runs` random values per round. When a value fails, fast-check tries smaller ones. The message contains the
 * seed and the smallest value that fails.
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
