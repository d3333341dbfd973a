import { Kind } from 'graphql';
import type { Observed } from '../http/observed.ts';
import * as operations from './generated/operations.ts';

/** The names of the GraphQL operations that REST requests are translated to. */
export const OPERATION_NAMES: readonly string[] = Object.values(operations).flatMap(({ definitions }) =>
  definitions.flatMap((node) => (node.kind === Kind.OPERATION_DEFINITION && node.name ? [node.name.value] : [])),
);

/** The GraphQL error codes for these HTTP statuses of REST. */
const CODES: Readonly<Record<number, string>> = {
  400: 'BAD_USER_INPUT',
  413: 'PAYLOAD_TOO_LARGE',
  429: 'RATE_LIMITED',
  502: 'UPSTREAM_UNAVAILABLE',
  503: 'OVERLOADED',
  504: 'UPSTREAM_UNAVAILABLE',
};

/**
 * Records why a request was refused, for the log and the metrics, as a GraphQL error code. The codes of a failed operation have
 * already been recorded.
 */
export function noteErrorStatus(observed: Observed, status: number): void {
  if (observed.codes.length > 0) return;
  // REST answers 403 to wrong credentials and to forbidden requests. The workspace is known only when the credentials are right.
  const code = status === 403 ? (observed.workspace === undefined ? 'UNAUTHENTICATED' : 'FORBIDDEN') : CODES[status];
  if (code !== undefined) observed.codes.push(code);
}
