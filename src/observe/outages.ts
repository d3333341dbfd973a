import type { Database } from '../database/database.ts';
import type { ReplicaEvent } from '../database/replica/replica.ts';
import type { RedisEvent } from '../redis/redis.ts';
import type { Log } from './log.ts';

/** Logs when the database can no longer be used, and when it can be used again. Returns a function that stops this. */
export function reportOutages(database: Database, log: Log): () => void {
  return database.watch((event) => {
    if (event.kind === 'began') log.error({ reason: event.reason }, 'the database cannot be used');
    else log.info({ seconds: event.seconds }, 'the database can be used again');
  });
}

/** Returns a listener that logs when the replica is left out, and when it is read from again. */
export function reportReplica(log: Log): (event: ReplicaEvent) => void {
  return (event) => {
    if (event.kind === 'left-out') {
      log.warn({ reason: event.reason }, 'the replica is left out; all reads go to the primary');
    } else log.info({ seconds: event.seconds }, 'the replica is read from again');
  };
}

/** Returns a listener that logs when Redis is away, and when it is back. */
export function reportRedis(log: Log): (event: RedisEvent) => void {
  return (event) => {
    if (event.kind === 'away') {
      log.warn(
        { reason: event.reason },
        'Redis cannot be used; until it can, limits are not shared with other instances',
      );
    } else log.info({ seconds: event.seconds }, 'Redis can be used again; limits are shared');
  };
}
