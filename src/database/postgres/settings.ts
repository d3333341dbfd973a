import type pg from 'pg';
import type { PostgresAddress } from './address.ts';

/** How long, in ms, the server works on one statement before it ends it. Requests end theirs sooner. */
export const STATEMENT_TIMEOUT = 15_000;

/** How long, in ms, connecting may take, and how long one waits for a connection that is free. */
export const CONNECT_TIMEOUT = 5_000;

/** How the driver connects. Behind a pooler the settings of a session would reach other sessions, so that there are none. */
export function clientSettings({ url, pooler }: PostgresAddress): pg.ClientConfig {
  return {
    connectionString: url,
    application_name: 'campaigns',
    connectionTimeoutMillis: CONNECT_TIMEOUT,
    keepAlive: true,
    // Compiling a statement takes longer than running it.
    ...(!pooler && { options: '-c jit=off', statement_timeout: STATEMENT_TIMEOUT }),
  };
}
