import { setTimeout as wait } from 'node:timers/promises';
import Sqlite from 'better-sqlite3';
import { DatabaseBusyError } from '../errors.ts';

/** How long, in ms, a caller waits for another process that holds the database. */
export const BUSY_TIMEOUT = 5_000;

/** The pauses, in ms, before each new attempt. The first are short, because most transactions are short. */
const PAUSES = [1, 2, 5, 10, 20];

/** Whether SQLite failed because another connection holds a lock. */
export function isBusy(error: unknown): boolean {
  return error instanceof Sqlite.SqliteError && error.code.startsWith('SQLITE_BUSY');
}

/**
 * Runs `attempt` again while another process holds the database, and returns its result. SQLite's own `busy_timeout`
 * would stop the event loop, and with it every other request; here only the caller waits. Rejects with
 * DatabaseBusyError after BUSY_TIMEOUT.
 */
export async function whileBusy<Result>(attempt: () => Result): Promise<Result> {
  const started = performance.now();
  for (let tries = 0; ; tries++) {
    try {
      return attempt();
    } catch (error) {
      if (!isBusy(error)) throw error;
      if (performance.now() - started >= BUSY_TIMEOUT) throw DatabaseBusyError.held(BUSY_TIMEOUT);
    }
    await wait(PAUSES[Math.min(tries, PAUSES.length - 1)]);
  }
}
