import type { Config } from './config.ts';
import type { Database } from './database/database.ts';
import { DatabaseError, StatementEndedError } from './database/errors.ts';
import { paused } from './waiting/paused.ts';
import { keepChanges } from './model/keep-changes.ts';
import { clockTime } from './model/time.ts';
import type { Log } from './observe/log.ts';
import type { Metrics } from './observe/metrics.ts';
import { observeUpstreams } from './observe/upstreams.ts';
import { observeWebhooks } from './observe/webhooks.ts';
import { startFollowing } from './upstream/following.ts';
import { Upstreams } from './upstream/upstreams.ts';
import { startDeliveries } from './webhooks/deliveries.ts';
import { createSender } from './webhooks/send.ts';

/** How long, in ms, the running work may go on when the server stops. It is as long as for requests: see `drainable`. */
const STOP_TIMEOUT = 10_000;

/** Work that goes on without a request. */
export interface Background {
  /** Starts no more work. Resolves when the running work has ended, or after STOP_TIMEOUT. */
  stop(): Promise<void>;
}

/** Starts what a server does by itself: it removes old changes, delivers to webhooks and follows live accounts. */
export function startBackground(config: Config, database: Database, log: Log, metrics: Metrics): Background {
  const stopRemoving =
    config.changesKept === null
      ? async () => {}
      : keepChanges(database, config.changesKept, logFailures(log, 'old changes could not be removed'));
  const sender = createSender(config.webhookNetworks);
  const deliveries = startDeliveries(
    { database, sender, clock: clockTime, events: observeWebhooks(log, metrics) },
    logFailures(log, 'a fault in the deliveries to webhooks'),
  );
  const events = observeUpstreams(log);
  const following = startFollowing(
    // Requests use another Upstreams (see server.ts), because they are still answered when this one is closed.
    new Upstreams(config.upstreams, database),
    { database, share: config.upstreamShare, clock: clockTime, random: Math.random, events },
    logFailures(log, 'a fault in following an account'),
    events.unconnected,
  );
  return {
    async stop() {
      const ended = Promise.all([deliveries.stop(), following.stop(), stopRemoving()]).then(() => true);
      if (await Promise.race([ended, paused(STOP_TIMEOUT).then(() => false)])) return;
      log.warn('the work in the background has not ended in time, and is left; the database may not answer');
    },
  };
}

/**
 * Returns a listener that logs why work without a request has failed. It logs no outages of the database, because reportOutages logs
 * each outage once. A statement that the database server has ended is no outage.
 */
export function logFailures(log: Log, message: string): (error: unknown) => void {
  return (err) => {
    if (!(err instanceof DatabaseError) || err instanceof StatementEndedError) log.error({ err }, message);
  };
}
