import type pg from 'pg';
import type { PostgresAddress } from './address.ts';

/** How long, in ms, the server works on one statement before it ends it. With the default REQUEST_TIMEOUT, requests end theirs sooner. */
export const STATEMENT_TIMEOUT = 15_000;

/** How long, in ms, connecting may take, and how long a statement waits for a free connection of the pool. */
export const CONNECT_TIMEOUT = 5_000;

/** How the driver connects. Behind a pooler no session settings are sent, because they would also apply to other sessions. */
export function clientSettings({ url, pooler }: PostgresAddress): pg.ClientConfig {
  return {
    connectionString: url,
    application_name: 'campaigns',
    connectionTimeoutMillis: CONNECT_TIMEOUT,
    keepAlive: true,
    // JIT compilation of a statement takes longer than running it.
    ...(!pooler && { options: '-c jit=off', statement_timeout: STATEMENT_TIMEOUT }),
  };
}
