import { randomUUID } from 'node:crypto';
import type { RequestHandler } from 'express';
import type { Log } from './log.ts';
import type { Metrics, Surface } from './metrics.ts';

declare global {
  // oxlint-disable-next-line typescript/no-namespace -- Express's own way to add to its types
  namespace Express {
    interface Locals {
      /** Names the request in its answer, in the log, and in what is shown of a fault. */
      requestId: string;
    }
  }
}

// What a proxy in front may name a request. From anyone else a name is not taken: it would be logged as it is.
const REQUEST_ID = /^[\w.:-]{8,128}$/;

const METHODS = new Set(['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS']);

/**
 * Gives each request an id, and logs and measures its answer. Neither headers nor what follows the `?` of an address is
 * logged: that is where people put tokens.
 */
export function observeRequests(log: Log, metrics: Metrics, behindProxy: boolean): RequestHandler {
  return (request, response, next) => {
    const started = performance.now();
    const given = request.headers['x-request-id'];
    const requestId = behindProxy && typeof given === 'string' && REQUEST_ID.test(given) ? given : randomUUID();
    response.locals.requestId = requestId;
    response.setHeader('x-request-id', requestId);
    // `originalUrl` and the path of it now: routers rewrite `url` on the way.
    const [path = ''] = request.originalUrl.split('?');

    response.on('close', () => {
      const ms = performance.now() - started;
      const method = METHODS.has(request.method) ? request.method : 'other';
      metrics.answered(surfaceOf(path), method, response.statusCode, ms / 1000);
      const event = { requestId, method, path, status: response.statusCode, ms: Math.round(ms * 10) / 10 };
      if (!response.writableFinished) log.warn(event, 'the client went away');
      else if (surfaceOf(path) === 'health') log.debug(event, 'answered');
      else log.info(event, 'answered');
    });
    next();
  };
}

function surfaceOf(path: string): Surface {
  if (path === '/graphql') return 'graphql';
  if (path.startsWith('/api/')) return 'rest';
  return path === '/healthz' || path === '/readyz' || path === '/metrics' ? 'health' : 'pages';
}
