import { ACCEPT_ENCODING } from '../http/body.ts';
import { RETRY_AFTER_SECONDS } from '../http/retry-after.ts';
import type { ErrorWithCode } from './errors.ts';
import { codeOf, ERROR_CODES } from './errors.ts';

/** The status of a response, and the headers that belong to the status. */
export interface ResponseHead {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
}

const OK: ResponseHead = { status: 200, headers: {} };

/** What a response with a status must say besides, mostly by RFC 9110. */
const HEADERS: Readonly<Record<number, ResponseHead['headers']>> = {
  // 15.5.2: how to authenticate.
  401: { 'www-authenticate': 'Bearer realm="campaigns"' },
  // 15.5.6: which methods are taken.
  405: { allow: 'GET, HEAD, POST' },
  // The connection is closed, because the rest of the body is not read.
  413: { connection: 'close' },
  // 15.5.16: which encodings are taken.
  415: { 'accept-encoding': ACCEPT_ENCODING },
  // 15.6.4: when to try again.
  503: { 'retry-after': String(RETRY_AFTER_SECONDS) },
};

/** The head of a response that has this error and no data. An error with `retryAfter`, in seconds, says itself when to try again. */
export function headOfError(error: ErrorWithCode): ResponseHead {
  const { status } = ERROR_CODES[codeOf(error)];
  const retryAfter = error.extensions?.['retryAfter'];
  return {
    status,
    headers: { ...HEADERS[status], ...(typeof retryAfter === 'number' && { 'retry-after': String(retryAfter) }) },
  };
}

interface Result {
  readonly data?: Readonly<Record<string, unknown>> | null | undefined;
  readonly errors?: readonly ErrorWithCode[] | undefined;
}

/** The statuses of errors about the whole request: the same request may succeed later, or its key was used before. */
const OF_THE_WHOLE_REQUEST = new Set<number>([422, 429, 503]);

/**
 * The head of the result of an operation. Without data it is that of the first error. A result with data has status 200 (GraphQL over
 * HTTP, 6.4.2). If all its fields are null, an error about the whole request counts all the same. A partial answer has no Retry-After,
 * because a client that repeats the request would repeat what has been done.
 */
export function headOfResult({ data, errors = [] }: Result): ResponseHead {
  const isPartial = Object.values(data ?? {}).some((value) => value !== null);
  const error =
    data === undefined
      ? errors[0]
      : errors.find((one) => !isPartial && OF_THE_WHOLE_REQUEST.has(ERROR_CODES[codeOf(one)].status));
  return error ? headOfError(error) : OK;
}
