import { statSync } from 'node:fs';
import { isIP } from 'node:net';
import { join } from 'node:path';
import type { RateLimit } from './access/limit.ts';
import type { DatabaseAddress, ReplicaSettings } from './database/open.ts';
import type { TrustedDocumentsPolicy } from './graphql/execution/trusted-documents.ts';
import type { Network } from './encoding/network.ts';
import { parseNetwork } from './encoding/network.ts';
import type { ConnectionBounds } from './http/connection-bounds.ts';
import type { Account, AccountProblem } from './upstream/accounts.ts';
import {
  accountSetting,
  ADDRESS_RIGHT,
  parseAccountUrl,
  readAccounts,
  tokenWithoutAccount,
  WITHOUT_FILE_RIGHT,
} from './upstream/accounts.ts';
import { ACCOUNT_LIMIT } from './upstream/budget.ts';

/** The settings of a process, read once from its environment. */
export interface Config {
  readonly host: string;
  readonly port: number;
  /** The port of the listener for health and metrics alone. null: there is none. */
  readonly adminPort: number | null;
  /** The bearer token that a reader of `/metrics` on the main port must send. null: the main port has no `/metrics`. */
  readonly metricsToken: string | null;
  /** The scheme, host and path before `/api/v2` in links, without a slash at the end. null: links use those of the request. */
  readonly publicUrl: string | null;
  readonly connections: ConnectionBounds;
  /** How long, in ms, a stopping server goes on as before, except that `/readyz` says that it is not ready. */
  readonly drainDelay: number;
  readonly database: DatabaseAddress;
  /** The replica that requests read from. null: they read from the database itself. */
  readonly replica: ReplicaSettings | null;
  /** For how many days changes are kept. null: for ever. */
  readonly changesKept: number | null;
  /** The networks that are not public, but to which webhooks may be sent. */
  readonly webhookNetworks: readonly Network[];
  /** How many processes serve. Each has its own event loop, and its own limits, such as MAX_CONNECTIONS. */
  readonly workers: number;
  /** The Redis in which instances share the counts of requests and, with a replica, the latest revisions. null: there is none. */
  readonly redisUrl: string | null;
  /** null: no limit. */
  readonly rateLimit: RateLimit | null;
  /** How long, in ms, an operation may take before it is ended. */
  readonly requestTimeout: number;
  /** How many wrong tokens may come from an address. null: no limit. */
  readonly authFailureLimit: RateLimit | null;
  /** The origins whose pages may read answers. `*`: every origin. */
  readonly corsOrigins: '*' | readonly string[];
  /** The proxies whose `X-Forwarded-*` headers are trusted, as a value of Express's "trust proxy". false: none. */
  readonly trustProxy: boolean | number | string;
  readonly logLevel: LogLevel;
  readonly trustedDocuments: TrustedDocumentsPolicy;
  /** The folder that holds the frontends' manifests of trusted documents. null: only the console's manifest is used. */
  readonly trustedDocumentsFolder: string | null;
  /** The live accounts whose workspaces are mirrored here. */
  readonly upstreams: readonly Account[];
  /** How many requests an hour the follower may make to each account. */
  readonly upstreamShare: number;
}

const LOG_LEVELS = ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'] as const;
export type LogLevel = (typeof LOG_LEVELS)[number];

/** A setting has a value that cannot be used. The message names the setting, its value, and what would be right. */
export class ConfigError extends Error {
  constructor(name: string, value: string, right: string) {
    super(`${name} is "${value}", which cannot be used: it must be ${right}.`);
  }
}

type Environment = Record<string, string | undefined>;

/** Reads the settings from the environment. A missing or empty setting gets its default. Throws ConfigError. */
export function readConfig(environment: Environment): Config {
  const setting = <Value>(
    name: string,
    defaultValue: string,
    parse: (value: string) => Value | null,
    right: string,
  ): Value => {
    const value = environment[name]?.trim() || defaultValue;
    const parsed = parse(value);
    if (parsed === null) throw new ConfigError(name, shown(name, value), right);
    return parsed;
  };
  const database = databaseAddress(
    setting(
      'DATABASE_URL',
      'file:./data/campaigns.db',
      databaseUrl,
      'file:PATH, such as file:./data/campaigns.db, or postgres://USER:PASSWORD@HOST/DATABASE',
    ),
    setting('DATABASE_CONNECTIONS', '20', connections, 'a whole number from 2 to 1000'),
    setting('DATABASE_POOLER', 'off', onOrOff, '"off" or "on"').on,
  );
  const ownPort = setting('PORT', '4000', port, 'a whole number from 0 to 65535 (0: any free port)');
  return {
    host: setting(
      'HOST',
      '0.0.0.0',
      (value) => (/^[\w.:-]+$/.test(value) ? value : null),
      'an address or a name of this machine, such as 127.0.0.1',
    ),
    port: ownPort,
    adminPort: setting(
      'ADMIN_PORT',
      'off',
      (value) => adminPort(value, ownPort),
      '"off", or a whole number from 0 to 65535 that is not that of PORT (0: any free port)',
    ).port,
    metricsToken: setting(
      'METRICS_TOKEN',
      'none',
      metricsToken,
      'at least 16 characters of ASCII without spaces, or "none"',
    ).token,
    publicUrl: setting(
      'PUBLIC_URL',
      'none',
      publicUrl,
      'the address of this server for its users, such as https://campaigns.example, or "none"',
    ).url,
    connections: {
      total: setting('MAX_CONNECTIONS', '10000', count, 'a whole number from 1 on'),
      perAddress: setting('MAX_CONNECTIONS_PER_ADDRESS', '5000', count, 'a whole number from 1 on'),
    },
    drainDelay: setting('DRAIN_DELAY', '2', seconds, 'a number of seconds from 0 to 3600') * 1000,
    database,
    replica: replicaSettings(
      database,
      setting(
        'READ_DATABASE_URL',
        'none',
        (value) => readDatabaseUrl(value, database),
        'postgres://USER:PASSWORD@HOST/DATABASE, beside a DATABASE_URL of PostgreSQL, or "none"',
      ).url,
      setting('READ_MAX_LAG', '5', lag, 'a number of seconds from 2 to 3600') * 1000,
    ),
    changesKept: setting(
      'CHANGES_KEPT',
      '365',
      changesKept,
      '"forever", or a whole number of days from 1 to 36500, such as 365',
    ).days,
    webhookNetworks: setting(
      'WEBHOOK_NETWORKS',
      'none',
      networks,
      '"none", or networks separated by commas, such as 10.0.0.0/8,fd00::/8',
    ),
    workers: setting('WORKERS', '1', workers, `a whole number from 1 to ${MAX_WORKERS}`),
    redisUrl: setting('REDIS_URL', 'none', redisUrl, 'redis://HOST:PORT, such as redis://127.0.0.1:6379, or "none"')
      .url,
    rateLimit: setting(
      'RATE_LIMIT',
      '3600/hour',
      rateLimit,
      '"off" or REQUESTS/second, /minute, /hour or /day, such as 3600/hour',
    ).limit,
    requestTimeout: setting(
      'REQUEST_TIMEOUT',
      '10',
      milliseconds,
      'a number of seconds from 0.001 to 3600, such as 10 or 2.5',
    ),
    authFailureLimit: setting(
      'AUTH_FAILURE_LIMIT',
      '30/minute',
      rateLimit,
      '"off" or WRONG_TOKENS/second, /minute, /hour or /day, such as 30/minute',
    ).limit,
    corsOrigins: setting(
      'CORS_ORIGINS',
      'none',
      corsOrigins,
      '"none", "*", or origins separated by commas, such as https://frontend.example (without a path, and without a slash at the end)',
    ),
    trustProxy: setting(
      'TRUST_PROXY',
      'off',
      trustProxy,
      '"off", "on", how many proxies there are, or their addresses separated by commas',
    ),
    logLevel: setting(
      'LOG_LEVEL',
      'info',
      (value) => LOG_LEVELS.find((level) => level === value) ?? null,
      `one of ${LOG_LEVELS.join(', ')}`,
    ),
    trustedDocuments: setting(
      'TRUSTED_DOCUMENTS',
      'off',
      (value) => (value === 'off' || value === 'only' ? value : null),
      '"off" or "only"',
    ),
    trustedDocumentsFolder: setting('TRUSTED_DOCUMENTS_DIR', 'none', existingFolder, 'a folder of manifests, or "none"')
      .folder,
    upstreams: upstreams(environment),
    upstreamShare: setting(
      'UPSTREAM_SHARE',
      '25%',
      upstreamShare,
      `a share of the ${ACCOUNT_LIMIT} requests an hour that an account allows, from 1% to 100%, or from 10/hour on, such as 600/hour`,
    ),
  };
}

/**
 * Reads the settings of a server. Throws ConfigError, also for a token without an account, because such a server would by mistake not be
 * connected to its account. Other commands accept such a token, because it may be set for `import --from`.
 * @param upstream The address that `--upstream` gives, in place of UPSTREAM_URL.
 */
export function readServerConfig(environment: Environment, upstream?: string): Config {
  const settings = withAccount(environment, '--upstream', upstream);
  const problem = tokenWithoutAccount(settings);
  if (problem) throw accountError(problem);
  return readConfig(settings);
}

/**
 * Returns the settings with UPSTREAM_URL replaced by the address from a command's option. The address must not be empty or "none".
 * Throws ConfigError, which names the option, because the user may not have set UPSTREAM_URL at all.
 */
export function withAccount(environment: Environment, option: string, address: string | undefined): Environment {
  if (address === undefined) return environment;
  if (parseAccountUrl(address.trim()) === null) throw new ConfigError(option, shown(option, address), ADDRESS_RIGHT);
  if (accountSetting(environment, 'UPSTREAMS_FILE') !== null) {
    throw new ConfigError(option, shown(option, address), WITHOUT_FILE_RIGHT);
  }
  return { ...environment, UPSTREAM_URL: address };
}

function upstreams(environment: Environment): readonly Account[] {
  const accounts = readAccounts(environment);
  if (!('setting' in accounts)) return accounts;
  throw accountError(accounts);
}

function accountError({ setting, value, right }: AccountProblem): ConfigError {
  return new ConfigError(setting, value === '' ? '' : shown(setting, value), right);
}

/** Parses a share into requests an hour. Returns null when it is less than 10 requests an hour, or more than 100%. */
function upstreamShare(value: string): number | null {
  const [, percent, requests] = /^(?:([1-9]\d{0,2})%|([1-9]\d{0,4})\/hour)$/.exec(value) ?? [];
  const share = percent === undefined ? Number(requests) : (Number(percent) / 100) * ACCOUNT_LIMIT;
  return share >= 10 && Number(percent ?? 1) <= 100 ? Math.floor(share) : null;
}

/**
 * The value of a setting as an error shows it: without a token, and without the user and password of an address. A password
 * that is not percent-encoded may contain an @, so everything before the last @ is hidden.
 */
export function shown(name: string, value: string): string {
  if (name.endsWith('_TOKEN')) return '…';
  return value.replace(/^(\w+:\/\/)?.*@/, '$1…@').replaceAll(/(password=)[^&]*/gi, '$1…');
}

function port(value: string): number | null {
  return /^\d{1,5}$/.test(value) && Number(value) <= 65_535 ? Number(value) : null;
}

function adminPort(value: string, ownPort: number): { port: number | null } | null {
  if (value === 'off') return { port: null };
  const parsed = port(value);
  return parsed === null || (parsed === ownPort && parsed !== 0) ? null : { port: parsed };
}

function metricsToken(value: string): { token: string | null } | null {
  if (value === 'none') return { token: null };
  return /^[!-~]{16,}$/.test(value) ? { token: value } : null;
}

function publicUrl(value: string): { url: string | null } | null {
  if (value === 'none') return { url: null };
  const url = URL.parse(value);
  const isAddress = url !== null && /^https?:$/.test(url.protocol) && !url.username && !url.password;
  return isAddress && !url.search && !url.hash ? { url: url.href.replace(/\/+$/, '') } : null;
}

function count(value: string): number | null {
  return /^[1-9]\d{0,6}$/.test(value) ? Number(value) : null;
}

function seconds(value: string): number | null {
  return /^\d{1,4}(\.\d{1,3})?$/.test(value) && Number(value) <= 3600 ? Number(value) : null;
}

function databaseUrl(value: string): { file: string } | { url: string } | null {
  const path = /^file:(?:\/\/(?=\/))?(.+)$/.exec(value)?.[1];
  if (path) return { file: path.startsWith('/') ? path : join(process.cwd(), path) };
  return isPostgresUrl(value) ? { url: value } : null;
}

function isPostgresUrl(value: string): boolean {
  return /^postgres(ql)?:\/\//.test(value) && URL.canParse(value);
}

function databaseAddress(place: { file: string } | { url: string }, size: number, pooler: boolean): DatabaseAddress {
  if ('file' in place) return { engine: 'sqlite', file: place.file };
  return { engine: 'postgres', url: place.url, connections: size, pooler };
}

function readDatabaseUrl(value: string, { engine }: DatabaseAddress): { url: string | null } | null {
  if (value === 'none') return { url: null };
  return engine === 'postgres' && isPostgresUrl(value) ? { url: value } : null;
}

/** The replica has as many connections as the database, and is reached in the same way. */
function replicaSettings(database: DatabaseAddress, url: string | null, maxLag: number): ReplicaSettings | null {
  return url === null || database.engine !== 'postgres' ? null : { address: { ...database, url }, maxLag };
}

/** The minimum is 2 s, because a smaller lag cannot be told apart from the time between two checks of the replica. */
function lag(value: string): number | null {
  const parsed = seconds(value);
  return parsed !== null && parsed >= 2 ? parsed : null;
}

function connections(value: string): number | null {
  const parsed = count(value);
  return parsed !== null && parsed >= 2 && parsed <= 1000 ? parsed : null;
}

function onOrOff(value: string): { on: boolean } | null {
  return value === 'on' || value === 'off' ? { on: value === 'on' } : null;
}

/** More processes than this are surely a mistake: see docs/processes.md for what each of them takes. */
const MAX_WORKERS = 64;

function workers(value: string): number | null {
  const parsed = count(value);
  return parsed !== null && parsed <= MAX_WORKERS ? parsed : null;
}

function redisUrl(value: string): { url: string | null } | null {
  if (value === 'none') return { url: null };
  const url = URL.parse(value);
  if (!url || !/^rediss?:$/.test(url.protocol) || !url.hostname || url.search || url.hash) return null;
  return /^\/?\d*$/.test(url.pathname) && isEncoded(url.username) && isEncoded(url.password) ? { url: value } : null;
}

/** Whether the text can be percent-decoded. The Redis client decodes the user and the password. */
function isEncoded(text: string): boolean {
  try {
    decodeURIComponent(text);
    return true;
  } catch {
    return false;
  }
}

function existingFolder(value: string): { folder: string | null } | null {
  if (value === 'none') return { folder: null };
  return statSync(value, { throwIfNoEntry: false })?.isDirectory() ? { folder: value } : null;
}

function changesKept(value: string): { days: number | null } | null {
  if (value === 'forever') return { days: null };
  return /^[1-9]\d{0,4}$/.test(value) && Number(value) <= 36_500 ? { days: Number(value) } : null;
}

function networks(value: string): readonly Network[] | null {
  if (value === 'none') return [];
  const parsed = value.split(',').map((part) => parseNetwork(part.trim()));
  return parsed.every((network) => network !== null) ? parsed : null;
}

const SECONDS: Record<string, number> = { second: 1, minute: 60, hour: 3600, day: 86_400 };

function rateLimit(value: string): { limit: RateLimit | null } | null {
  if (value === 'off') return { limit: null };
  const [, requests, unit = ''] = /^([1-9]\d{0,8})\/([a-z]+)$/.exec(value) ?? [];
  const seconds = SECONDS[unit];
  return requests && seconds ? { limit: { requests: Number(requests), seconds } } : null;
}

/** Parses a number of seconds into milliseconds. */
function milliseconds(value: string): number | null {
  const ms = /^\d{1,4}(\.\d{1,3})?$/.test(value) ? Math.round(Number(value) * 1000) : 0;
  return ms >= 1 && ms <= 3_600_000 ? ms : null;
}

function corsOrigins(value: string): '*' | readonly string[] | null {
  if (value === 'none') return [];
  if (value === '*') return '*';
  const origins = value.split(',').map((part) => part.trim());
  return origins.every(isOrigin) ? origins : null;
}

/** Whether the text is exactly what browsers send as the Origin of a page: no path, and no slash at the end. */
function isOrigin(text: string): boolean {
  return /^https?:\/\/[^*]+$/.test(text) && URL.parse(text)?.origin === text;
}

function trustProxy(value: string): boolean | number | string | null {
  if (value === 'off' || value === 'false') return false;
  if (value === 'on' || value === 'true') return true;
  if (/^[1-9]\d?$/.test(value)) return Number(value);
  return value.split(',').every((part) => isTrustable(part.trim())) ? value : null;
}

/** Whether Express accepts the text: an address, a range such as 10.0.0.0/8, or one of its names for ranges. */
function isTrustable(part: string): boolean {
  if (/^(loopback|linklocal|uniquelocal)$/.test(part)) return true;
  const [address = '', bits = '1', ...more] = part.split('/');
  const version = isIP(address);
  return (
    version !== 0 && more.length === 0 && /^[1-9]\d{0,2}$/.test(bits) && Number(bits) <= (version === 4 ? 32 : 128)
  );
}
