import { sendEarly } from '../api/early-request.ts';
import type { Execute } from '../api/execute.ts';
import type { TypedDocumentString } from '../generated/graphql.ts';
import { viewerOf, type Viewer, type ViewerRef } from '../session/viewer-fields.ts';
import type { ConnectionPage } from './loaded-list.ts';

/** What a page with a list shows first: the signed-in user and the first rows, in one request. */
export interface Start {
  /** The list's key in the cache. */
  readonly key: readonly [name: string, ...rest: unknown[]];
  /** Asks for it. The response to a request that was sent early is taken over. */
  ask: (execute: Execute) => Promise<{ viewer: Viewer; page: ConnectionPage<unknown> }>;
  /** Sends the request before the program is there. */
  sendEarly: (token: string) => void;
}

/** What is read of the answer to the operation of a start. */
interface Answer {
  viewer: ViewerRef;
  /** From before the list was read, so that every change since is after it. */
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
