import type { GraphQLField, GraphQLObjectType } from 'graphql';
import type { ListReach } from '../../model/reach.ts';

/**
 * The extensions of the field `totalCount` of a connection, and of `upToDate` of a batch. They tell the measurement what the
 * list may read, whichever field returns the connection or the batch.
 */
export interface ListExtensions {
  /**
   * The most that reading the list with these arguments reads. `parent` is the type that has the field. Throws for arguments
   * with which the field reads nothing.
   */
  reach(args: Readonly<Record<string, unknown>>, parent: string): ListReach;
}

/** The list extensions of the type of a connection or a batch; undefined for every other type. */
export function listOf(type: GraphQLObjectType): ListExtensions | undefined {
  const { totalCount, upToDate } = type.getFields();
  const extensions = (totalCount ?? upToDate)?.extensions;
  return extensions && 'reach' in extensions ? (extensions as Record<string, unknown> & ListExtensions) : undefined;
}

/** The extensions of a field that gives a whole list without pages. */
export interface WholeListExtensions {
  /** How many items the list can have. */
  readonly maxItems: number;
}

/** How many items a list without pages can have; undefined for every other field. */
export function maxItemsOf({ extensions }: Pick<GraphQLField<unknown, unknown>, 'extensions'>): number | undefined {
  const { maxItems } = extensions;
  return typeof maxItems === 'number' ? maxItems : undefined;
}

/** The extensions of a list whose objects are in memory already, so that they only have to be written. */
export interface CheapListExtensions {
  /** What each object of the list costs. */
  readonly priceOfEach: number;
}

/** What each object of a field's list costs; undefined for every other field. */
export function priceOfEach({ extensions }: Pick<GraphQLField<unknown, unknown>, 'extensions'>): number | undefined {
  const { priceOfEach: price } = extensions;
  return typeof price === 'number' ? price : undefined;
}
