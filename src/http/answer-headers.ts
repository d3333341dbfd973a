import { Socket } from 'node:net';
import type { RequestHandler } from 'express';
import helmet from 'helmet';
import { IncomingMessage, ServerResponse } from '../node-http.ts';

/** One year. */
const HSTS_SECONDS = 31_536_000;

/**
 * Browsers obey these headers, and Strict-Transport-Security (RFC 6797, 8.1), only where the connection is encrypted. Elsewhere Chromium
 * logs an error for each page that has them.
 */
const SECURE_ONLY = new Set(['cross-origin-opener-policy', 'origin-agent-cluster']);

/**
 * The headers of every answer. Each may be replaced by the route that answers: a page has a policy of its own, and a
 * file whose address changes with its content may be kept.
 */
export function answerHeaders(): RequestHandler {
  // Answers have data of one caller, or say something about a token. No cache may keep them.
  const all = [...helmetHeaders(), ['cache-control', 'no-store'] as const];
  // Subdomains belong to others.
  const secure = [...all, ['strict-transport-security', `max-age=${HSTS_SECONDS}`] as const];
  const insecure = all.filter(([name]) => !SECURE_ONLY.has(name));
  return (request, response, next) => {
    for (const [name, value] of request.secure ? secure : insecure) response.setHeader(name, value);
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
