import type { Outcome } from './prepare.ts';

/**
 * The data of an operation whose variables have all been checked before it ran. Throws when GraphQL refused one of them
 * all the same, because that is an error of this server.
 */
export function dataOf<Data>(outcome: Outcome<Data>): Data {
  if ('data' in outcome) return outcome.data;
  throw new Error(`GraphQL refused the variable ${outcome.unusable}`);
}
