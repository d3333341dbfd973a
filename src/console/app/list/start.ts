import { sendEarly } from '../api/early-request.ts';
import type { Execute } from '../api/execute.ts';
import type { TypedDocumentString } from '../generated/graphql.ts';
import { viewerOf, type Viewer, type ViewerRef } from '../session/viewer-fields.ts';
import type { ConnectionPage } from './loaded-list.ts';

/** What a page with a list shows first: the signed-in user and the first rows, in one request. */
export interface Start {
  /** The list's key in the cache. */
  readonly key: readonly [name: string, ...rest: unknown[]];
  /** Sends the request, or takes over the response to the request that was sent early. */
  ask: (execute: Execute) => Promise<{ viewer: Viewer; page: ConnectionPage<unknown> }>;
  /** Sends the request before the program is there. */
  sendEarly: (token: string) => void;
}

/** The parts of the answer to the first request of a page. */
interface Answer {
  viewer: ViewerRef;
  /** The server takes this cursor before it reads the list, so that every later change comes after it. */
  changesCursor: string;
  page: ConnectionPage<unknown>;
}

export function startWith<Data, Variables>(
  document: TypedDocumentString<Data, Variables>,
  variables: Variables,
  key: Start['key'],
  read: (data: Data) => Answer,
): Start {
  return {
    key,
    async ask(execute) {
      const { viewer, changesCursor, page } = read(await execute(document, variables));
      return { viewer: viewerOf(viewer, changesCursor), page };
    },
    sendEarly: (token) => sendEarly(token, document, variables),
  };
}
