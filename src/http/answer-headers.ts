import { Socket } from 'node:net';
import type { RequestHandler } from 'express';
import helmet from 'helmet';
import { IncomingMessage, ServerResponse } from '../node-http.ts';

/** One year. */
const HSTS_SECONDS = 31_536_000;

/**
 * The headers of every answer. Each may be replaced by the route that answers: a page has a policy of its own, and a
 * file whose address changes with its content may be kept.
 */
export function answerHeaders(): RequestHandler {
  // Answers have data of one caller, or say something about a token. No cache may keep them.
  const headers = [...helmetHeaders(), ['cache-control', 'no-store'] as const];
  return (request, response, next) => {
    for (const [name, value] of headers) response.setHeader(name, value);
    // Browsers obey this header only where the connection is encrypted (RFC 6797, 8.1). Subdomains belong to others.
    if (request.secure) response.setHeader('strict-transport-security', `max-age=${HSTS_SECONDS}`);
    next();
  };
}

/**
 * The headers that helmet sets. They are read once, because they are the same for every request, and helmet makes a dozen calls
 * for them.
 */
function helmetHeaders(): [name: string, value: string][] {
  const request = new IncomingMessage(new Socket());
  const response = new ServerResponse(request);
  const set = helmet({
    strictTransportSecurity: false,
    contentSecurityPolicy: { useDefaults: false, directives: { defaultSrc: ["'none'"], frameAncestors: ["'none'"] } },
  });
  set(request, response, () => {});
  return Object.entries(response.getHeaders()).map(([name, value]) => [name, String(value)]);
}
