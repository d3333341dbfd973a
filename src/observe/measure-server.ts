import type { Server } from 'node:http';
import { promisify } from 'node:util';
import type { Database } from '../database/database.ts';
import type { Metrics } from './metrics.ts';

/** What the metrics ask of the server's parts each time they are read. */
export interface MeasuredServer {
  readonly server: Server;
  readonly database: Database;
  /** The requests of callers. */
  readonly admission: { readonly underWay: number; readonly waiting: number };
  /** What waits for a turn of the event loop. */
  readonly turns: { readonly waiting: number };
  /** Where costly queries run. */
  readonly costly: { waiting(): number };
  readonly streams: { readonly size: number };
}

/** Adds gauges of the server's parts to the metrics. */
export function measureServer(
  metrics: Metrics,
  { server, database, admission, turns, costly, streams }: MeasuredServer,
): void {
  metrics.gauge('campaigns_http_connections', 'Open connections.', promisify(server.getConnections.bind(server)));
  metrics.gauge('campaigns_requests_admitted', 'Requests of callers that are under way.', () => admission.underWay);
  metrics.gauge('campaigns_requests_waiting', 'Requests of callers that wait to be admitted.', () => admission.waiting);
  metrics.gauge('campaigns_turns_waiting', 'Requests that wait for a turn of the event loop.', () => turns.waiting);
  metrics.gauge('campaigns_workers_waiting', 'Costly queries that wait for their turn.', () => costly.waiting());
  metrics.gauge('campaigns_streams', 'Open streams of changes.', () => streams.size);
  metrics.gauge('campaigns_database_writes_waiting', 'Writes that wait for their transaction.', () =>
    database.waitingWrites(),
  );
  if (database.replica()) {
    metrics.gauge('campaigns_replica_in_use', '1 while requests read from the replica, 0 while it is left out.', () =>
      database.replica()?.problem === null ? 1 : 0,
    );
    metrics.gauge(
      'campaigns_replica_lag_seconds',
      'How far the replica is behind at most, in seconds. NaN while this is not known.',
      () => database.replica()?.lag ?? Number.NaN,
    );
  }
  database.measure((work, seconds) => metrics.databaseWorked(work, seconds));
}
