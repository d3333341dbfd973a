import type { ApolloServer } from '@apollo/server';
import type { Express, NextFunction, Request, RequestHandler, Response } from 'express';
import type { Authenticate, RoleNow } from '../access/authenticate.ts';
import { authorizationOf } from '../access/credentials.ts';
import type { CountRequest, RateLimitState } from '../access/rate-limit.ts';
import type { Admission } from '../http/admission.ts';
import { OVERLOADED_MESSAGE } from '../http/admission.ts';
import { BodyAborted } from '../http/body.ts';
import { sentNotModified } from '../http/entity-tag.ts';
import { noteRead } from '../http/half-closed.ts';
import { inOrder } from '../http/in-order.ts';
import type { ReportError } from '../http/internal-error.ts';
import { INTERNAL_ERROR_MESSAGE } from '../http/internal-error.ts';
import { requestSignal } from '../http/request-signal.ts';
import { isRead } from '../http/safe-methods.ts';
import { lastEventId } from '../http/streams/event-stream.ts';
import type { OpenStreams } from '../http/streams/open-streams.ts';
import { requestForApollo } from './apollo-request.ts';
import type { RequestState, HttpContext } from './apollo.ts';
import type { Caller, CreateContext, StreamRequest } from './context.ts';
import type { DocumentTexts } from './document-texts.ts';
import type { TaggedRequest, TagOf } from './execution/answer-tags.ts';
import { mayMutate } from './execution/document.ts';
import { isExpectedEnd } from './execution/subscribe.ts';
import type { TrustedDocuments } from './execution/trusted-documents.ts';
import { outageOf } from './execution/unavailable.ts';
import type { KnownCaller } from './identify-caller.ts';
import { identifyCaller } from './identify-caller.ts';
import { asksForWebSocket, documentText, NO_WEBSOCKET, readOperation } from './read-operation.ts';
import type { RequestError } from './refuse.ts';
import { refuse } from './refuse.ts';
import { sendResult } from './send-result.ts';
import { answerWithStream } from './streams/answer-with-stream.ts';

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
    if (isRead(request) && !request.url.includes('query=') && request.accepts(['json', 'html']) === 'html') {
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
  const known = await identifyCaller(parts.authenticate, request);
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
  const tag = isRead(request) ? await parts.tagOf(viewer, tagged(request)) : null;
  if (tag !== null && sentNotModified(response, tag)) return;
  const rateLimit = await parts.countRequest(viewer.workspace.uuid);
  if (rateLimit && !rateLimit.allowed) return refuse(response, throttled(rateLimit));
  const place = await parts.admission.admit(viewer.workspace.id, response);
  if (!place) return refuse(response, { code: 'OVERLOADED', message: OVERLOADED_MESSAGE });

  const operation = await readOperation(parts.trustedDocuments, request);
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
    safe: isRead(request),
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

function tagged({ originalUrl: address, headers: { accept } }: Request): TaggedRequest {
  return { address, accept };
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

function throttled({ retryAfter, limit }: RateLimitState): RequestError {
  const message = `The workspace has used up its ${limit} requests. Try again in ${retryAfter} seconds.`;
  return { code: 'RATE_LIMITED', message, extensions: { retryAfter } };
}
