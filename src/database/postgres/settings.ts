import type pg from 'pg';
import type { PostgresAddress } from './address.ts';

/**
 * How long, in ms, the server works on one statement before it ends it, unless the address has a `statement_timeout`. With the default
 * REQUEST_TIMEOUT, requests end theirs sooner.
 */
const STATEMENT_TIMEOUT = 15_000;

/** A statement that has no answer when the server should have ended it this long ago, in ms, never gets one. */
const ANSWER_MARGIN = 2_000;

/** How long, in ms, a read without a signal may take. It is a small one: it finds the caller, or is made without a request. */
const READ_TIMEOUT = 5_000;

/** How long, in ms, connecting may take, and how long a statement waits for a free connection of the pool. */
export const CONNECT_TIMEOUT = 5_000;

/**
 * The commands for a transaction that may take any time, also while it waits for a file to read from or to write to: the settings of the
 * database or its user may end such transactions. PostgreSQL has `transaction_timeout` since version 17.
 */
export const ANY_TIME = `set local statement_timeout = 0; set local idle_in_transaction_session_timeout = 0;
  select set_config(name, '0', true) from pg_settings where name = 'transaction_timeout'`;

/** After how many ms a statement that takes too long is ended. */
export interface StatementLimits {
  /** By the server. */
  readonly server: number;
  /** By this process, which then closes the connection, because the server does not answer. */
  readonly answer: number;
  /** The same for a read without a signal. */
  readonly read: number;
}

/** The limits for statements on connections to the address. */
export function statementLimits({ url }: PostgresAddress): StatementLimits {
  const server = Number(URL.parse(url)?.searchParams.get('statement_timeout') ?? STATEMENT_TIMEOUT);
  const answer = server + ANSWER_MARGIN;
  return { server, answer, read: Math.min(READ_TIMEOUT, answer) };
}

/** How the driver connects. Behind a pooler no session settings are sent, because they would also apply to other sessions. */
export function clientSettings({ url, pooler }: PostgresAddress): pg.ClientConfig {
  return {
    connectionString: withExplicitSslMode(url),
    application_name: 'campaigns',
    connectionTimeoutMillis: CONNECT_TIMEOUT,
    keepAlive: true,
    // JIT compilation of a statement takes longer than running it. Searches have a backslash in a text, and databases of old programs may
    // take it for the beginning of an escape sequence.
    ...(!pooler && {
      options: '-c jit=off -c standard_conforming_strings=on',
      statement_timeout: STATEMENT_TIMEOUT,
    }),
  };
}

/**
 * node-postgres takes `prefer`, `require` and `verify-ca` as `verify-full`, and prints a warning that its next version will not. The
 * address says `verify-full` in their place, so that there is no warning, and the next version verifies as well.
 */
function withExplicitSslMode(url: string): string {
  if (url.includes('uselibpqcompat=true')) return url;
  return url.replace(/(?<=[?&]sslmode=)(prefer|require|verify-ca)(?=&|$)/, 'verify-full');
}
