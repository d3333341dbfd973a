import type { Request } from 'express';
import { isRecord } from '../encoding/is-record.ts';
import { oversize } from '../encoding/json-size.ts';
import { BodyTooLarge, MalformedEncoding, readBody, UnknownEncoding } from '../http/body.ts';
import { NotText, textOfBody } from '../http/charset.ts';
import { parseIdempotencyKey } from '../http/idempotency-key.ts';
import { isRead } from '../http/safe-methods.ts';
import type { IdempotencyKey } from '../model/idempotent-writes.ts';
import type { AcceptedForms } from './accept.ts';
import { acceptedForms, JSON_TYPE } from './accept.ts';
import { bodyOfGet, withoutEmpty } from './apollo-request.ts';
import { requestFingerprint } from './execution/idempotency.ts';
import { LIMITS } from './execution/limits.ts';
import type { TrustedDocuments } from './execution/trusted-documents.ts';
import type { RequestError } from './refuse.ts';

/** What a request asks for. */
export interface OperationRequest {
  readonly accepted: AcceptedForms;
  /** The JSON body of a POST, or the parameters of a GET. They have the text of a trusted document in place of its hash. */
  readonly parameters: unknown;
  readonly idempotency: IdempotencyKey | undefined;
}

const METHOD_NOT_ALLOWED = 'Send GraphQL by POST, or queries and subscriptions by GET.';

const NOT_ACCEPTABLE =
  'The answer is JSON: name "application/json" or "application/graphql-response+json" in the header "Accept", or leave it out.';

/** What a client is told that wants to speak WebSocket. */
export const NO_WEBSOCKET =
  'This server has no WebSocket. Send subscriptions over plain HTTP, by POST or GET, with the header "Accept: text/event-stream".';

/** Reads what a request asks for, as far as it is checked before Apollo sees it. */
export async function readOperation(
  trustedDocuments: TrustedDocuments,
  request: Request,
): Promise<OperationRequest | RequestError> {
  const isPost = request.method === 'POST';
  if (!isPost && !isRead(request)) return { code: 'METHOD_NOT_ALLOWED', message: METHOD_NOT_ALLOWED };
  // Apollo would check the Accept header only after it has carried out a mutation.
  const accepted = acceptedForms(request.headers.accept);
  if (accepted.json === null && accepted.stream === null) return { code: 'NOT_ACCEPTABLE', message: NOT_ACCEPTABLE };
  // A key counts for POST alone, because no other method can write.
  const parsed = isPost ? parseIdempotencyKey(request.headers['idempotency-key']) : undefined;
  if (parsed && 'problem' in parsed) return { code: 'IDEMPOTENCY_KEY_INVALID', message: parsed.problem };
  const given = isPost ? await parseBody(request) : parseSearch(request);
  if ('code' in given) return given;
  const tooLong = excessOf(given.value);
  if (tooLong) return tooLong;
  if (asksForWebSocket(request) && documentText(given.value) === '')
    return { code: 'BAD_REQUEST', message: NO_WEBSOCKET };
  const admitted = trustedDocuments.admit(given.value);
  if ('code' in admitted) return admitted;
  const { request: parameters } = admitted;
  if (!parsed) return { accepted, parameters, idempotency: undefined };
  return { accepted, parameters, idempotency: { key: parsed.key, fingerprint: requestFingerprint(parameters) } };
}

/** Whether the client wants to speak WebSocket, as graphql-ws does. */
export function asksForWebSocket({ headers }: Request): boolean {
  return headers.upgrade?.toLowerCase() === 'websocket';
}

/** The text of the document in the parameters of a request. */
export function documentText(parameters: unknown): unknown {
  return isRecord(parameters) ? parameters['query'] : undefined;
}

/** The error when the document, or the name of the operation, is too long; undefined when neither is. */
function excessOf(parameters: unknown): RequestError | undefined {
  const { query, operationName } = isRecord(parameters) ? parameters : {};
  const { documentLength, nameLength } = LIMITS;
  if (lengthOf(query) > documentLength) {
    const message = `The document has ${lengthOf(query)} characters; it can have at most ${documentLength}. Send long values as variables.`;
    return { code: 'GRAPHQL_PARSE_FAILED', message };
  }
  if (lengthOf(operationName) > nameLength) {
    const message = `\`operationName\` has ${lengthOf(operationName)} characters; it can have at most ${nameLength}.`;
    return { code: 'BAD_REQUEST', message };
  }
  return undefined;
}

function lengthOf(value: unknown): number {
  return typeof value === 'string' ? value.length : 0;
}

/** How many values a body may have: those of the largest import of campaigns, whose rows have four, and a quarter more. */
const MAX_VALUES = 5 * LIMITS.importedRows;

/** The parsed JSON body of a POST. */
async function parseBody(request: Request): Promise<{ value: unknown } | RequestError> {
  // Other content types are refused with status 400, because a form on another site could send them.
  if (request.headers['content-type'] !== JSON_TYPE && !request.is(JSON_TYPE)) {
    return {
      code: 'BAD_REQUEST',
      message: 'Send the request as JSON, with the header "Content-Type: application/json".',
    };
  }
  try {
    const body = await readBody(request);
    const text = textOfBody(body, request.headers['content-type'] ?? '');
    const problem = oversize(text, MAX_VALUES);
    if (problem !== null) return { code: 'BAD_REQUEST', message: `${problem}. Send less at once.` };
    return { value: withoutEmpty(JSON.parse(text)) };
  } catch (error) {
    if (error instanceof BodyTooLarge) return { code: 'PAYLOAD_TOO_LARGE', message: error.message };
    if (error instanceof UnknownEncoding) return { code: 'UNSUPPORTED_ENCODING', message: error.message };
    if (error instanceof MalformedEncoding) return { code: 'BAD_REQUEST', message: error.message };
    if (error instanceof NotText) return { code: 'BAD_REQUEST', message: `${error.message}.` };
    if (error instanceof SyntaxError)
      return { code: 'BAD_REQUEST', message: `The body is not JSON: ${error.message}.` };
    throw error;
  }
}

/** The parameters of a GET. */
function parseSearch({ url }: Request): { value: unknown } | RequestError {
  const start = url.indexOf('?');
  const body = bodyOfGet(start < 0 ? '' : url.slice(start));
  return 'problem' in body ? { code: 'BAD_REQUEST', message: body.problem } : body;
}
