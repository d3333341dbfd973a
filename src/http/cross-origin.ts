import cors from 'cors';
import type { RequestHandler } from 'express';

/** One day, which is the longest time that browsers keep the answer to a preflight. */
const PREFLIGHT_SECONDS = 86_400;

/** What a page of another site may read of an answer, besides the headers that every page may read. */
const EXPOSED = ['content-disposition', 'etag', 'retry-after', 'x-request-id', 'x-temba-workspace'];

/**
 * Lets the pages of these origins call the server from a browser (CORS). Other origins get no CORS headers, so that
 * browsers show their pages nothing; their preflights are answered all the same. Any request header may be sent: only
 * Authorization gives rights, and browsers never add it by themselves.
 */
export function crossOrigin(origins: '*' | readonly string[]): RequestHandler {
  const allow = cors({
    origin: origins === '*' ? '*' : [...origins],
    methods: ['GET', 'HEAD', 'POST', 'DELETE'],
    exposedHeaders: EXPOSED,
    maxAge: PREFLIGHT_SECONDS,
  });
  const allowed = new Set(origins === '*' ? [] : origins);
  return (request, response, next) => {
    // A cache must not give one origin's answer to another.
    if (allowed.size > 0) response.vary('origin');
    const { origin } = request.headers;
    if (origin === undefined) return next();
    const isPreflight = request.method === 'OPTIONS' && 'access-control-request-method' in request.headers;
    const isAllowed = origins === '*' || allowed.has(origin);
    // `cors` treats every OPTIONS request as a preflight.
    if (isAllowed && (isPreflight || request.method !== 'OPTIONS')) allow(request, response, next);
    else if (isPreflight) response.status(204).end();
    else next();
  };
}
