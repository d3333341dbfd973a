import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import express from 'express';
import { authenticator, roleNow } from './access/authenticate.ts';
import { failureCounter } from './access/failure-limit.ts';
import { rememberingIdentify } from './access/identity.ts';
import { lastUse } from './access/last-use.ts';
import { clusterCounter } from './access/cluster-counter.ts';
import { rateLimiter } from './access/rate-limit.ts';
import { redisCounter } from './access/redis-counter.ts';
import { memoryCounter } from './access/window-counter.ts';
import { addRoutes, createAdminApp } from './app.ts';
import { startBackground } from './background.ts';
import type { ClusterMember } from './cluster/member.ts';
import type { Config } from './config.ts';
import { CONSOLE_MANIFEST } from './console/folder.ts';
import type { GraphQLSchema } from 'graphql';
import type { Database, RequestAccess } from './database/database.ts';
import { STATEMENTS_AT_A_TIME } from './database/database.ts';
import { problemOf } from './database/errors.ts';
import type { DatabaseAddress } from './database/open.ts';
import { openReplica } from './database/open.ts';
import { followedDatabase, replicatedDatabase } from './database/replica/replicated.ts';
import { keptFor, latestRevisions, LocalRevisions } from './database/replica/revisions.ts';
import { startApollo } from './graphql/apollo.ts';
import { contextFactory } from './graphql/context.ts';
import { answerTags } from './graphql/execution/answer-tags.ts';
import { observedOperations } from './graphql/execution/observe.ts';
import { COSTLY, createRunOperation } from './graphql/execution/run-operation.ts';
import { createExecute } from './graphql/execution/execute.ts';
import type { CostlyExecutor } from './graphql/execution/costly-executor.ts';
import { costlyTurns } from './graphql/execution/costly-turns.ts';
import { queryWorkers } from './graphql/execution/workers/query-workers.ts';
import { DocumentTexts } from './graphql/document-texts.ts';
import { ERROR_CODES } from './graphql/errors.ts';
import { createSchema } from './graphql/schema.ts';
import { manifestsIn, trustDocuments } from './graphql/execution/trusted-documents.ts';
import { Admission } from './http/admission.ts';
import { drainable } from './http/drain.ts';
import { BACKLOG, createHttpServer } from './http/http-server.ts';
import type { ReportError } from './http/internal-error.ts';
import { RequestTurns } from './http/request-turns.ts';
import { OpenStreams } from './http/streams/open-streams.ts';
import type { Timeouts } from './http/timeouts.ts';
import { Turns } from './http/turns.ts';
import { healthRoutes, isHealthAddress } from './observe/health.ts';
import type { Log } from './observe/log.ts';
import { createMetrics } from './observe/metrics.ts';
import { measureServer } from './observe/measure-server.ts';
import { reportOutages, reportRedis, reportReplica } from './observe/outages.ts';
import { measureUpstreams } from './observe/measure-upstreams.ts';
import { createServer } from './node-http.ts';
import type { Redis } from './redis/redis.ts';
import { connectRedis } from './redis/redis.ts';
import { redisRevisions } from './redis/shared-revisions.ts';
import { OPERATION_NAMES } from './rest/observe.ts';
import { FeedWatch } from './model/feed-watch.ts';
import { prepareOperations, prepareSubscriptions } from './rest/prepare.ts';
import { accountsBy } from './upstream/account-of.ts';
import type { Patience } from './upstream/carry-out.ts';
import { accountTokens, identifyAlsoByAccount } from './upstream/tokens.ts';
import { tokenTrials } from './upstream/try-token.ts';
import { Upstreams } from './upstream/upstreams.ts';
import { writeThrough } from './upstream/write-through.ts';

export interface RunningServer {
  readonly port: number;
  /** The port of the listener for health and metrics. null: there is none. */
  readonly adminPort: number | null;
  /**
   * Reports that the server is not ready, and goes on as before for DRAIN_DELAY. Then accepts no new connections and answers the
   * open requests. Resolves when the last connection is closed.
   */
  stop(): Promise<void>;
}

/** How long, in ms, a stream is silent at most. Common proxies close connections that are silent for 30 or 60 s. */
const BOOKMARK_INTERVAL = 20_000;

export interface ServerOptions {
  /** A query with at least this cost is costly: see costlyExecutor. */
  readonly costlyFrom?: number | undefined;
  /** How long, in ms, a stream is silent at most. */
  readonly bookmarkInterval?: number | undefined;
  /** The time limits for connections. */
  readonly timeouts?: Timeouts | undefined;
  /** How long writes wait for a live account. */
  readonly patience?: Patience | undefined;
  /** This process as one of several that serve the same port. null: it serves alone. */
  readonly member?: ClusterMember | null;
}

/**
 * Builds the parts, connects them and listens. The caller must bring the database up to date before, and close it after
 * the server has stopped. Rejects when the server cannot listen on the address.
 */
export async function startServer(
  config: Config,
  database: Database,
  log: Log,
  { costlyFrom = COSTLY, bookmarkInterval = BOOKMARK_INTERVAL, timeouts, patience, member = null }: ServerOptions = {},
): Promise<RunningServer> {
  const report: ReportError = (error, requestId) => log.error({ err: error, requestId }, 'a request failed');
  const schema = createSchema();
  const accounts = config.upstreams.map(({ url }) => url);
  const costly = costlyExecutor(config.database, schema, report, member ? config.workers : 1, accounts);
  const turns = new Turns();
  const run = observedOperations(
    createRunOperation(schema, report, { execute: costly.execute, from: costlyFrom }, (started) =>
      turns.pause(started),
    ),
  );
  const documentTexts = new DocumentTexts();
  const apollo = await startApollo(schema, run, documentTexts);
  const requestTurns = new RequestTurns(turns);
  const uses = lastUse(database, (err) => log.warn({ err }, 'the last use of tokens could not be written'));
  const admission = new Admission(requestTurns);
  const streams = new OpenStreams();
  const feed = new FeedWatch(database, (workspace, work) => turns.start(workspace, work));
  // The followers use another Upstreams (see background.ts). It is closed while requests that need this one are still answered.
  const upstreams = config.upstreams.length > 0 ? new Upstreams(config.upstreams, database) : null;
  const identify = upstreams
    ? identifyAlsoByAccount(database, rememberingIdentify(database), accountTokens(tokenTrials(upstreams, database)))
    : rememberingIdentify(database);
  const accountOf = upstreams && accountsBy(upstreams, database);
  // Imported only when needed, because its library loads more of Node than the rest of the server: see node-http.ts.
  const proxy = upstreams && (await import('./rest/pass-on/proxy.ts')).createProxy();
  const trustedDocuments = trustDocuments(config.trustedDocuments, [
    CONSOLE_MANIFEST,
    ...(config.trustedDocumentsFolder ? manifestsIn(config.trustedDocumentsFolder) : []),
  ]);
  // Redis is connected after every check of the settings, because an open connection would keep the process from exiting.
  const redis = config.redisUrl === null ? null : await connectRedis(config.redisUrl, reportRedis(log));
  const localCounter = member ? clusterCounter(member.salt) : memoryCounter;
  const createCounter = redis ? redisCounter(redis, localCounter) : localCounter;
  const { database: served, followed, close: closeReplica } = await withReplica(config, database, log, redis, member);
  const access = {
    admission,
    authenticate: authenticator(identify, failureCounter(config.authFailureLimit, createCounter), uses.record),
    roleNow: roleNow(identify),
    countRequest: rateLimiter(config.rateLimit, createCounter),
    streams,
    tagOf: answerTags(served),
    createContext: contextFactory(
      served,
      { feed, database: followed, bookmarkInterval },
      accountOf && writeThrough(accountOf, patience),
      accounts,
    ),
    report,
    requestTimeout: config.requestTimeout,
  };
  const metrics = createMetrics(
    { operations: [...OPERATION_NAMES, ...trustedDocuments.operationNames], codes: Object.keys(ERROR_CODES) },
    member,
  );

  const app = express();
  const server = createHttpServer(
    app,
    requestTurns,
    config.connections,
    ({ url = '' }) => isHealthAddress(url),
    timeouts,
  );
  measureServer(metrics, { server, database: served, admission, turns, costly, streams });
  const drain = drainable(server, turns, config.drainDelay, member ?? undefined);
  const health = healthRoutes(served, drain, upstreams !== null, problemOf);
  if (upstreams) measureUpstreams(metrics, database);

  addRoutes(app, config, {
    ...access,
    apollo,
    documentTexts,
    trustedDocuments,
    run: prepareOperations(schema, run),
    follow: prepareSubscriptions(run),
    passOn: accountOf && proxy && { proxy, accountOf },
    health,
    log,
    metrics,
  });

  const admin = config.adminPort === null ? null : createServer(createAdminApp({ health, metrics, report }));
  if (admin) drain.watch(admin);
  const failed = async (error: unknown) => {
    redis?.close();
    await closeReplica();
    if (admin?.listening) await closeNow(admin);
    throw error;
  };
  const adminPort = admin && (await listen(admin, config.host, config.adminPort ?? 0).catch(failed));
  if (adminPort !== null) log.info({ host: config.host, adminPort }, 'listening for health and metrics');
  const port = await listen(server, config.host, config.port).catch(failed);
  log.info({ host: config.host, port }, 'listening');
  const stopReporting = reportOutages(database, log);
  const background = startBackground(config, database, log, metrics);

  return {
    port,
    adminPort,
    async stop() {
      await Promise.all([drain.drain(() => streams.endAll()), background.stop()]);
      await apollo.stop();
      await costly.close();
      await uses.close();
      if (admin) await closeNow(admin);
      redis?.close();
      await closeReplica();
      stopReporting();
      proxy?.close();
      upstreams?.close();
    },
  };
}

/**
 * Returns two views of the database: `database` for requests, which may read from the replica if the settings name one, and `followed`
 * for requests that follow the feed of changes. `close` closes only the replica.
 */
async function withReplica(
  { database: address, replica: settings }: Config,
  database: Database,
  log: Log,
  redis: Redis | null,
  member: ClusterMember | null,
): Promise<Pick<Database, 'close'> & { readonly database: Database; readonly followed: RequestAccess }> {
  if (!settings) return { database, followed: database, close: async () => {} };
  const replica = await openReplica(address, settings, reportReplica(log));
  const keep = keptFor(settings.maxLag);
  const shared = redis ? redisRevisions(redis, keep) : (member?.revisions ?? null);
  const revisions = latestRevisions(new LocalRevisions(keep), shared);
  return {
    database: replicatedDatabase(database, replica, revisions),
    followed: followedDatabase(database, revisions),
    close: () => replica.close(),
  };
}

/**
 * Runs costly queries. A long SQLite statement blocks the process that runs it, so they run in query workers. PostgreSQL statements run in
 * the database server and can be ended, so only the number of costly queries at a time is limited.
 */
function costlyExecutor(
  address: DatabaseAddress,
  schema: GraphQLSchema,
  report: ReportError,
  servers: number,
  accounts: readonly string[],
): CostlyExecutor {
  if (address.engine === 'sqlite') return queryWorkers(address, report, servers, accounts);
  // A query uses up to STATEMENTS_AT_A_TIME connections, and half of all connections are for reads. With 8 connections or more, costly
  // queries take at most half of those for reads.
  const most = Math.max(1, Math.floor(address.connections / (4 * STATEMENTS_AT_A_TIME)));
  return costlyTurns(createExecute(schema, report), most);
}

/** Resolves with the port; rejects when the server cannot listen on the address. */
function listen(server: Server, host: string, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, BACKLOG, () => {
      server.removeListener('error', reject);
      // The address is a string for a pipe and null for a closed server. This server listens on a port.
      resolve((server.address() as AddressInfo).port);
    });
  });
}

function closeNow(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}
