import { Router } from 'express';
import type { Database } from '../database/database.ts';
import type { Metrics } from './metrics.ts';

/** `draining` is true once the process is stopping and accepts no new requests. */
export interface Draining {
  readonly draining: boolean;
}

/**
 * `/healthz` answers 200 while the process is alive. `/readyz` answers 200 when the server can take requests. While
 * it is stopping, or when the database cannot be used, it answers 503 and says why. A disk that takes no writes alone leaves
 * it ready, because reads are still answered. `/metrics` is the text that Prometheus reads.
 */
export function healthRoutes(database: Database, metrics: Metrics, process: Draining): Router {
  const router = Router();
  router.get('/healthz', (_request, response) => {
    response.json({ status: 'alive' });
  });
  router.get('/readyz', async (_request, response) => {
    if (process.draining) {
      response.status(503).json({ status: 'draining' });
      return;
    }
    const problem = await database.problem();
    if (problem === null) response.json({ status: 'ready' });
    else response.status(503).json({ status: problem });
  });
  router.get('/metrics', async (_request, response) => {
    response.type(metrics.contentType).send(await metrics.text());
  });
  return router;
}
