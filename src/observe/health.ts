import { hash, timingSafeEqual } from 'node:crypto';
import type { RequestHandler } from 'express';
import { Router } from 'express';
import type { Database } from '../database/database.ts';
import type { UpstreamState } from '../database/tables.ts';
import { upstreamsAt } from '../model/upstream.ts';
import type { Metrics } from './metrics.ts';

/** `draining` is true once the process is stopping and accepts no new requests. */
export interface Draining {
  readonly draining: boolean;
}

/** The reason why the database cannot be used, for one of its errors; null for an error that does not mean this. */
type ProblemOf = (error: unknown) => string | null;

/** Whether an address is that of one of the routes below, which answer under overload too. */
export function isHealthAddress(url: string): boolean {
  const [path] = url.split('?', 1);
  return path === '/healthz' || path === '/readyz' || path === '/metrics';
}

/**
 * `/healthz` answers 200 while the process is alive. `/readyz` answers 200 when the server can take requests. While it is
 * stopping, or when the database cannot be used, it answers 503 and says why. When only writes fail, because of the disk, the
 * server stays ready, because reads are still answered. It also stays ready when a replica is left out, or when a live account
 * is away; the answer names the state of both.
 * @param accounts The addresses of the live accounts that the server stands in front of.
 * @param problemOf The function of database/. It is passed in, because observe/ may import only the types of database/.
 */
export function healthRoutes(
  database: Database,
  process: Draining,
  accounts: readonly string[],
  problemOf: ProblemOf,
): Router {
  const router = Router();
  router.get('/healthz', (_request, response) => {
    response.json({ status: 'alive' });
  });
  router.get('/readyz', async (_request, response) => {
    if (process.draining) {
      response.status(503).json({ status: 'draining' });
      return;
    }
    const state = await stateOf(database, accounts, problemOf);
    if ('problem' in state) response.status(503).json({ status: state.problem });
    else response.json({ status: 'ready', ...state });
  });
  return router;
}

/** How many accounts there are in each state. */
type UpstreamStates = Readonly<Partial<Record<UpstreamState, number>>>;

/** What `/readyz` answers besides its status when the server is ready. */
interface ReadyState {
  readonly replica?: string;
  readonly upstreams?: UpstreamStates;
}

/** What `/readyz` answers, or why the database cannot be used. The database may go away after the first check, while the rest is read. */
async function stateOf(
  database: Database,
  accounts: readonly string[],
  problemOf: ProblemOf,
): Promise<ReadyState | { readonly problem: string }> {
  const found = await database.problem();
  if (found !== null) return { problem: found };
  const replica = database.replica();
  try {
    return {
      ...(replica && { replica: replica.problem ?? 'in use' }),
      ...(accounts.length > 0 && { upstreams: await upstreamStates(database, accounts) }),
    };
  } catch (error) {
    const problem = problemOf(error);
    if (problem === null) throw error;
    return { problem };
  }
}

/** Reads in which states the accounts at these addresses are. One statement. */
async function upstreamStates({ reader }: Database, urls: readonly string[]): Promise<UpstreamStates> {
  const states: Partial<Record<UpstreamState, number>> = {};
  for (const { state } of await upstreamsAt(reader, urls)) states[state] = (states[state] ?? 0) + 1;
  return states;
}

/** `/metrics`, the text that Prometheus reads. It covers all workspaces, so that it must not be public. */
export function metricsRoute(metrics: Metrics): RequestHandler {
  return async (_request, response) => {
    response.type(metrics.contentType).send(await metrics.text());
  };
}

/** Lets requests with the bearer token pass. Answers all others with 401. */
export function requireToken(token: string): RequestHandler {
  // All digests have the same length, which timingSafeEqual needs, and the time that it takes says nothing about the token.
  const digest = (text: string) => hash('sha256', text, 'buffer');
  const expected = digest(`Bearer ${token}`);
  return (request, response, next) => {
    if (timingSafeEqual(digest(request.headers.authorization ?? ''), expected)) next();
    else response.status(401).set('www-authenticate', 'Bearer realm="metrics"').json({ detail: 'A token is needed.' });
  };
}
