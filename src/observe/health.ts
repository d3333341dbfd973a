import { createHash, timingSafeEqual } from 'node:crypto';
import type { RequestHandler } from 'express';
import { Router } from 'express';
import type { Database } from '../database/database.ts';
import type { Metrics } from './metrics.ts';
import type { UpstreamStates } from './measure-upstreams.ts';
import { upstreamStates } from './measure-upstreams.ts';

/** `draining` is true once the process is stopping and accepts no new requests. */
export interface Draining {
  readonly draining: boolean;
}

/** Why the database cannot be used, by an error of it; null for an error that says nothing of that. */
type ProblemOf = (error: unknown) => string | null;

/** Whether the path is one of the routes below, which answer under overload too. */
export function isHealthPath(path: string): boolean {
  return path === '/healthz' || path === '/readyz' || path === '/metrics';
}

/**
 * `/healthz` answers 200 while the process is alive. `/readyz` answers 200 when the server can take requests. While
 * it is stopping, or when the database cannot be used, it answers 503 and says why. A disk that takes no writes alone leaves
 * it ready, because reads are still answered. So does a replica that is left out, and so does a live account that is away; the answer
 * tells of both.
 * @param tellUpstreams Whether the server stands in front of live accounts.
 * @param problemOf The database's: this room knows only its types.
 */
export function healthRoutes(
  database: Database,
  process: Draining,
  tellUpstreams: boolean,
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
    const state = await stateOf(database, tellUpstreams, problemOf);
    if ('problem' in state) response.status(503).json({ status: state.problem });
    else response.json({ status: 'ready', ...state });
  });
  return router;
}

/** What `/readyz` tells beside that the server is ready. */
interface ReadyState {
  readonly replica?: string;
  readonly upstreams?: UpstreamStates;
}

/** What `/readyz` tells, or why the database cannot be used: it may go away after the look at it, before all is read that is told. */
async function stateOf(
  database: Database,
  tellUpstreams: boolean,
  problemOf: ProblemOf,
): Promise<ReadyState | { readonly problem: string }> {
  const found = await database.problem();
  if (found !== null) return { problem: found };
  const replica = database.replica();
  try {
    return {
      ...(replica && { replica: replica.problem ?? 'in use' }),
      ...(tellUpstreams && { upstreams: await upstreamStates(database) }),
    };
  } catch (error) {
    const problem = problemOf(error);
    if (problem === null) throw error;
    return { problem };
  }
}

/** `/metrics`, the text that Prometheus reads. It tells of all workspaces, so that it is no page for everybody. */
export function metricsRoute(metrics: Metrics): RequestHandler {
  return async (_request, response) => {
    response.type(metrics.contentType).send(await metrics.text());
  };
}

/** Lets requests pass that have the bearer token. Answers others with 401. */
export function requireToken(token: string): RequestHandler {
  // Digests have one length, which timingSafeEqual needs, and the time that it takes says nothing of the token.
  const digest = (text: string) => createHash('sha256').update(text).digest();
  const expected = digest(`Bearer ${token}`);
  return (request, response, next) => {
    if (timingSafeEqual(digest(request.headers.authorization ?? ''), expected)) next();
    else response.status(401).set('www-authenticate', 'Bearer realm="metrics"').json({ detail: 'A token is needed.' });
  };
}
