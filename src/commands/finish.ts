import type { Config } from '../config.ts';
import type { Database } from '../database/database.ts';
import type { Log } from '../observe/log.ts';
import type { RunningServer } from '../server.ts';
import { endWithin } from './end-within.ts';

/**
 * How long, in ms, a process may take to stop after DRAIN_DELAY. The server cuts off its requests earlier than that; this
 * bound is for an event loop that is blocked.
 */
export const STOP_TIMEOUT = 15_000;

/** Stops a server in good order, as soon as it has started. Resolves with the exit code of the process. */
export async function finish(
  { drainDelay }: Config,
  starting: Promise<RunningServer>,
  database: Database,
  log: Log,
): Promise<number> {
  endWithin(drainDelay + STOP_TIMEOUT);
  await (await starting).stop();
  await database.close();
  log.info('stopped');
  return 0;
}
