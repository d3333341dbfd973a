import { randomUUID } from 'node:crypto';
import type { Request, RequestHandler } from 'express';
import { arrivalOf } from '../http/arrival.ts';
import type { Observed } from '../http/observed.ts';
import { isHealthAddress } from './health.ts';
import type { Log } from './log.ts';
import { maskKeys } from './masked-path.ts';
import type { Metrics, Surface } from './metrics.ts';

// The request ids that a trusted proxy may set. Ids of other clients are ignored, because the id goes into the log as
// it is.
const REQUEST_ID = /^[\w.:-]{8,128}$/;

const METHODS = new Set(['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS']);

/**
 * Gives each request an id, and logs and measures its response. The line in the log names the caller's workspace, the operation
 * and its cost, as far as they are known. Headers and query strings are never logged, because they may contain tokens. What
 * looks like a token in a path is masked.
 */
export function observeRequests(log: Log, metrics: Metrics): RequestHandler {
  let underWay = 0;
  metrics.gauge('campaigns_http_requests_in_flight', 'Requests that are not answered yet.', () => underWay);
  return (request, response, next) => {
    // The time for which the request waited for its turn counts as well.
    const started = arrivalOf(request);
    const given = request.headers['x-request-id'];
    const requestId = isRequestId(given) && isFromTrustedProxy(request) ? given : randomUUID();
    response.locals.requestId = requestId;
    response.setHeader('x-request-id', requestId);
    const observed: Observed = { codes: [] };
    response.locals.observed = observed;
    // The path is taken now and from `originalUrl`, because routers change `url` later.
    const [path = ''] = request.originalUrl.split('?');

    underWay += 1;
    response.on('close', () => {
      underWay -= 1;
      const ms = performance.now() - started;
      const surface = surfaceOf(path);
      const method = METHODS.has(request.method) ? request.method : 'other';
      const status = response.statusCode;
      if (!observed.stream) metrics.answered({ surface, method, status, seconds: ms / 1000, observed });
      // JSON leaves out what is undefined.
      const event = {
        requestId,
        method,
        path: maskKeys(path),
        operation: observed.operation,
        workspace: observed.workspace,
        status,
        ms: Math.round(ms * 10) / 10,
        cost: observed.cost,
        codes: observed.codes.length ? observed.codes : undefined,
      };
      if (observed.stream) log.info(event, 'a stream ended');
      else if (!response.writableFinished) log.warn(event, 'the client went away');
      else if (surface === 'health') log.debug(event, 'answered');
      else log.info(event, 'answered');
    });
    next();
  };
}

/** Whether a proxy's id can be logged as it is. */
function isRequestId(given: string | string[] | undefined): given is string {
  return typeof given === 'string' && REQUEST_ID.test(given) && maskKeys(given) === given;
}

/** Whether the connection comes from a proxy that TRUST_PROXY names, by the rules of Express for `X-Forwarded-*`. */
function isFromTrustedProxy({ app, socket }: Request): boolean {
  const isTrusted = app.get('trust proxy fn') as (address: string | undefined, hop: number) => boolean;
  return isTrusted(socket.remoteAddress, 0);
}

function surfaceOf(path: string): Surface {
  if (path === '/graphql') return 'graphql';
  if (path.startsWith('/api/')) return 'rest';
  return isHealthAddress(path) ? 'health' : 'pages';
}
