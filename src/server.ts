import type { Server } from 'node:http';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';
import compression from 'compression';
import cors from 'cors';
import express from 'express';
import helmet from 'helmet';
import { rememberingIdentify } from './access/identity.ts';
import { rateLimiter } from './access/rate-limit.ts';
import type { Config } from './config.ts';
import { CONSOLE_FOLDER, CONSOLE_MANIFEST } from './console/folder.ts';
import { consoleRoutes } from './console/mount.ts';
import type { Database } from './database/database.ts';
import { startApollo } from './graphql/apollo.ts';
import { contextFactory } from './graphql/context.ts';
import { createRunOperation } from './graphql/execution/run-operation.ts';
import { graphqlRoutes } from './graphql/mount.ts';
import { playgroundRoutes } from './graphql/playground.ts';
import { createSchema, readTypeDefs } from './graphql/schema.ts';
import { manifestsIn, trustDocuments } from './graphql/execution/trusted-documents.ts';
import { healthRoutes } from './observe/health.ts';
import type { Log } from './observe/log.ts';
import { createMetrics } from './observe/metrics.ts';
import { observeRequests } from './observe/requests.ts';
import { prepareOperations } from './rest/prepare.ts';
import { restRoutes } from './rest/routes.ts';

/** How long, in ms, a connection stays open unused: longer than the proxies that may stand in front keep it. */
const KEEP_ALIVE = 75_000;

/** How long, in ms, answers that are under way have when the server stops. */
const DRAIN = 10_000;

/** How often, in ms, a server that stops looks for connections that have nothing under way any more. */
const SWEEP = 50;

export interface RunningServer {
  readonly port: number;
  /** Takes no new requests, finishes those under way, and resolves. */
  stop(): Promise<void>;
}

/** Builds the parts, wires them and listens. The database is the caller's: it is up to date, and is not closed here. */
export async function startServer(config: Config, database: Database, log: Log): Promise<RunningServer> {
  const report = (error: Error, requestId: string) => log.error({ err: error, requestId }, 'a request failed');
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
  const state = { draining: false };

  const app = express();
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
  // Any site may ask, since none can make a browser send a token unasked.
  app.use('/graphql', cors({ maxAge: 86_400, exposedHeaders: ['retry-after', 'x-request-id'] }));
  app.use(graphqlRoutes({ apollo, trustedDocuments, ...access }));
  app.use(healthRoutes(database, metrics, state));
  app.get('/schema.graphql', (_request, response) => {
    response.type('text/plain').send(readTypeDefs());
  });
  app.use('/api/v2', restRoutes({ run: prepareOperations(schema, run), ...access }));
  app.use(playgroundRoutes());
  app.use(consoleRoutes(CONSOLE_FOLDER));
  app.use((_request, response) => {
    response.status(404).json({ detail: 'Not found.' });
  });

  const server = createServer({ keepAliveTimeout: KEEP_ALIVE }, app);
  server.on('clientError', refuseUnreadable);
  await listen(server, config.host, config.port);
  // Null only for a server that listens on a pipe.
  const { port } = server.address() as AddressInfo;
  log.info({ host: config.host, port }, 'listening');

  return {
    port,
    async stop() {
      state.draining = true;
      await close(server);
      await apollo.stop();
    },
  };
}

/** Answers what is not HTTP, or has headers that are too large, and so never becomes a request. */
function refuseUnreadable(error: Error & { code?: string }, socket: Duplex): void {
  if (error.code === 'ECONNRESET' || !socket.writable) return void socket.destroy();
  const tooLarge = error.code === 'HPE_HEADER_OVERFLOW';
  const status = tooLarge ? '431 Request Header Fields Too Large' : '400 Bad Request';
  const detail = tooLarge
    ? 'The headers, or the address, are too large: at most 16 KiB are taken.'
    : 'This is no HTTP request. Percent-encode what is not ASCII in the address.';
  const body = JSON.stringify({ detail });
  socket.end(
    `HTTP/1.1 ${status}\r\nContent-Type: application/json\r\nContent-Length: ${Buffer.byteLength(body)}\r\nConnection: close\r\n\r\n${body}`,
  );
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

function close(server: Server): Promise<void> {
  return new Promise((resolve) => {
    // Clients keep their connections open: each is closed as soon as its answer is out.
    const sweep = setInterval(() => server.closeIdleConnections(), SWEEP);
    const cut = setTimeout(() => server.closeAllConnections(), DRAIN);
    server.close(() => {
      clearInterval(sweep);
      clearTimeout(cut);
      resolve();
    });
    server.closeIdleConnections();
  });
}
