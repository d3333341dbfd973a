import { randomUUID } from 'node:crypto';
import type { RequestHandler } from 'express';
import type { Log } from './log.ts';
import { maskKeys } from './masked-path.ts';
import type { Metrics, Surface } from './metrics.ts';

declare global {
  // oxlint-disable-next-line typescript/no-namespace -- Express's own way to add to its types
  namespace Express {
    interface Locals {
      /** The id of the request. The response, the log and internal errors carry it. */
      requestId: string;
    }
  }
}

// The request ids that a trusted proxy may set. Ids of other clients are ignored, because the id goes into the log as
// it is.
const REQUEST_ID = /^[\w.:-]{8,128}$/;

const METHODS = new Set(['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS']);

/**
 * Gives each request an id, and logs and measures its response. Headers and query strings are never logged, because they
 * may contain tokens. What looks like a token in a path is masked.
 */
export function observeRequests(log: Log, metrics: Metrics, behindProxy: boolean): RequestHandler {
  return (request, response, next) => {
    const started = performance.now();
    const given = request.headers['x-request-id'];
    const requestId = behindProxy && isRequestId(given) ? given : randomUUID();
    response.locals.requestId = requestId;
    response.setHeader('x-request-id', requestId);
    // The path is taken now and from `originalUrl`, because routers change `url` later.
    const [path = ''] = request.originalUrl.split('?');

    response.on('close', () => {
      const ms = performance.now() - started;
      const method = METHODS.has(request.method) ? request.method : 'other';
      metrics.answered(surfaceOf(path), method, response.statusCode, ms / 1000);
      const event = {
        requestId,
        method,
        path: maskKeys(path),
        status: response.statusCode,
        ms: Math.round(ms * 10) / 10,
      };
      if (!response.writableFinished) log.warn(event, 'the client went away');
      else if (surfaceOf(path) === 'health') log.debug(event, 'answered');
      else log.info(event, 'answered');
    });
    next();
  };
}

/** Whether a proxy's id can be logged as it is. */
function isRequestId(given: string | string[] | undefined): given is string {
  return typeof given === 'string' && REQUEST_ID.test(given) && maskKeys(given) === given;
}

function surfaceOf(path: string): Surface {
  if (path === '/graphql') return 'graphql';
  if (path.startsWith('/api/')) return 'rest';
  return path === '/healthz' || path === '/readyz' || path === '/metrics' ? 'health' : 'pages';
}
