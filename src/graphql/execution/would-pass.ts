import type { GraphQLError } from 'graphql';
import { PAGE_SIZE } from '../connection.ts';
import { graphqlError } from '../errors.ts';
import type { Cost } from './limits.ts';
import { costLimit, LIMITS } from './limits.ts';
import type { Lessening } from './measurement.ts';

/** What a refused operation can ask for instead. It has one member, or none when the operation is too costly anyway. */
export interface WouldPass {
  /** The operation passes with no page larger than this. */
  readonly pageSize?: number;
  /** The operation passes without these fields. */
  readonly without?: readonly string[];
  /** The operation passes with no list in its arguments longer than this. */
  readonly items?: number;
  /** An operation with so many of the fields at the root passes, whichever they are. */
  readonly rootFields?: number;
}

/** Measures a refused operation again, as if it asked for less. */
export interface Remeasure {
  /** What the operation would cost. */
  cost(lessening: Lessening): number;
  /** What each of the selections at the root would cost alone. */
  rootCosts(): readonly number[];
}

/** The error for an operation that costs too much. It says what would pass, in its message and in its extensions. */
export function tooCostly(cost: Cost, remeasure: Remeasure): GraphQLError {
  const limit = costLimit(cost);
  const wouldPass = findPassing(limit, remeasure);
  return graphqlError(
    'TOO_COSTLY',
    `The operation may cost ${cost.cost}; at most ${limit} is allowed. ${adviceFor(wouldPass)}`,
    { requested: cost.cost, limit, wouldPass },
  );
}

function findPassing(limit: number, remeasure: Remeasure): WouldPass {
  const passes = (lessening: Lessening) => remeasure.cost(lessening) <= limit;
  if (passes({ maxPageSize: 1 })) return { pageSize: largest(PAGE_SIZE.max, (maxPageSize) => passes({ maxPageSize })) };
  if (passes({ withoutCounts: true })) return { without: ['totalCount'] };
  if (passes({ maxItems: 1 })) return { items: largest(LIMITS.importedRows, (maxItems) => passes({ maxItems })) };
  const rootFields = passingRootFields(limit, remeasure.rootCosts());
  return rootFields > 0 ? { rootFields } : {};
}

/** The largest number up to `max` that passes. 1 is known to pass. */
function largest(max: number, isPassing: (number: number) => boolean): number {
  let [passes, fails] = [1, max + 1];
  while (fails - passes > 1) {
    const middle = Math.floor((passes + fails) / 2);
    if (isPassing(middle)) passes = middle;
    else fails = middle;
  }
  return passes;
}

/** How many of the costliest fields pass together. */
function passingRootFields(limit: number, costs: readonly number[]): number {
  let total = 0;
  const tooMany = costs.toSorted((one, other) => other - one).findIndex((cost) => (total += cost) > limit);
  return tooMany === -1 ? costs.length : tooMany;
}

function adviceFor({ pageSize, without, items, rootFields }: WouldPass): string {
  if (pageSize !== undefined) {
    return pageSize === 1 ? 'It passes with pages of 1.' : `It passes with pages of at most ${pageSize}.`;
  }
  if (without) return `It passes without ${without.map((field) => `\`${field}\``).join(' and ')}.`;
  if (items !== undefined)
    return `It passes with at most ${items === 1 ? 'one item' : `${items} items`} in each list of its arguments.`;
  if (rootFields !== undefined) {
    return `It passes with ${rootFields === 1 ? 'one' : rootFields} of its fields at a time: send several operations.`;
  }
  return 'It may read long lists to their end: leave out filters that no index helps with, such as times in an order by name.';
}
