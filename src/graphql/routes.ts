import type { ApolloServer, HTTPGraphQLResponse } from '@apollo/server';
import type { Express, NextFunction, Request, RequestHandler, Response } from 'express';
import type { Authenticate, RoleNow } from '../access/authenticate.ts';
import type { Credentials, Scheme } from '../access/credentials.ts';
import { authorizationOf, credentialsOf } from '../access/credentials.ts';
import type { Identity } from '../access/identity.ts';
import type { CountRequest, RateLimitState } from '../access/rate-limit.ts';
import { mayRead } from '../access/roles.ts';
import { isRecord } from '../encoding/is-record.ts';
import { jsonSize } from '../encoding/json-size.ts';
import type { Admission } from '../http/admission.ts';
import { OVERLOADED_MESSAGE } from '../http/admission.ts';
import {
  ACCEPT_ENCODING,
  BodyAborted,
  BodyTooLarge,
  MalformedEncoding,
  readBody,
  UnknownEncoding,
} from '../http/body.ts';
import { NotText, textOfBody } from '../http/charset.ts';
import { endWithBytes } from '../http/end-with-bytes.ts';
import { noteRead } from '../http/half-closed.ts';
import { namesTag, sendNotModified, setEntityTag } from '../http/entity-tag.ts';
import { inOrder } from '../http/in-order.ts';
import { parseIdempotencyKey } from '../http/idempotency-key.ts';
import type { ReportError } from '../http/internal-error.ts';
import { INTERNAL_ERROR_MESSAGE } from '../http/internal-error.ts';
import { requestSignal } from '../http/request-signal.ts';
import { RETRY_AFTER_SECONDS } from '../http/retry-after.ts';
import { lastEventId } from '../http/streams/event-stream.ts';
import type { OpenStreams } from '../http/streams/open-streams.ts';
import type { IdempotencyKey } from '../model/idempotent-writes.ts';
import { bodyOfGet, requestForApollo, withoutEmpty } from './apollo-request.ts';
import type { RequestState, HttpContext } from './apollo.ts';
import type { Caller, CreateContext, StreamRequest } from './context.ts';
import type { DocumentTexts } from './document-texts.ts';
import type { ErrorCode } from './errors.ts';
import { ERROR_CODES } from './errors.ts';
import type { TaggedRequest, TagOf } from './execution/answer-tags.ts';
import { mayMutate, unfitForValidation } from './execution/document.ts';
import { requestFingerprint } from './execution/idempotency.ts';
import { LIMITS } from './execution/limits.ts';
import { isExpectedEnd } from './execution/subscribe.ts';
import type { TrustedDocuments } from './execution/trusted-documents.ts';
import { outageOf } from './execution/unavailable.ts';
import type { AcceptedForms } from './streams/accept.ts';
import { acceptedForms } from './streams/accept.ts';
import { answerWithStream, textOfStream } from './streams/answer-with-stream.ts';

const JSON_TYPE = 'application/json';

const NOT_ACCEPTABLE =
  'The answer is JSON: name "application/json" or "application/graphql-response+json" in the header "Accept", or leave it out.';

const TOO_DEEP = 'The variables are nested too deeply for a request with an Idempotency-Key.';

const NO_WEBSOCKET =
  'This server has no WebSocket. Send subscriptions over plain HTTP, by POST or GET, with the header "Accept: text/event-stream".';

const METHOD_NOT_ALLOWED = 'Send GraphQL by POST, or queries and subscriptions by GET.';

export interface GraphQLParts {
  readonly apollo: ApolloServer<HttpContext>;
  readonly documentTexts: DocumentTexts;
  readonly authenticate: Authenticate;
  readonly roleNow: RoleNow;
  readonly streams: OpenStreams;
  readonly tagOf: TagOf;
  readonly countRequest: CountRequest;
  readonly admission: Admission;
  readonly createContext: CreateContext;
  readonly report: ReportError;
  readonly trustedDocuments: TrustedDocuments;
  /** How long, in ms, an operation may take. */
  readonly requestTimeout: number;
}

/**
 * Adds `/graphql`, as the GraphQL-over-HTTP specification describes it. A browser that opens it is sent to the playground.
 * `before` sees each request first.
 */
export function addGraphqlRoutes(app: Express, before: RequestHandler, parts: GraphQLParts): void {
  const route: RequestHandler = (request, response, next) => {
    if (isSafe(request) && !request.url.includes('query=') && request.accepts(['json', 'html']) === 'html') {
      response.redirect('/graphiql');
      return;
    }
    answer(parts, request, response).catch(next);
  };
  app.all('/graphql', inOrder(before, route));
  app.use('/graphql', (error: Error, _request: Request, response: Response, _next: NextFunction) => {
    if (error instanceof BodyAborted) return;
    const outage = outageOf(error);
    if (outage) return refuse(response, outage);
    const { requestId } = response.locals;
    parts.report(error, requestId);
    refuse(response, { code: 'INTERNAL_SERVER_ERROR', message: INTERNAL_ERROR_MESSAGE, extensions: { requestId } });
  });
}

async function answer(parts: GraphQLParts, request: Request, response: Response): Promise<void> {
  const known = await authenticate(parts.authenticate, request);
  if ('code' in known) {
    // A browser cannot send a token with a WebSocket's first request, so that this is the refusal that such a client gets.
    return refuse(
      response,
      asksForWebSocket(request) ? { ...known, message: `${NO_WEBSOCKET} ${known.message}` } : known,
    );
  }
  const { viewer, credentials } = known;
  const { requestId, observed } = response.locals;
  observed.workspace = viewer.workspace.uuid;
  // An answer that the caller already has costs almost nothing, so it does not count against the rate limit.
  const tag = isSafe(request) ? await parts.tagOf(viewer, tagged(request)) : null;
  if (tag !== null && namesTag(request.headers['if-none-match'], tag)) return sendNotModified(response, tag);
  const rateLimit = await parts.countRequest(viewer.workspace.uuid);
  if (rateLimit && !rateLimit.allowed) return refuse(response, throttled(rateLimit));
  const place = await parts.admission.admit(viewer.workspace.id, response);
  if (!place) return refuse(response, { code: 'OVERLOADED', message: OVERLOADED_MESSAGE });

  const operation = await readOperation(parts, request);
  if ('code' in operation) return refuse(response, operation);
  const { accepted, parameters, idempotency } = operation;
  if (!mayMutate(documentText(parameters))) noteRead(request, response);
  const authorization = viewer.issuer === 'account' ? authorizationOf(credentials) : undefined;
  const caller: Caller = { requestId, viewer, origin: 'graphql', rateLimit, observed, idempotency, authorization };
  const signal = requestSignal(response, parts.requestTimeout);
  // A HEAD gets no stream, because without a body it would only keep a connection open. A subscription is then refused.
  const stream =
    accepted.stream && request.method !== 'HEAD' ? streamRequest(parts, known, request, response) : undefined;
  const requestState: RequestState = {
    safe: isSafe(request),
    accepted,
    taggable: false,
    json: null,
    stream: null,
  };
  const result = await parts.apollo.executeHTTPGraphQLRequest({
    httpGraphQLRequest: requestForApollo(accepted, parts.documentTexts.withHash(parameters)),
    context: async () => ({ requestState, context: parts.createContext(caller, signal, stream) }),
  });
  if (!requestState.stream || !accepted.stream) return sendResult(response, result, requestState, tag);
  // A stream does not count as a request under way, because it would keep its place for hours.
  place.leave();
  observed.stream = true;
  const { results, signal: over } = requestState.stream;
  const error = await answerWithStream(response, accepted.stream, results, over);
  if (error && !isExpectedEnd(error)) parts.report(error, requestId);
}

/** Whether the method only reads. A HEAD is answered as a GET is, without the body (RFC 9110, 9.3.2). */
function isSafe({ method }: Request): boolean {
  return method === 'GET' || method === 'HEAD';
}

/** Whether the client wants to speak WebSocket, as graphql-ws does. */
function asksForWebSocket({ headers }: Request): boolean {
  return headers.upgrade?.toLowerCase() === 'websocket';
}

function tagged({ originalUrl: address, headers: { accept } }: Request): TaggedRequest {
  return { address, accept };
}

interface Refused {
  readonly code: ErrorCode;
  readonly message: string;
  readonly extensions?: Readonly<Record<string, unknown>>;
  /** When the caller may try again, in whole seconds. */
  readonly retryAfter?: number;
}

/** What a request asks for. */
interface OperationRequest {
  readonly accepted: AcceptedForms;
  /** The JSON body of a POST, or the parameters of a GET. They have the text of a trusted document in place of its hash. */
  readonly parameters: unknown;
  readonly idempotency: IdempotencyKey | undefined;
}

/** Reads what a request asks for, as far as it is checked before Apollo sees it. */
async function readOperation(
  { trustedDocuments, documentTexts }: Pick<GraphQLParts, 'trustedDocuments' | 'documentTexts'>,
  request: Request,
): Promise<OperationRequest | Refused> {
  const isPost = request.method === 'POST';
  if (!isPost && !isSafe(request)) return { code: 'METHOD_NOT_ALLOWED', message: METHOD_NOT_ALLOWED };
  // Apollo would check the Accept header only after it has carried out a mutation.
  const accepted = acceptedForms(request.headers.accept);
  if (accepted.json === null && accepted.stream === null) return { code: 'NOT_ACCEPTABLE', message: NOT_ACCEPTABLE };
  // A key counts for POST alone, because no other method can write.
  const parsed = isPost ? parseIdempotencyKey(request.headers['idempotency-key']) : undefined;
  if (parsed && 'problem' in parsed) return { code: 'IDEMPOTENCY_KEY_INVALID', message: parsed.problem };
  const given = isPost ? await parseBody(request) : parseSearch(request);
  if ('code' in given) return given;
  if (asksForWebSocket(request) && documentText(given.value) === '')
    return { code: 'BAD_REQUEST', message: NO_WEBSOCKET };
  const admitted = trustedDocuments.admit(given.value);
  if ('code' in admitted) return admitted;
  const { request: parameters } = admitted;
  const text = documentText(parameters);
  const unfit = documentTexts.hasText(text) ? null : unfitForValidation(text);
  if (unfit !== null) return { code: 'GRAPHQL_VALIDATION_FAILED', message: unfit };
  if (!parsed) return { accepted, parameters, idempotency: undefined };
  const fingerprint = requestFingerprint(parameters);
  if (fingerprint === null) return { code: 'BAD_REQUEST', message: TOO_DEEP };
  return { accepted, parameters, idempotency: { key: parsed.key, fingerprint } };
}

/**
 * Sends the result of an operation, in one piece.
 * @param tag The entity tag for an answer that may have one.
 */
function sendResult(
  response: Response,
  { status = 200, headers, body }: HTTPGraphQLResponse,
  { accepted, taggable, json }: RequestState,
  tag: string | null,
): void {
  const { codes } = response.locals.observed;
  // Apollo has refused the request before there was an operation, so that its plugin has not seen the error.
  if (status === 400 && codes.length === 0) codes.push('BAD_REQUEST' satisfies ErrorCode);
  for (const [name, value] of headers) response.setHeader(name, value);
  if (body.kind !== 'complete') {
    const message = 'Answers in several parts (@defer, @stream) are not given here.';
    return refuse(response, { code: 'BAD_REQUEST', message });
  }
  if (accepted.stream && !accepted.json && status <= 400) {
    const { contentType, text } = textOfStream(accepted.stream, json?.toString() ?? body.string);
    response.status(200).setHeader('content-type', contentType).end(text);
    return;
  }
  if (tag !== null && taggable) setEntityTag(response, tag);
  const bytes = json ?? Buffer.from(body.string);
  response.setHeader('content-length', bytes.length);
  endWithBytes(response.writeHead(status), bytes);
}

/** How a stream is opened for a caller who takes one. */
function streamRequest(
  { streams, roleNow }: GraphQLParts,
  { viewer, credentials }: KnownCaller,
  request: Request,
  response: Response,
): StreamRequest {
  const { workspace, token, role } = viewer;
  const owner = { workspace: workspace.id, token: token.id, role, roleNow: () => roleNow(credentials) };
  return { open: () => streams.open(owner, response), resumeAfter: lastEventId(request) };
}

interface KnownCaller {
  readonly viewer: Identity;
  readonly credentials: Credentials;
}

const SCHEMES: readonly Scheme[] = ['token', 'bearer'];

async function authenticate(known: Authenticate, request: Request): Promise<KnownCaller | Refused> {
  const credentials = credentialsOf(request, SCHEMES);
  if ('problem' in credentials) {
    return {
      code: 'UNAUTHENTICATED',
      message: 'An API token is needed: send the header "Authorization: Bearer <token>".',
    };
  }
  const authentication = await known(credentials, request);
  switch (authentication.kind) {
    case 'known':
      return mayRead(authentication.viewer.role)
        ? { viewer: authentication.viewer, credentials }
        : notForRole(authentication.viewer);
    case 'unknown':
      return { code: 'UNAUTHENTICATED', message: 'The API token is unknown, or it has been revoked. Use another one.' };
    case 'expired':
      return { code: 'UNAUTHENTICATED', message: 'The API token has expired. Use another one.' };
    case 'too-many-failures': {
      const { retryAfter } = authentication;
      const message = `Too many wrong API tokens have come from this address. Try again in ${retryAfter} seconds.`;
      return { code: 'RATE_LIMITED', message, retryAfter };
    }
  }
}

function notForRole({ role }: Identity): Refused {
  return {
    code: 'FORBIDDEN',
    message: `${role ? 'Agents' : 'Users who have left the workspace'} have no access to campaigns.`,
  };
}

/** How many values a body may have: twice those of the largest import of campaigns. */
const MAX_VALUES = 2 * 4 * LIMITS.importedRows;

/** The parsed JSON body of a POST. */
async function parseBody(request: Request): Promise<{ value: unknown } | Refused> {
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
    if (text.length > MAX_VALUES && jsonSize(text).separators >= MAX_VALUES) {
      return { code: 'BAD_REQUEST', message: `The body has more than ${MAX_VALUES} values. Send fewer at once.` };
    }
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
function parseSearch({ url }: Request): { value: unknown } | Refused {
  const start = url.indexOf('?');
  const body = bodyOfGet(start < 0 ? '' : url.slice(start));
  return 'problem' in body ? { code: 'BAD_REQUEST', message: body.problem } : body;
}

/** The text of the document in the parameters of a request. */
function documentText(parameters: unknown): unknown {
  return isRecord(parameters) ? parameters['query'] : undefined;
}

function throttled({ retryAfter, limit }: RateLimitState): Refused {
  const message = `The workspace has used up its ${limit} requests. Try again in ${retryAfter} seconds.`;
  return { code: 'RATE_LIMITED', message, retryAfter };
}

function refuse(response: Response, { code, message, extensions, retryAfter }: Refused): void {
  const { status } = ERROR_CODES[code];
  response.locals.observed.codes.push(code);
  if (retryAfter !== undefined) response.setHeader('retry-after', retryAfter);
  // RFC 9110, 15.5.6: a 405 says which methods are taken.
  if (status === 405) response.setHeader('allow', 'GET, HEAD, POST');
  // RFC 9110, 15.5.2: a 401 says how to authenticate.
  if (status === 401) response.setHeader('www-authenticate', 'Bearer realm="campaigns"');
  // RFC 9110, 15.5.16: a 415 says which encodings are taken.
  if (status === 415) response.setHeader('accept-encoding', ACCEPT_ENCODING);
  if (status === 503) response.setHeader('retry-after', RETRY_AFTER_SECONDS);
  // The connection is closed, because the rest of the body is not read.
  if (status === 413) response.setHeader('connection', 'close');
  const type = acceptedForms(response.req.headers.accept).json ?? JSON_TYPE;
  response
    .status(status)
    .type(type)
    .json({ errors: [{ message, extensions: { code, ...extensions } }] });
}
