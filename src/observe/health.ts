import { Router } from 'express';
import type { Database } from '../database/database.ts';
import type { Metrics } from './metrics.ts';

/** Whether the process is going down, and takes no new work. */
export interface Draining {
  readonly draining: boolean;
}

/** `/healthz`: the process is alive. `/readyz`: send it requests. `/metrics`: for Prometheus. */
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
    try {
      await database.ping();
      response.json({ status: 'ready' });
    } catch {
      response.status(503).json({ status: 'the database does not answer' });
    }
  });
  router.get('/metrics', async (_request, response) => {
    response.type(metrics.contentType).send(await metrics.text());
  });
  return router;
}
