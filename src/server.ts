import type { Server } from 'node:http';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import compression from 'compression';
import cors from 'cors';
import express from 'express';
import helmet from 'helmet';
import { rememberingIdentify } from './access/identity.ts';
import { rateLimiter } from './access/rate-limit.ts';
import type { Config } from './config.ts';
import { CONSOLE_FOLDER, CONSOLE_MANIFEST } from './console/folder.ts';
import { consoleRoutes } from './console/routes.ts';
import type { Database } from './database/database.ts';
import { startApollo } from './graphql/apollo.ts';
import { contextFactory } from './graphql/context.ts';
import { createRunOperation } from './graphql/execution/run-operation.ts';
import { graphqlRoutes } from './graphql/routes.ts';
import { createSchema, readTypeDefs } from './graphql/schema.ts';
import { manifestsIn, trustDocuments } from './graphql/execution/trusted-documents.ts';
import { drainable } from './http/drain.ts';
import type { ReportError } from './http/internal-error.ts';
import { answerErrors } from './http/internal-error.ts';
import { answerUnreadableRequests } from './http/unreadable-requests.ts';
import { healthRoutes } from './observe/health.ts';
import type { Log } from './observe/log.ts';
import { createMetrics } from './observe/metrics.ts';
import { reportOutages } from './observe/outages.ts';
import { observeRequests } from './observe/requests.ts';
import { playgroundRoutes } from './playground/routes.ts';
import { prepareOperations } from './rest/prepare.ts';
import { restRoutes } from './rest/routes.ts';

/**
 * How long, in ms, an unused connection stays open. It is longer than the 60 s after which common proxies close theirs,
 * because a proxy that reuses a connection just as the server closes it would lose a request.
 */
const KEEP_ALIVE = 75_000;

export interface RunningServer {
  readonly port: number;
  /** Accepts no new connections and answers the open requests. Resolves when the last connection is closed. */
  stop(): Promise<void>;
}

/**
 * Builds the parts, connects them and listens. The caller must bring the database up to date before, and close it after
 * the server has stopped. Rejects when the server cannot listen on the address.
 */
export async function startServer(config: Config, database: Database, log: Log): Promise<RunningServer> {
  const report: ReportError = (error, requestId) => log.error({ err: error, requestId }, 'a request failed');
  const metrics = createMetrics();
  const schema = createSchema();
  const run = createRunOperation(schema, report);
  const apollo = await startApollo(schema, run);
  const access = {
    identify: rememberingIdentify(database),
    countRequest: rateLimiter(config.rateLimit),
    createContext: contextFactory(database),
    report,
  };
  const trustedDocuments = trustDocuments(config.trustedDocuments, [
    CONSOLE_MANIFEST,
    ...(config.trustedDocumentsFolder ? manifestsIn(config.trustedDocumentsFolder) : []),
  ]);

  const app = express();
  const server = createServer({ keepAliveTimeout: KEEP_ALIVE }, app);
  const drain = drainable(server);
  answerUnreadableRequests(server);

  app.disable('x-powered-by');
  app.disable('etag');
  app.set('trust proxy', config.trustProxy);
  app.set('query parser', false);
  app.use(observeRequests(log, metrics, config.trustProxy !== false));
  app.use(
    helmet({
      strictTransportSecurity: false,
      contentSecurityPolicy: { useDefaults: false, directives: { defaultSrc: ["'none'"], frameAncestors: ["'none'"] } },
    }),
  );
  const compress = compression();
  app.use((request, response, next) => {
    if (request.headers['accept-encoding']) compress(request, response, next);
    else next();
  });
  // Every site may call GraphQL from a browser, because browsers never add the token by themselves.
  app.use('/graphql', cors({ maxAge: 86_400, exposedHeaders: ['retry-after', 'x-request-id'] }));
  app.use(graphqlRoutes({ apollo, trustedDocuments, ...access }));
  app.use(healthRoutes(database, metrics, drain));
  app.get('/schema.graphql', (_request, response) => {
    response.type('text/plain').send(readTypeDefs());
  });
  app.use('/api/v2', restRoutes({ run: prepareOperations(schema, run), ...access }));
  app.use(playgroundRoutes());
  app.use(consoleRoutes(CONSOLE_FOLDER));
  app.use((_request, response) => {
    response.status(404).json({ detail: 'Not found.' });
  });
  app.use(answerErrors(report));

  await listen(server, config.host, config.port);
  // The address is a string for a pipe and null for a closed server. This server listens on a port.
  const { port } = server.address() as AddressInfo;
  log.info({ host: config.host, port }, 'listening');
  const stopReporting = reportOutages(database, log);

  return {
    port,
    async stop() {
      await drain.drain();
      await apollo.stop();
      stopReporting();
    },
  };
}

function listen(server: Server, host: string, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => {
      server.removeListener('error', reject);
      resolve();
    });
  });
}
