import type { RequestHandler } from 'express';
import helmet from 'helmet';

/** One year. */
const HSTS_SECONDS = 31_536_000;

/**
 * The headers of every answer. Each may be replaced by the route that answers: a page has a policy of its own, and a
 * file whose address changes with its content may be kept.
 */
export function answerHeaders(): RequestHandler[] {
  return [
    helmet({
      strictTransportSecurity: false,
      contentSecurityPolicy: { useDefaults: false, directives: { defaultSrc: ["'none'"], frameAncestors: ["'none'"] } },
    }),
    (request, response, next) => {
      // Answers have data of one caller, or say something about a token. No cache may keep them.
      response.setHeader('cache-control', 'no-store');
      // Browsers obey this header only where the connection is encrypted (RFC 6797, 8.1). Subdomains belong to others.
      if (request.secure) response.setHeader('strict-transport-security', `max-age=${HSTS_SECONDS}`);
      next();
    },
  ];
}
