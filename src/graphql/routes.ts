import type { ApolloServer } from '@apollo/server';
import type { Express, NextFunction, Request, RequestHandler, Response } from 'express';
import type { Authenticate, StillAllows } from '../access/authenticate.ts';
import type { Credentials, Scheme } from '../access/credentials.ts';
import { authorizationOf, credentialsOf } from '../access/credentials.ts';
import type { Identity } from '../access/identity.ts';
import type { CountRequest, RateLimitState } from '../access/rate-limit.ts';
import { mayRead } from '../access/roles.ts';
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
import { namesTag, sendNotModified, setEntityTag } from '../http/entity-tag.ts';
import { inOrder } from '../http/in-order.ts';
import { parseIdempotencyKey } from '../http/idempotency-key.ts';
import type { ReportError } from '../http/internal-error.ts';
import { INTERNAL_ERROR_MESSAGE } from '../http/internal-error.ts';
import { requestSignal } from '../http/request-signal.ts';
import { RETRY_AFTER_SECONDS } from '../http/retry-after.ts';
import type { OpenStreams } from '../http/streams/open-streams.ts';
import { bodyOfGet, requestForApollo } from './apollo-request.ts';
import type { Exchange, HttpContext } from './apollo.ts';
import type { CreateContext, StreamRequest } from './context.ts';
import type { DocumentTexts } from './document-texts.ts';
import type { ErrorCode } from './errors.ts';
import { ERROR_CODES } from './errors.ts';
import type { TaggedRequest, TagOf } from './execution/answer-tags.ts';
import { hasConditionalSubscription } from './execution/document.ts';
import { requestFingerprint } from './execution/idempotency.ts';
import { isExpectedEnd } from './execution/subscribe.ts';
import { outageOf } from './execution/unavailable.ts';
import type { TrustedDocuments } from './execution/trusted-documents.ts';
import { acceptedForms } from './streams/accept.ts';
import { answerWithStream, textOfStream } from './streams/answer-with-stream.ts';

const JSON_TYPE = 'application/json';

const NOT_ACCEPTABLE =
  'The answer is JSON: name "application/json" or "application/graphql-response+json" in the header "Accept", or leave it out.';

const TOO_DEEP = 'The variables are nested too deeply for a request with an Idempotency-Key.';

const METHOD_NOT_ALLOWED = 'Send GraphQL by POST, or queries and subscriptions by GET.';

const CONDITIONAL_SUBSCRIPTION = 'A subscription always has its field: "@skip" and "@include" cannot stand there.';

export interface GraphQLParts {
  readonly apollo: ApolloServer<HttpContext>;
  readonly documentTexts: DocumentTexts;
  readonly authenticate: Authenticate;
  readonly stillAllows: StillAllows;
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
    if (request.method === 'GET' && !request.url.includes('query=') && request.accepts(['json', 'html']) === 'html') {
      response.redirect('/graphiql');
      return;
    }
    answer(parts, request, response).catch(next);
  };
  app.all('/graphql', inOrder(before, route));
  app.use('/graphql', (error: Error, _request: Request, response: Response, _next: NextFunction) => {
    if (error instanceof BodyAborted) return;
    const outage = outageOf(error);
    if (outage) return refuse(response, outage.code, outage.message, { ...outage.extensions });
    const { requestId } = response.locals;
    parts.report(error, requestId);
    refuse(response, 'INTERNAL_SERVER_ERROR', INTERNAL_ERROR_MESSAGE, { requestId });
  });
}

async function answer(parts: GraphQLParts, request: Request, response: Response): Promise<void> {
  const caller = await authenticate(parts.authenticate, request);
  if ('code' in caller) return refuse(response, caller.code, caller.message, {}, caller.retryAfter);
  const { viewer } = caller;
  const { requestId, observed } = response.locals;
  observed.workspace = viewer.workspace.uuid;
  // An answer that the caller already has costs almost nothing, so it does not count against the rate limit.
  const tag = request.method === 'GET' ? await parts.tagOf(viewer, tagged(request)) : null;
  if (tag !== null && namesTag(request.headers['if-none-match'], tag)) return sendNotModified(response, tag);
  const rateLimit = await parts.countRequest(viewer.workspace.uuid);
  if (rateLimit && !rateLimit.allowed) return refuseForNow(response, rateLimit);
  const place = await parts.admission.admit(viewer.workspace.id, response);
  if (!place) return refuse(response, 'OVERLOADED', OVERLOADED_MESSAGE);

  if (request.method !== 'GET' && request.method !== 'POST') {
    response.setHeader('allow', 'GET, POST');
    return refuse(response, 'METHOD_NOT_ALLOWED', METHOD_NOT_ALLOWED);
  }
  // Apollo would check the Accept header only after it has carried out a mutation.
  const accepted = acceptedForms(request.headers.accept);
  if (accepted.json === null && accepted.stream === null) return refuse(response, 'NOT_ACCEPTABLE', NOT_ACCEPTABLE);
  // A key counts for POST alone, because no other method can write.
  const parsed = request.method === 'POST' ? parseIdempotencyKey(request.headers['idempotency-key']) : undefined;
  if (parsed && 'problem' in parsed) return refuse(response, 'IDEMPOTENCY_KEY_INVALID', parsed.problem);
  const given = request.method === 'POST' ? await parseBody(request) : parseSearch(request);
  if ('code' in given) return refuse(response, given.code, given.message);
  const admitted = parts.trustedDocuments.admit(given.value);
  if ('code' in admitted) return refuse(response, admitted.code, admitted.message);
  if (hasConditionalSubscription(documentText(admitted.request))) {
    return refuse(response, 'GRAPHQL_VALIDATION_FAILED', CONDITIONAL_SUBSCRIPTION);
  }
  const httpGraphQLRequest = requestForApollo(accepted, parts.documentTexts.withHash(admitted.request));
  const fingerprint = parsed && requestFingerprint(admitted.request);
  if (fingerprint === null) return refuse(response, 'BAD_REQUEST', TOO_DEEP);
  const idempotency = parsed && fingerprint ? { key: parsed.key, fingerprint } : undefined;
  const signal = requestSignal(response, parts.requestTimeout);
  const stream = accepted.stream ? streamRequest(parts, caller, request, response) : undefined;
  const exchange: Exchange = { safe: request.method === 'GET', accepted, taggable: false, json: null, stream: null };
  const result = await parts.apollo.executeHTTPGraphQLRequest({
    httpGraphQLRequest,
    context: async () => ({
      exchange,
      context: parts.createContext(
        {
          requestId,
          viewer,
          origin: 'graphql',
          rateLimit,
          observed,
          idempotency,
          authorization: viewer.issuer === 'account' ? authorizationOf(caller.credentials) : undefined,
        },
        signal,
        stream,
      ),
    }),
  });
  if (exchange.stream && accepted.stream) {
    // A stream does not count as a request under way, because it would keep its place for hours.
    place.leave();
    observed.stream = true;
    const { results, signal: over } = exchange.stream;
    const error = await answerWithStream(response, accepted.stream, results, over);
    if (error && !isExpectedEnd(error)) parts.report(error, requestId);
    return;
  }
  // Apollo has refused the request before there was an operation, so that its plugin has not seen the error.
  if (result.status === 400 && observed.codes.length === 0) observed.codes.push('BAD_REQUEST' satisfies ErrorCode);
  for (const [name, value] of result.headers) response.setHeader(name, value);
  if (result.body.kind === 'complete' && accepted.stream && !accepted.json && (result.status ?? 200) <= 400) {
    const body = exchange.json?.toString() ?? result.body.string;
    const { contentType, text } = textOfStream(accepted.stream, body);
    response.status(200).setHeader('content-type', contentType).end(text);
  } else if (result.body.kind === 'complete') {
    if (tag !== null && exchange.taggable) setEntityTag(response, tag);
    const body = exchange.json ?? Buffer.from(result.body.string);
    response.setHeader('content-length', body.length);
    endWithBytes(response.writeHead(result.status ?? 200), body);
  } else {
    refuse(response, 'BAD_REQUEST', 'Answers in several parts (@defer, @stream) are not given here.');
  }
}

function tagged({ originalUrl: address, headers: { accept } }: Request): TaggedRequest {
  return { address, accept };
}

interface Refused {
  readonly code: ErrorCode;
  readonly message: string;
  /** When the caller may try again, in whole seconds. */
  readonly retryAfter?: number;
}

/** How a stream is opened for a caller who takes one. */
function streamRequest(
  { streams, stillAllows }: GraphQLParts,
  { viewer, credentials }: KnownCaller,
  request: Request,
  response: Response,
): StreamRequest {
  const lastEventId = request.headers['last-event-id'];
  const owner = { workspace: viewer.workspace.id, token: viewer.token.id, isValid: () => stillAllows(credentials) };
  return {
    open: () => streams.open(owner, response),
    resumeAfter: typeof lastEventId === 'string' && lastEventId !== '' ? lastEventId : undefined,
  };
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
    return { value: JSON.parse(textOfBody(body, request.headers['content-type'] ?? '')) };
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
  return typeof parameters === 'object' && parameters !== null && 'query' in parameters ? parameters.query : undefined;
}

function refuseForNow(response: Response, { retryAfter, limit }: RateLimitState): void {
  const message = `The workspace has used up its ${limit} requests. Try again in ${retryAfter} seconds.`;
  refuse(response, 'RATE_LIMITED', message, {}, retryAfter);
}

/** @param retryAfter When the caller may try again, in whole seconds. */
function refuse(
  response: Response,
  code: ErrorCode,
  message: string,
  extensions: Record<string, unknown> = {},
  retryAfter?: number,
): void {
  const { status } = ERROR_CODES[code];
  response.locals.observed.codes.push(code);
  if (retryAfter !== undefined) response.setHeader('retry-after', retryAfter);
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
