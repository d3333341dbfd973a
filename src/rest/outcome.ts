import type { Outcome } from './prepare.ts';

/**
 * The data of an operation whose variables were all checked before it ran. Throws when GraphQL has refused a variable nevertheless,
 * because this is a bug.
 */
export function dataOf<Data>(outcome: Outcome<Data>): Data {
  if ('data' in outcome) return outcome.data;
  throw new Error(`GraphQL refused the variable ${outcome.unusable}`);
}
