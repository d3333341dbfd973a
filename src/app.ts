import { join } from 'node:path';
import compression from 'compression';
import express, { type Express, type RequestHandler } from 'express';
import type { Config } from './config.ts';
import { CONSOLE_FOLDER, PLAYGROUND } from './console/folder.ts';
import { consoleRoutes } from './console/routes.ts';
import type { GraphQLParts } from './graphql/routes.ts';
import { addGraphqlRoutes } from './graphql/routes.ts';
import { readPrintedSchema } from './graphql/schema.ts';
import { answerHeaders } from './http/answer-headers.ts';
import { builtRoutes } from './http/built-routes.ts';
import { crossOrigin } from './http/cross-origin.ts';
import { inOrder } from './http/in-order.ts';
import type { ReportError } from './http/internal-error.ts';
import { answerErrors } from './http/internal-error.ts';
import { refuseMalformed } from './http/malformed-requests.ts';
import { plainPath } from './http/plain-path.ts';
import { metricsRoute, requireToken } from './observe/health.ts';
import type { Log } from './observe/log.ts';
import type { Metrics } from './observe/metrics.ts';
import { observeRequests } from './observe/requests.ts';
import { playgroundRoutes } from './playground/routes.ts';
import type { RestParts } from './rest/routes.ts';
import { restRoutes } from './rest/routes.ts';

/** What the routes need. */
export interface AppParts extends GraphQLParts, RestParts {
  readonly health: RequestHandler;
  readonly log: Log;
  readonly metrics: Metrics;
}

/** Adds all handlers of PORT. Each request passes them in the order in which they are added here. */
export function addRoutes(app: Express, config: Config, parts: AppParts): void {
  app.disable('x-powered-by');
  app.disable('etag');
  app.set('trust proxy', config.trustProxy);
  app.set('query parser', false);
  // Existing servers of the API treat paths as case-sensitive.
  app.enable('case sensitive routing');
  app.locals.publicUrl = config.publicUrl;
  const compress = compression();
  app.use(
    inOrder(
      plainPath(),
      observeRequests(parts.log, parts.metrics),
      answerHeaders(),
      refuseMalformed(),
      (request, response, next) => {
        if (request.headers['accept-encoding']) compress(request, response, next);
        else next();
      },
    ),
  );
  const allowOrigins = crossOrigin(config.corsOrigins);
  addGraphqlRoutes(app, allowOrigins, parts);
  app.use(parts.health);
  if (config.metricsToken !== null) {
    app.get('/metrics', requireToken(config.metricsToken), metricsRoute(parts.metrics));
  }
  // The pages are for this server's users, and have nothing for search engines.
  app.get('/robots.txt', (_request, response) => {
    response.type('text/plain').send('User-agent: *\nDisallow: /\n');
  });
  const printedSchema = readPrintedSchema();
  app.get('/schema.graphql', (_request, response) => {
    response.type('text/plain').send(printedSchema);
  });
  // v2 is the only version of the API. Existing servers redirect in the same way.
  app.all('/api', (_request, response) => response.redirect('/api/v2/'));
  // Existing servers redirect the address without a slash at its end, and keep its parameters (Django, APPEND_SLASH). A path that is a
  // text would match the address with the slash, too.
  app.all(/^\/api\/v2$/, allowOrigins, (request, response) => {
    response.redirect(301, request.originalUrl.replace('/api/v2', '/api/v2/'));
  });
  app.use('/api/v2', inOrder(allowOrigins, restRoutes(parts)));
  app.use(builtRoutes(join(CONSOLE_FOLDER, PLAYGROUND), playgroundRoutes));
  app.use(builtRoutes(CONSOLE_FOLDER, consoleRoutes));
  addLast(app, parts.report);
}

/** What is answered on ADMIN_PORT: health and metrics, without a token. */
export function createAdminApp({
  health,
  metrics,
  report,
}: {
  readonly health: RequestHandler;
  readonly metrics: Metrics;
  readonly report: ReportError;
}): Express {
  const app = express();
  app.disable('x-powered-by');
  app.use(health);
  app.get('/metrics', metricsRoute(metrics));
  addLast(app, report);
  return app;
}

/** Adds the last handlers: 404 for a request that no route has answered, and the answers to errors. */
function addLast(app: Express, report: ReportError): void {
  app.use((_request, response) => {
    response.status(404).json({ detail: 'Not found.' });
  });
  app.use(answerErrors(report));
}
