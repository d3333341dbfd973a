import type { TypedDocumentString } from '../generated/graphql.ts';
import { t } from '../language/language.ts';
import { takeEarlyResponse } from './early-request.ts';
import { isAnswerOfProxy, retryAfterSeconds } from './http-response.ts';
import { inHeader } from './in-header.js';
import { RequestError, errorDetails, type ChangeOutcome, type ErrorDetails } from './request-error.ts';
import { whyNotLoaded } from './why-not-loaded.ts';
import { ENDPOINT, hashOf, jsonRequest, operationByHash, send, TIMEOUT_MS, type RequestParts } from './send.ts';

/** Sends one operation with a token. Throws a RequestError if the response has no data, or has errors. */
export type Execute = <Data, Variables>(
  document: TypedDocumentString<Data, Variables>,
  variables: Variables,
  signal?: AbortSignal,
) => Promise<Data>;

export interface ResponseBody<Data> {
  data?: Data | null;
  errors?: { message: string; extensions?: ErrorExtensions }[];
}

interface ErrorExtensions {
  code?: string;
  requestId?: string;
  outcome?: ChangeOutcome;
}

/** The address of the operations' texts by hash. The build puts it in. */
declare const OPERATIONS_FILE: string;

/** An `Execute` that sends its requests with this token. If the first script has sent the same request, its response is used. */
export function executeAs(token: string): Execute {
  return executeBy(async (operation, signal) => {
    const body = JSON.stringify(operation);
    const early = takeEarlyResponse(token, body);
    const { data } = await request(token, ENDPOINT, jsonRequest(body), signal, { early });
    return data;
  });
}

/**
 * Like `executeAs`, for a query that is sent again and again. While nothing changes in the workspace, the server answers with
 * status 304, which does not count against the rate limit, and the last data is returned.
 */
export function askAs(token: string): Execute {
  let last: { url: string; tag: string; data: unknown } | undefined;
  return executeBy(async (body, signal) => {
    const parameters = Object.entries(body).map(([name, value]: [string, unknown]) => [
      name,
      typeof value === 'string' ? value : JSON.stringify(value),
    ]);
    const url = `${ENDPOINT}?${new URLSearchParams(parameters).toString()}`;
    const known = last?.url === url ? last : undefined;
    const init = known ? { headers: { 'if-none-match': known.tag } } : {};
    const { data, tag } = await request(token, url, init, signal, { known });
    last = tag === null ? undefined : { url, tag, data };
    return data;
  });
}

/** Sends an operation in the form of a request's body, and returns the data of the answer. */
type Send = (body: object, signal: AbortSignal | undefined) => Promise<unknown>;

function executeBy(sendBody: Send): Execute {
  return async <Data, Variables>(
    document: TypedDocumentString<Data, Variables>,
    variables: Variables,
    signal?: AbortSignal,
  ): Promise<Data> => {
    try {
      return (await sendBody(operationByHash(document, variables), signal)) as Data;
    } catch (error) {
      // A server of another version may not know the hash. Then the text is sent. Servers that run only registered documents refuse it.
      if (!(error instanceof UnknownDocument)) throw error;
      const query = await textOf(hashOf(document));
      return (await sendBody({ query, variables }, signal).catch((again: unknown) => {
        throw isMisfit(again) ? new RequestError({ kind: 'outdated' }) : again;
      })) as Data;
    }
  };
}

/** The same `Execute`, which also reports the outcome of each request: its error, or undefined if it succeeded. */
export function reportOutcomes(execute: Execute, report: (error: ErrorDetails | undefined) => void): Execute {
  return async (document, variables, signal) => {
    try {
      const data = await execute(document, variables, signal);
      report(undefined);
      return data;
    } catch (error) {
      // An aborted request says nothing about the server, because the console itself has cancelled it.
      if (!signal?.aborted) report(errorDetails(error));
      throw error;
    }
  };
}

class UnknownDocument extends Error {}

const UNKNOWN_DOCUMENT_CODES = new Set(['PERSISTED_QUERY_NOT_FOUND', 'DOCUMENT_NOT_TRUSTED']);

/** The schema does not have what the operation asks for, or takes other values. */
const MISFIT_CODES = new Set<unknown>(['GRAPHQL_VALIDATION_FAILED', 'BAD_USER_INPUT']);

/** Whether the error means that the server cannot run the text of the operation either. */
function isMisfit(error: unknown): boolean {
  if (error instanceof UnknownDocument) return true;
  const details = errorDetails(error);
  return details.kind === 'failed' && MISFIT_CODES.has(details.code);
}

/** The text of an operation. It is fetched when it is needed, which is hardly ever. */
async function textOf(hash: string): Promise<string> {
  const response = await fetch(OPERATIONS_FILE).catch(() => undefined);
  const texts = response?.ok ? ((await response.json()) as Record<string, string>) : {};
  const text = texts[hash];
  if (text === undefined) throw new RequestError(await whyNotLoaded());
  return text;
}

/** Whether the token can be sent in a header. A line break, for example, cannot. */
function canBeSent(token: string): boolean {
  try {
    return new Headers({ authorization: inHeader(token) }).has('authorization');
  } catch {
    return false;
  }
}

/** `known` is the answer whose tag is in the If-None-Match header of `init`. `early` is the response if the request was already sent. */
async function request(
  token: string,
  url: string,
  init: RequestParts,
  signal: AbortSignal | undefined,
  { known, early }: { known?: { data: unknown; tag: string } | undefined; early?: Promise<Response> | undefined },
): Promise<{ data: unknown; tag: string | null }> {
  // Every token of a server can be sent, so that no server knows this one.
  if (!canBeSent(token)) throw new RequestError({ kind: 'signed-out' });
  const timeout = new AbortController();
  const stop = () => timeout.abort();
  const timer = setTimeout(stop, TIMEOUT_MS);
  signal?.addEventListener('abort', stop);
  try {
    const response = await (early ?? send(token, url, init, timeout.signal));
    if (response.status === 304 && known) return known;
    const result = await readBody(response);
    if (result?.data && !result.errors) return { data: result.data, tag: response.headers.get('etag') };
    const code = result?.errors?.[0]?.extensions?.code;
    if (code !== undefined && UNKNOWN_DOCUMENT_CODES.has(code)) throw new UnknownDocument();
    throw new RequestError(detailsOf(response, result));
  } catch (error) {
    if (error instanceof RequestError || error instanceof UnknownDocument) throw error;
    if (signal?.aborted) throw error;
    throw new RequestError({ kind: 'unreachable' });
  } finally {
    clearTimeout(timer);
    signal?.removeEventListener('abort', stop);
  }
}

/** The body as JSON. Undefined if it is something else, such as the error page of a proxy. */
export async function readBody(response: Response): Promise<ResponseBody<unknown> | undefined> {
  if (!/json/.test(response.headers.get('content-type') ?? '')) return undefined;
  return (await response.json()) as ResponseBody<unknown>;
}

/** Why a response has no data, or has errors. */
export function detailsOf(response: Response, body: ResponseBody<unknown> | undefined): ErrorDetails {
  const error = body?.errors?.[0];
  const { code, outcome, requestId } = error?.extensions ?? {};
  if (response.status === 401 || code === 'UNAUTHENTICATED') return { kind: 'signed-out' };
  // Not the status alone: a proxy that refuses a request says nothing about the role.
  if (code === 'FORBIDDEN') return { kind: 'forbidden' };
  if (response.status === 429 || code === 'RATE_LIMITED') {
    return { kind: 'rate-limited', retryAfterSeconds: retryAfterSeconds(response, 60) };
  }
  switch (code) {
    case 'STORAGE_UNAVAILABLE':
      return { kind: 'unavailable', what: 'database', outcome };
    case 'UPSTREAM_UNAVAILABLE':
      return { kind: 'unavailable', what: 'account', outcome };
    case 'STORAGE_BUSY':
    case 'OVERLOADED':
      return { kind: 'busy', retryAfterSeconds: retryAfterSeconds(response, 5) };
    case undefined:
      if (isAnswerOfProxy(response)) return { kind: 'unreachable' };
  }
  return {
    kind: 'failed',
    code,
    message: error?.message ?? t('error.status', { status: response.status }),
    requestId: requestId ?? response.headers.get('x-request-id') ?? undefined,
    outcome,
  };
}
