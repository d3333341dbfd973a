import type { Socket } from 'node:net';
import type { Request } from 'express';
import { isHost } from '../http/malformed-requests.ts';
import { HttpError } from './http-error.ts';
import { queryString } from './query-string.ts';

declare global {
  // oxlint-disable-next-line typescript/no-namespace -- Express's types can only be extended in this way
  namespace Express {
    interface Locals {
      /** The setting PUBLIC_URL. */
      publicUrl?: string | null;
    }
  }
}

/** How many objects a page of a list has. Clients cannot choose it. */
export const PAGE_SIZE = 250;

/** The `pageInfo` of a connection. */
export interface PageInfo {
  readonly hasNextPage: boolean;
  readonly hasPreviousPage: boolean;
  readonly startCursor: string | null;
  readonly endCursor: string | null;
}

/** The arguments that select a page of a connection. */
export type PageVariables =
  { readonly first: number; readonly after?: string } | { readonly last: number; readonly before?: string };

/** The `cursor` of the last page. */
const LAST_PAGE = 'before.';

/**
 * The page for the parameter `cursor`, whose values `pageLinks` writes. Without the parameter it is the first page. Any other text becomes
 * an empty cursor, which GraphQL refuses. It is not refused here, because errors of other parameters come first.
 */
export function pageVariables(cursor: string | undefined): PageVariables {
  if (cursor === undefined) return { first: PAGE_SIZE };
  if (cursor === LAST_PAGE) return { last: PAGE_SIZE };
  const [, direction, position = ''] = /^(after|before)\.(.+)$/.exec(cursor) ?? [];
  switch (direction) {
    case 'after':
      return { first: PAGE_SIZE, after: position };
    case 'before':
      return { last: PAGE_SIZE, before: position };
    default:
      return { first: PAGE_SIZE, after: '' };
  }
}

/** The error for a `cursor` that this server has not written, or has written for another list. */
export function invalidCursor(): HttpError {
  return new HttpError(404, 'Invalid cursor');
}

/**
 * The absolute addresses of the next and the previous page. They are the address of the request with another cursor. A page whose objects
 * have all been deleted or archived leads to the first or the last page.
 */
export function pageLinks(request: Request, { hasNextPage, hasPreviousPage, startCursor, endCursor }: PageInfo) {
  const next = endCursor === null ? null : `after.${endCursor}`;
  const previous = startCursor === null ? LAST_PAGE : `before.${startCursor}`;
  return {
    next: hasNextPage ? withCursor(request, next) : null,
    previous: hasPreviousPage ? withCursor(request, previous) : null,
  };
}

/** @param cursor null: no cursor, which is the first page. */
function withCursor(request: Request, cursor: string | null): string {
  const [path = ''] = request.originalUrl.split('?', 1);
  const kept = queryString(request)
    .split('&')
    .filter((pair) => pair !== '' && !/^cursor(=|$)/.test(pair));
  const query = [...kept, ...(cursor === null ? [] : [`cursor=${cursor}`])].join('&');
  return `${origin(request)}${path}${query && `?${query}`}`;
}

/**
 * The scheme and host with which every link begins. They come from the setting PUBLIC_URL, or else from the request. `X-Forwarded-*`
 * is used when a trusted proxy has sent it. A forwarded scheme other than http and https, or an invalid forwarded host, is ignored,
 * because some proxies pass on what a client has sent. A request that names no host, as HTTP/1.0 allows, gets the address that it was
 * sent to.
 */
export function origin(request: Request): string {
  const { publicUrl } = request.app.locals;
  if (publicUrl) return publicUrl;
  const { protocol, host, headers, socket } = request;
  // The server itself listens with http.
  const scheme = protocol === 'https' ? 'https' : 'http';
  const named = host && isHost(host) ? host : headers.host;
  return `${scheme}://${named || addressOf(socket)}`;
}

function addressOf({ localAddress = '', localPort, localFamily }: Socket): string {
  return `${localFamily === 'IPv6' ? `[${localAddress}]` : localAddress}:${localPort}`;
}
