import type { GraphQLError } from 'graphql';
import { OperationTypeNode } from 'graphql';
import { graphqlError } from '../errors.ts';

/** The limits of one operation. */
export const LIMITS = {
  /** Characters of a document, white space and comments included. */
  documentLength: 100_000,
  /** Tokens in a document. */
  tokens: 2_000,
  /** Characters of a name in a document. */
  nameLength: 1_000,
  /** Levels of nested fields. */
  depth: 12,
  /** Fields with an alias. */
  aliases: 30,
  /** Comparisons of fields and of fragments that validation makes. n fields of one name in one place take n (n + 1) / 2. */
  comparisons: 10_000,
  /** Fields at the root, which are executed one by one: each mutation is a transaction of its own. */
  rootFields: { query: 30, mutation: 10, subscription: 1 },
  /** Ids that `nodes` looks up. */
  ids: 250,
  /** Campaigns that one mutation changes. */
  changedAtOnce: 250,
  /** Rows of an import of campaigns, also of a file that comes through REST. */
  importedRows: 10_000,
  /**
   * Values in the lists of variables, and besides them the rows of an import: more than any operation can use. With fewer the field that
   * takes the list says itself how many it takes.
   */
  listValues: 12_500,
  /** Units that an operation may cost: see prices.ts. Mutations run on the main thread, so that they may cost less. */
  cost: { query: 10_000, mutation: 1_000, subscription: 1_000 },
} as const;

/** The measured size of an operation. */
export interface Cost {
  readonly kind: OperationTypeNode;
  /** What the operation may cost at most, in units: see prices.ts. */
  readonly cost: number;
  /** The part of the cost that is for lists which may be read to their end. */
  readonly scanned: number;
  readonly depth: number;
  readonly aliases: number;
  readonly rootFields: number;
}

/** The highest cost that an operation of this kind is allowed to have. */
export function costLimit({ kind }: Pick<Cost, 'kind'>): number {
  return LIMITS.cost[kind];
}

/** The error for the first exceeded limit other than the cost, or null when the operation is within them. */
export function exceededLimit({ kind, depth, aliases, rootFields }: Cost): GraphQLError | null {
  if (depth > LIMITS.depth) {
    return beyond('TOO_DEEP', depth, LIMITS.depth, `The operation is ${depth} fields deep; at most`);
  }
  if (aliases > LIMITS.aliases) {
    return beyond('TOO_MANY_ALIASES', aliases, LIMITS.aliases, `The operation has ${aliases} aliases; at most`);
  }
  const max = LIMITS.rootFields[kind];
  if (rootFields > max) {
    const fields = kind === OperationTypeNode.MUTATION ? 'mutations' : 'fields at its root';
    return beyond('TOO_MANY_ROOT_FIELDS', rootFields, max, `The operation has ${rootFields} ${fields}; at most`);
  }
  return null;
}

function beyond(
  code: 'TOO_DEEP' | 'TOO_MANY_ALIASES' | 'TOO_MANY_ROOT_FIELDS',
  requested: number,
  limit: number,
  text: string,
): GraphQLError {
  return graphqlError(code, `${text} ${limit} are allowed.`, { requested, limit });
}
