import { Kind } from 'graphql';
import type { Observed } from '../http/observed.ts';
import * as operations from './generated/operations.ts';

/** The names of the operations that REST requests are translated to. */
export const OPERATION_NAMES: readonly string[] = Object.values(operations).flatMap(({ definitions }) =>
  definitions.flatMap((node) => (node.kind === Kind.OPERATION_DEFINITION && node.name ? [node.name.value] : [])),
);

/** The codes that GraphQL has for what REST answers with these statuses. */
const CODES: Readonly<Record<number, string>> = {
  400: 'BAD_USER_INPUT',
  413: 'PAYLOAD_TOO_LARGE',
  429: 'RATE_LIMITED',
  502: 'UPSTREAM_UNAVAILABLE',
  503: 'OVERLOADED',
  504: 'UPSTREAM_UNAVAILABLE',
};

/**
 * Notes why a request was refused, for the log and the metrics, by the code that GraphQL has for it. An operation that failed
 * has been noted with its own codes.
 */
export function noteRefusal(observed: Observed, status: number): void {
  if (observed.codes.length > 0) return;
  // REST answers both with 403. The caller's workspace is known as soon as the token is.
  const code = status === 403 ? (observed.workspace === undefined ? 'UNAUTHENTICATED' : 'FORBIDDEN') : CODES[status];
  if (code !== undefined) observed.codes.push(code);
}
