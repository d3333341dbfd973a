import type { Request } from 'express';
import { queryOf } from './query.ts';
import { RestRefusal } from './refusal.ts';

/** How many objects a page of a list has. It cannot be chosen. */
export const PAGE_SIZE = 250;

/** What a connection says of where its page stands. */
interface PageInfo {
  readonly hasNextPage: boolean;
  readonly hasPreviousPage: boolean;
  readonly startCursor: string | null;
  readonly endCursor: string | null;
}

/** The page of a connection that a `cursor` asks for; the first one without it. */
export type PageVariables =
  { readonly first: number; readonly after?: string } | { readonly last: number; readonly before: string };

/**
 * Reads what `pageLinks` wrote: which way, and from where. What it did not write is asked for as the empty cursor, so that
 * GraphQL refuses it in its turn, after the other parameters.
 */
export function pageVariables(cursor: string | undefined): PageVariables {
  if (cursor === undefined) return { first: PAGE_SIZE };
  const [, way, place = ''] = /^(after|before)\.(.+)$/.exec(cursor) ?? [];
  switch (way) {
    case 'after':
      return { first: PAGE_SIZE, after: place };
    case 'before':
      return { last: PAGE_SIZE, before: place };
    default:
      return { first: PAGE_SIZE, after: '' };
  }
}

export function invalidCursor(): RestRefusal {
  return new RestRefusal(404, 'Invalid cursor');
}

/** The absolute addresses of the pages beside this one: the address that was asked for, with another cursor. */
export function pageLinks(request: Request, { hasNextPage, hasPreviousPage, startCursor, endCursor }: PageInfo) {
  return {
    next: hasNextPage && endCursor !== null ? withCursor(request, `after.${endCursor}`) : null,
    previous: hasPreviousPage && startCursor !== null ? withCursor(request, `before.${startCursor}`) : null,
  };
}

function withCursor(request: Request, cursor: string): string {
  const [path = ''] = request.originalUrl.split('?', 1);
  const kept = queryOf(request)
    .split('&')
    .filter((pair) => pair !== '' && !/^cursor(=|$)/.test(pair));
  return `${origin(request)}${path}?${[...kept, `cursor=${cursor}`].join('&')}`;
}

/** The outside's scheme and host: from `X-Forwarded-*` where the proxy that sent them is trusted. */
export function origin(request: Request): string {
  return `${request.protocol}://${request.host}`;
}
