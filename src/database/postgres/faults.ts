import pg from 'pg';
import { codeOf } from '../../thrown.ts';
import { DatabaseBusyError, DatabaseError, DatabaseUnavailableError, StatementEndedError } from '../errors.ts';

/** How long, in ms, a statement waits for a lock that another process holds. */
export const LOCK_TIMEOUT = 5_000;

/** The connection broke during a commit. It is not known whether the transaction was committed. */
export class CommitLost extends Error {}

/** No answer to a statement has come in time, so that the connection was closed. The connection alone may be dead, or the server. */
export class Unanswered extends Error {}

/** The server has refused to open a connection, with an error that means something else when a statement gets it. */
class ConnectionRefused extends Error {}

const LOST = 'the connection to the database server was lost';
const SILENT = 'the database server does not answer';
const UNREACHABLE = 'the database server cannot be reached';
const REFUSED = 'the database server refuses connections to this database';
const OUTCOME_UNKNOWN =
  'the connection was lost while the change was being saved, and it is not known whether it was; look before you repeat it';

/**
 * The beginnings of PostgreSQL's error codes for a server that cannot do its work, and their meanings. The first match counts.
 * https://www.postgresql.org/docs/current/errcodes-appendix.html
 */
const FAULTS: readonly (readonly [code: string, meaning: string])[] = [
  ['08', LOST],
  ['57P01', 'the database server is stopping'],
  ['57P02', 'the database server is stopping'],
  ['57P03', 'the database server is starting or stopping'],
  ['57P05', LOST],
  ['25P03', LOST],
  ['25P04', LOST],
  ['25006', 'the database is read-only'],
  ['53100', 'the disk of the database server is full'],
  ['53300', 'the database server has no free connection'],
  ['53', 'the database server lacks memory or another resource'],
  ['58', 'the disk of the database server fails to read or to write'],
  ['XX001', 'the database is damaged'],
  ['XX002', 'the database is damaged'],
  ['28', 'the database server refuses the user or the password'],
  ['3D000', 'the database server has no database of this name'],
  ['42501', 'its user may not create, read or change the tables there'],
  ['3F000', 'it has no schema of those that search_path names'],
];

/** The system's error codes for a connection that failed. In a read or write, each code means that the connection was lost. */
const SYSTEM_FAULTS: Readonly<Record<string, string>> = {
  ECONNREFUSED: UNREACHABLE,
  ENOTFOUND: UNREACHABLE,
  EAI_AGAIN: UNREACHABLE,
  EHOSTUNREACH: UNREACHABLE,
  ENETUNREACH: UNREACHABLE,
  ENOENT: UNREACHABLE,
  EACCES: UNREACHABLE,
  ETIMEDOUT: UNREACHABLE,
  ECONNRESET: LOST,
  EPIPE: LOST,
};

/** What node-postgres says when no connection of a pool became free in time. */
const CROWDED = 'timeout exceeded when trying to connect';

/** Node's error codes for a certificate that cannot be verified. https://nodejs.org/api/tls.html#x509-certificate-error-codes */
const UNTRUSTED =
  /^(CERT_|DEPTH_ZERO_SELF_SIGNED_CERT|SELF_SIGNED_CERT|UNABLE_TO_(GET_ISSUER|VERIFY)|ERR_TLS_CERT_ALTNAME_INVALID)/;

/** What node-postgres says when the address asks for TLS and the server does not offer it. */
const NO_TLS = /does not support SSL/;

/** The messages of node-postgres's connection errors that have no code, and their meanings. */
const DRIVER_FAULTS: readonly (readonly [message: RegExp, meaning: string])[] = [
  [new RegExp(`^${CROWDED}`), 'all connections to the database are in use'],
  [/connection timeout|timeout expired/, UNREACHABLE],
  [NO_TLS, 'the database server offers no encrypted connections'],
  [/Connection terminated|connection error|not queryable|Client was closed/i, LOST],
];

/** The SQLSTATE of an error that the server has sent; undefined when the error has another origin. */
function stateOf(error: unknown): string | undefined {
  return error instanceof pg.DatabaseError ? error.code : undefined;
}

/**
 * The error to throw when no connection could be opened. The server opens none for any error that it sends then: an error that has no
 * meaning of its own here is an outage too, such as 55000, with which it answers while the database takes no connections.
 */
export function connectionError(error: unknown): unknown {
  const isUnknown = stateOf(error) !== undefined && faultOf(error) === null;
  return isUnknown ? new ConnectionRefused(REFUSED, { cause: error }) : error;
}

/** What is wrong with the server or the connection to it, in words for anyone; null when the error has another cause. */
export function faultOf(error: unknown): string | null {
  const state = stateOf(error);
  if (isRefusedParameter(error)) return 'the database server refuses a parameter of the address';
  if (state !== undefined) return FAULTS.find(([prefix]) => state.startsWith(prefix))?.[1] ?? null;
  if (!(error instanceof Error)) return null;
  if (error instanceof Unanswered) return SILENT;
  if (error instanceof ConnectionRefused) return REFUSED;
  // When a host name has several addresses and none answers, Node throws one AggregateError with all errors.
  if (error instanceof AggregateError) return error.errors.map(faultOf).find((fault) => fault !== null) ?? null;
  const code = codeOf(error) ?? '';
  if (UNTRUSTED.test(code)) return 'the certificate of the database server cannot be verified';
  // The network can also fail during a connection. What was sent may then have arrived.
  if (code in SYSTEM_FAULTS && 'syscall' in error && /^(read|write)/.test(String(error.syscall))) return LOST;
  return SYSTEM_FAULTS[code] ?? DRIVER_FAULTS.find(([message]) => message.test(error.message))?.[1] ?? null;
}

/**
 * Whether the connection broke, so that it is not known whether the statement ran. Unless it was a commit, the server has rolled
 * the transaction back.
 */
export function isLost(error: unknown): boolean {
  const state = stateOf(error);
  // 40003: the server itself does not know whether the statement was carried out.
  if (state !== undefined) return /^(08|57P0[125]|25P0[34]|40003)/.test(state);
  return faultOf(error) === LOST || isUnanswered(error);
}

/** Whether the connection was closed because no answer came. Whoever runs the statement again may wait as long again. */
export function isUnanswered(error: unknown): boolean {
  return error instanceof Unanswered;
}

/** Whether the server answers, but a person must correct a setting or a permission before it can be used. */
export function isMisconfigured(error: unknown): boolean {
  const state = stateOf(error);
  return state === undefined
    ? error instanceof Error && (NO_TLS.test(error.message) || UNTRUSTED.test(codeOf(error) ?? ''))
    : /^(28|3D000|3F000|42501)/.test(state) || isRefusedParameter(error);
}

/** What a person must do about an error that `isMisconfigured`. */
export function correctionOf(error: unknown): string {
  switch (stateOf(error)) {
    case '42501':
      return 'Make the user the owner of the database, and of the tables in it: alter database NAME owner to USER.';
    case '3F000':
      return 'Make one: create schema NAME authorization USER.';
    default:
      return 'Check DATABASE_URL.';
  }
}

/** Whether the address gives a server parameter an invalid value. No statement of this program sets a parameter to an outside value. */
function isRefusedParameter(error: unknown): boolean {
  return (
    stateOf(error) === '22023' && error instanceof Error && error.message.startsWith('invalid value for parameter')
  );
}

/** Whether no connection of the pool became free in time. The server itself may work. */
export function isCrowded(error: unknown): boolean {
  return error instanceof Error && error.message.startsWith(CROWDED);
}

/** Whether the server has as many connections as it allows, in all or of this user. Those that are open still work. */
export function isFull(error: unknown): boolean {
  return stateOf(error) === '53300';
}

/** Whether no server can be reached at present, so that all waiting writes would meet the same fault. */
export function isAway(error: unknown): boolean {
  if (isLost(error)) return !isUnanswered(error);
  return faultOf(error) === UNREACHABLE || stateOf(error) === '57P03' || error instanceof ConnectionRefused;
}

/** Whether another transaction has held a lock for longer than LOCK_TIMEOUT. */
export function isLocked(error: unknown): boolean {
  return stateOf(error) === '55P03';
}

/**
 * Whether the server has ended the statement at its `statement_timeout`, or because an administrator cancelled it. This is no fault
 * of the server, and the connection can still be used.
 */
function isEnded(error: unknown): boolean {
  return stateOf(error) === '57014';
}

/** Whether a table or a column does not exist. */
export function isUndefined(error: unknown): boolean {
  const state = stateOf(error);
  return state === '42P01' || state === '42703';
}

/** Whether the server is a standby, or has been told to take no writes. */
export function isReadOnly(error: unknown): boolean {
  return stateOf(error) === '25006';
}

/** The unique indexes that a write can violate because of rows that administration or a simultaneous write has just added. */
const NAMES = new Set(['campaigns_name', 'groups_name']);

/**
 * Whether the same transaction may succeed when it is run again: it failed because of a serialization conflict, a deadlock, or
 * a name that another transaction has just taken. When it runs again, the model sees that the name is taken.
 */
export function isConflict(error: unknown): boolean {
  const state = stateOf(error);
  return state === '40001' || state === '40P01' || isTaken(error);
}

/** Whether another row has just taken the name. */
export function isTaken(error: unknown): boolean {
  return stateOf(error) === '23505' && error instanceof pg.DatabaseError && NAMES.has(error.constraint ?? '');
}

/** The error that callers get. Errors that are bugs stay as they are. */
export function explained(error: unknown): unknown {
  if (error instanceof DatabaseError) return error;
  if (error instanceof CommitLost)
    return new DatabaseUnavailableError(OUTCOME_UNKNOWN, { cause: error, outcome: 'UNKNOWN' });
  if (isLocked(error)) return DatabaseBusyError.held(LOCK_TIMEOUT);
  if (isConflict(error)) return new DatabaseBusyError('other processes have changed the same rows again and again');
  if (isEnded(error)) return new StatementEndedError({ cause: error });
  const fault = faultOf(error);
  return fault === null ? error : new DatabaseUnavailableError(fault, { cause: error });
}
