import type { Database } from '../database/database.ts';
import type { Log } from './log.ts';

/** Logs when the database can no longer be used, and when it can be used again. Returns a function that stops this. */
export function reportOutages(database: Database, log: Log): () => void {
  return database.watch((event) => {
    if (event.kind === 'began') log.error({ reason: event.reason }, 'the database cannot be used');
    else log.info({ seconds: event.seconds }, 'the database can be used again');
  });
}
