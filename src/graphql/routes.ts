import { HeaderMap } from '@apollo/server';
import type { ApolloServer } from '@apollo/server';
import type { NextFunction, Request, Response } from 'express';
import { Router } from 'express';
import { parseCredentials } from '../access/credentials.ts';
import type { Identify, Identity } from '../access/identity.ts';
import type { CountRequest, RateLimitState } from '../access/rate-limit.ts';
import { mayRead } from '../access/roles.ts';
import { BodyAborted, BodyTooLarge, readBody } from '../http/body.ts';
import type { ReportError } from '../http/internal-error.ts';
import { INTERNAL_ERROR_MESSAGE } from '../http/internal-error.ts';
import { RETRY_AFTER_SECONDS } from '../http/retry-after.ts';
import type { Context, CreateContext } from './context.ts';
import type { ErrorCode } from './errors.ts';
import { ERROR_CODES } from './errors.ts';
import { storageProblem } from './execution/unavailable.ts';
import type { TrustedDocuments } from './execution/trusted-documents.ts';

export interface GraphQLParts {
  readonly apollo: ApolloServer<Context>;
  readonly identify: Identify;
  readonly countRequest: CountRequest;
  readonly createContext: CreateContext;
  readonly report: ReportError;
  readonly trustedDocuments: TrustedDocuments;
}

/** `/graphql`, as the GraphQL-over-HTTP specification describes it. A browser that opens it is sent to the playground. */
export function graphqlRoutes(parts: GraphQLParts): Router {
  const router = Router();
  router.all('/graphql', (request, response, next) => {
    if (request.method === 'GET' && !request.url.includes('query=') && request.accepts(['json', 'html']) === 'html') {
      response.redirect('/graphiql');
      return;
    }
    answer(parts, request, response).catch(next);
  });
  router.use('/graphql', (error: Error, _request: Request, response: Response, _next: NextFunction) => {
    if (error instanceof BodyAborted) return;
    const storage = storageProblem(error);
    if (storage) return refuse(response, storage.code, storage.message);
    const { requestId } = response.locals;
    parts.report(error, requestId);
    refuse(response, 'INTERNAL_SERVER_ERROR', INTERNAL_ERROR_MESSAGE, { requestId });
  });
  return router;
}

async function answer(parts: GraphQLParts, request: Request, response: Response): Promise<void> {
  const viewer = await authenticate(parts.identify, request.headers.authorization);
  if ('code' in viewer) return refuse(response, viewer.code, viewer.message);
  const rateLimit = await parts.countRequest(viewer.workspace.id);
  if (rateLimit && !rateLimit.allowed) return refuseForNow(response, rateLimit);

  const body = await parseBody(request);
  if ('code' in body) return refuse(response, body.code, body.message);
  const admittedBody = parts.trustedDocuments.admitBody(body.value);
  if ('code' in admittedBody) return refuse(response, admittedBody.code, admittedBody.message);
  const admittedSearch =
    request.method === 'GET' ? parts.trustedDocuments.admitSearch(search(request)) : { request: '' };
  if ('code' in admittedSearch) return refuse(response, admittedSearch.code, admittedSearch.message);
  const headers = new HeaderMap();
  for (const name of ['accept', 'content-type']) {
    const value = request.headers[name];
    if (typeof value === 'string') headers.set(name, value);
  }
  const result = await parts.apollo.executeHTTPGraphQLRequest({
    httpGraphQLRequest: { method: request.method, headers, search: admittedSearch.request, body: admittedBody.request },
    context: async () => parts.createContext({ requestId: response.locals.requestId, viewer, rateLimit }),
  });
  for (const [name, value] of result.headers) response.setHeader(name, value);
  if (result.body.kind === 'complete') {
    response.setHeader('content-length', Buffer.byteLength(result.body.string));
    response.writeHead(result.status ?? 200).end(result.body.string);
  } else {
    refuse(response, 'BAD_REQUEST', 'Answers in several parts (@defer, @stream) are not given here.');
  }
}

interface Refused {
  readonly code: ErrorCode;
  readonly message: string;
}

async function authenticate(identify: Identify, header: string | undefined): Promise<Identity | Refused> {
  const credentials = parseCredentials(header, ['token', 'bearer']);
  if ('problem' in credentials) {
    return {
      code: 'UNAUTHENTICATED',
      message: 'An API token is needed: send the header "Authorization: Bearer <token>".',
    };
  }
  const viewer = await identify(credentials);
  if (!viewer) {
    return { code: 'UNAUTHENTICATED', message: 'The API token is unknown, or it has been revoked. Use another one.' };
  }
  if (!mayRead(viewer.role)) {
    return {
      code: 'FORBIDDEN',
      message: `Campaigns are not for ${viewer.role ? 'agents' : 'those who have left the workspace'}.`,
    };
  }
  return viewer;
}

/** The parsed JSON body of a POST; undefined for other methods. */
async function parseBody(request: Request): Promise<{ value: unknown } | Refused> {
  if (request.method !== 'POST') return { value: undefined };
  // Other content types are refused (RFC 9110, 15.5.16), because a form on another site could send them.
  if (!request.is('application/json')) {
    return {
      code: 'BAD_REQUEST',
      message: 'Send the request as JSON, with the header "Content-Type: application/json".',
    };
  }
  try {
    return { value: JSON.parse((await readBody(request)).toString('utf8')) };
  } catch (error) {
    if (error instanceof BodyTooLarge) return { code: 'PAYLOAD_TOO_LARGE', message: error.message };
    if (error instanceof SyntaxError)
      return { code: 'BAD_REQUEST', message: `The body is not JSON: ${error.message}.` };
    throw error;
  }
}

function search(request: Request): string {
  const start = request.url.indexOf('?');
  return start < 0 ? '' : request.url.slice(start);
}

function refuseForNow(response: Response, { retryAfter, limit }: RateLimitState): void {
  response.setHeader('retry-after', retryAfter);
  refuse(
    response,
    'RATE_LIMITED',
    `The workspace has used up its ${limit} requests. Try again in ${retryAfter} seconds.`,
  );
}

function refuse(response: Response, code: ErrorCode, message: string, extensions: Record<string, unknown> = {}): void {
  const { status } = ERROR_CODES[code];
  // RFC 9110, 15.5.2: a 401 says how to authenticate.
  if (status === 401) response.setHeader('www-authenticate', 'Bearer realm="campaigns"');
  if (status === 503) response.setHeader('retry-after', RETRY_AFTER_SECONDS);
  // The connection is closed, because the rest of the body is not read.
  if (status === 413) response.setHeader('connection', 'close');
  response.status(status).json({ errors: [{ message, extensions: { code, ...extensions } }] });
}
