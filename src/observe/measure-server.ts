import type { Server } from 'node:http';
import { promisify } from 'node:util';
import type { Database } from '../database/database.ts';
import type { Metrics } from './metrics.ts';

/** Adds what the server's parts can tell of themselves to the metrics. */
export function measureServer(metrics: Metrics, server: Server, database: Database): void {
  metrics.gauge('campaigns_http_connections', 'Open connections.', promisify(server.getConnections.bind(server)));
  metrics.gauge('campaigns_database_writes_waiting', 'Writes that wait for their transaction.', () =>
    database.waitingWrites(),
  );
  database.measure((work, seconds) => metrics.databaseWorked(work, seconds));
}
