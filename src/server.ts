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
import type { AppParts } from './app.ts';
import { addRoutes, createAdminApp } from './app.ts';
import { logFailures, startBackground } from './background.ts';
import type { Closer } from './close-all.ts';
import { closeAll } from './close-all.ts';
import type { ClusterMember } from './cluster/member.ts';
import type { Config } from './config.ts';
import { databasePlace } from './config.ts';
import { CONSOLE_MANIFEST } from './console/folder.ts';
import type { GraphQLSchema } from 'graphql';
import type { Database, RequestAccess } from './database/database.ts';
import { STATEMENTS_AT_A_TIME } from './database/database.ts';
import { problemOf } from './database/errors.ts';
import { openReplica } from './database/open.ts';
import { promptReads } from './database/prompt-reads.ts';
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
import { Admission, PASSED_ON_BOUNDS } from './http/admission.ts';
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
import { measureWebhooks } from './observe/measure-webhooks.ts';
import { createServer } from './node-http.ts';
import type { Redis } from './redis/redis.ts';
import { connectRedis } from './redis/redis.ts';
import { redisRevisions } from './redis/shared-revisions.ts';
import { OPERATION_NAMES } from './rest/observe.ts';
import { FeedWatch } from './model/feed-watch.ts';
import type { PassOn } from './rest/pass-on/routes.ts';
import { prepareOperations, prepareSubscriptions } from './rest/prepare.ts';
import { accountsBy } from './upstream/account-of.ts';
import type { Patience } from './upstream/carry-out.ts';
import type { AccountTokens } from './upstream/tokens.ts';
import { accountTokens, identifyAlsoByAccount } from './upstream/tokens.ts';
import { tokenTrials } from './upstream/try-token.ts';
import { Upstreams } from './upstream/upstreams.ts';
import type { WriteThrough } from './upstream/write-through.ts';
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

/** What every step of a start gets. */
interface Start {
  readonly config: Config;
  readonly database: Database;
  readonly log: Log;
  readonly member: ClusterMember | null;
  /** A step adds a function for each part that must be closed, as soon as the part is open. */
  readonly closers: Closer[];
}

/**
 * Builds the parts, connects them and listens. The caller must bring the database up to date before, and close it after
 * the server has stopped. Rejects when the server cannot listen on the address, after it has closed what it had opened.
 */
export async function startServer(
  config: Config,
  database: Database,
  log: Log,
  { member = null, ...options }: ServerOptions = {},
): Promise<RunningServer> {
  const start: Start = { config, database, log, member, closers: [] };
  try {
    return await openServer(start, options);
  } catch (error) {
    for (const err of await closeAll(start.closers)) log.error({ err }, 'a part of the server could not be closed');
    throw error;
  }
}

async function openServer(
  start: Start,
  { costlyFrom = COSTLY, bookmarkInterval = BOOKMARK_INTERVAL, timeouts, patience }: ServerOptions,
): Promise<RunningServer> {
  const { config, database, log, member, closers } = start;
  closers.push(reportOutages(database, log));
  const report: ReportError = (error, requestId) => log.error({ err: error, requestId }, 'a request failed');
  const trustedDocuments = trustDocuments(config.trustedDocuments, [
    CONSOLE_MANIFEST,
    ...(config.trustedDocumentsFolder ? manifestsIn(config.trustedDocumentsFolder) : []),
  ]);
  const turns = new Turns();
  const { costly, ...operations } = await openOperations(start, costlyFrom, report, turns);
  const requestTurns = new RequestTurns(turns);
  const admission = new Admission(requestTurns, config.requestTimeout);
  const accounts = await openAccounts(start, requestTurns, patience);
  const redis = await openRedis(start);
  const { served, followed } = await withReplica(start, redis);
  const streams = new OpenStreams();
  const feed = new FeedWatch(database, (workspace, work) => turns.start(workspace, work));
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
  measureWebhooks(metrics, database);
  if (accounts) measureUpstreams(metrics, database, urlsOf(config));
  const drain = drainable(server, turns, config.drainDelay, member ?? undefined);
  const health = healthRoutes(served, drain, urlsOf(config), problemOf);
  addRoutes(app, config, {
    ...operations,
    ...openCallers(start, accounts, redis),
    trustedDocuments,
    passOn: accounts?.passOn ?? null,
    admission,
    streams,
    tagOf: answerTags(promptReads(served, config.requestTimeout)),
    createContext: contextFactory(
      served,
      { feed, database: followed, bookmarkInterval },
      accounts?.write,
      urlsOf(config),
    ),
    requestTimeout: config.requestTimeout,
    report,
    health,
    log,
    metrics,
  });

  const admin = config.adminPort === null ? null : createServer(createAdminApp({ health, metrics, report }));
  if (admin) drain.watch(admin);
  const ports = await openPorts(start, server, admin);
  const background = startBackground(config, database, log, metrics);
  return {
    ...ports,
    async stop() {
      await Promise.all([drain.drain(() => streams.endAll()), background.stop()]);
      const [error] = await closeAll(closers);
      if (error !== undefined) throw error;
    },
  };
}

/** What runs operations. GraphQL over HTTP and REST share it. */
async function openOperations(start: Start, costlyFrom: number, report: ReportError, turns: Turns) {
  const { closers } = start;
  const schema = createSchema();
  const costly = costlyExecutor(start, schema, report);
  closers.push(() => costly.close());
  const run = observedOperations(
    createRunOperation(schema, report, { execute: costly.execute, from: costlyFrom }, (started) =>
      turns.pause(started),
    ),
  );
  const documentTexts = new DocumentTexts();
  const apollo = await startApollo(schema, run, documentTexts);
  closers.push(() => apollo.stop());
  return { costly, apollo, documentTexts, run: prepareOperations(schema, run), follow: prepareSubscriptions(run) };
}

interface Accounts {
  readonly tokens: AccountTokens;
  readonly write: WriteThrough;
  readonly passOn: PassOn;
}

/** How requests reach live accounts; null when the settings have none. */
async function openAccounts(start: Start, turns: RequestTurns, patience?: Patience): Promise<Accounts | null> {
  const { config, database, closers } = start;
  if (config.upstreams.length === 0) return null;
  // The followers use another Upstreams (see background.ts). It is closed while requests that need this one are still answered.
  const upstreams = new Upstreams(config.upstreams, database);
  closers.push(() => upstreams.close());
  // Imported only when needed, because its library loads more of Node than the rest of the server: see node-http.ts.
  const proxy = (await import('./rest/pass-on/proxy.ts')).createProxy();
  closers.push(() => proxy.close());
  const accountOf = accountsBy(upstreams, database);
  return {
    tokens: accountTokens(tokenTrials(upstreams, database), config.requestTimeout),
    write: writeThrough(accountOf, patience),
    passOn: { proxy, accountOf, admission: new Admission(turns, config.requestTimeout, PASSED_ON_BOUNDS) },
  };
}

const urlsOf = ({ upstreams }: Config): string[] => upstreams.map(({ url }) => url);

async function openRedis({ config, log, closers }: Start): Promise<Redis | null> {
  if (config.redisUrl === null) return null;
  const redis = await connectRedis(config.redisUrl, reportRedis(log));
  closers.push(() => redis.close());
  return redis;
}

/**
 * Returns two views of the database: `served` for requests, which may read from the replica if the settings name one, and `followed`
 * for requests that follow the feed of changes.
 */
async function withReplica(
  { config, database, log, member, closers }: Start,
  redis: Redis | null,
): Promise<{ readonly served: Database; readonly followed: RequestAccess }> {
  if (!config.replica) return { served: database, followed: database };
  const replica = await openReplica(config.database, config.replica, reportReplica(log));
  closers.push(() => replica.close());
  const keep = keptFor(config.replica.maxLag);
  const shared = redis ? redisRevisions(redis, keep) : (member?.revisions ?? null);
  const revisions = latestRevisions(new LocalRevisions(keep), shared);
  return {
    served: replicatedDatabase(database, replica, revisions),
    followed: followedDatabase(database, revisions),
  };
}

/** Finds out who sends a request, and counts the requests of each workspace. */
function openCallers(
  { config, database, log, member, closers }: Start,
  accounts: Accounts | null,
  redis: Redis | null,
): Pick<AppParts, 'authenticate' | 'roleNow' | 'countRequest'> {
  const localCounter = member ? clusterCounter(member.salt) : memoryCounter;
  const createCounter = redis ? redisCounter(redis, localCounter) : localCounter;
  const uses = lastUse(database, logFailures(log, 'the last use of tokens could not be written'));
  closers.push(() => uses.close());
  const prompt = promptReads(database, config.requestTimeout);
  const identifyHere = rememberingIdentify(prompt);
  const identify = accounts ? identifyAlsoByAccount(prompt, identifyHere, accounts.tokens) : identifyHere;
  return {
    authenticate: authenticator(identify, failureCounter(config.authFailureLimit, createCounter), uses.record),
    roleNow: roleNow(identify),
    countRequest: rateLimiter(config.rateLimit, createCounter),
  };
}

/**
 * Runs costly queries. A long SQLite statement blocks the process that runs it, so they run in query workers. PostgreSQL statements run in
 * the database server and can be ended, so only the number of costly queries at a time is limited.
 */
function costlyExecutor({ config, member }: Start, schema: GraphQLSchema, report: ReportError): CostlyExecutor {
  const { database: address, workers } = config;
  if (address.engine === 'sqlite') return queryWorkers(address, report, member ? workers : 1, urlsOf(config));
  // A query uses up to STATEMENTS_AT_A_TIME connections, and half of all connections are for reads. With 8 connections or more, costly
  // queries take at most half of those for reads.
  const max = Math.max(1, Math.floor(address.connections / (4 * STATEMENTS_AT_A_TIME)));
  return costlyTurns(createExecute(schema, report), max);
}

/** Listens on ADMIN_PORT, if there is one, and then on PORT. */
async function openPorts(
  { config, log, closers }: Start,
  server: Server,
  admin: Server | null,
): Promise<Pick<RunningServer, 'port' | 'adminPort'>> {
  const { host } = config;
  for (const one of [admin, server]) if (one) closers.push(() => closeNow(one));
  const adminPort = admin && (await listen(admin, host, config.adminPort ?? 0));
  if (adminPort !== null) log.info({ host, adminPort }, 'listening for health and metrics');
  const port = await listen(server, host, config.port);
  log.info({ host, database: databasePlace(config.database), port }, 'listening');
  return { port, adminPort };
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

/** Does nothing to a server that does not listen. */
function closeNow(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}
