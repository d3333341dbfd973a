import type { CheapListExtensions, WholeListExtensions } from '../execution/list-extensions.ts';

// Resolvers of lists without pages. Their extensions say what the lists count in the cost of an operation.

/** The resolver of a list that has at most `maxItems` items. */
export function wholeList<Resolve>(maxItems: number, resolve: Resolve): { resolve: Resolve } {
  return withExtensions(resolve, { maxItems } satisfies WholeListExtensions);
}

/** The resolver of a list that is in memory already. */
export function cheapList<Resolve>(priceOfEach: number, resolve: Resolve): { resolve: Resolve } {
  return withExtensions(resolve, { priceOfEach } satisfies CheapListExtensions);
}

/** The generated types of resolvers have no extensions, so that the result's type leaves them out. */
function withExtensions<Resolve>(resolve: Resolve, extensions: object): { resolve: Resolve } {
  return Object.assign({ resolve }, { extensions });
}
