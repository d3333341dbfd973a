import type { RateLimit } from './access/limit.ts';
import type { Parser } from './config/parser.ts';
import { duration, oneOf, optional, wholeNumber } from './config/parser.ts';
import * as parsers from './config/parsers.ts';
import { withoutSecretParameters } from './config/postgres-url.ts';
import type { DatabaseAddress, ReplicaSettings } from './database/open.ts';
import type { AddressRange } from './network/address-range.ts';
import type { TrustedDocumentsPolicy } from './graphql/execution/trusted-documents.ts';
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
  readonly webhookNetworks: readonly AddressRange[];
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

/** More processes than this are surely a mistake: see docs/processes.md for what each of them takes. */
const MAX_WORKERS = 64;

/** Reads the settings from the environment. A missing or empty setting gets its default. Throws ConfigError. */
export function readConfig(environment: Environment): Config {
  const setting = <Value>(name: string, defaultValue: string, parser: Parser<Value>): Value => {
    const value = environment[name]?.trim() || defaultValue;
    const parsed = parser.parse(value);
    if (parsed === undefined) {
      throw new ConfigError(name, shown(name, value), parser.rightFor?.(value) ?? parser.right);
    }
    return parsed;
  };
  const database = databaseAddress(
    setting('DATABASE_URL', 'file:./data/campaigns.db', parsers.databaseUrl),
    setting('DATABASE_CONNECTIONS', '20', wholeNumber(2, 1000)),
    setting('DATABASE_POOLER', 'off', oneOf(['off', 'on'])) === 'on',
  );
  const port = setting('PORT', '4000', parsers.port);
  return {
    host: setting('HOST', '0.0.0.0', parsers.host),
    port,
    adminPort: setting('ADMIN_PORT', 'off', optional('off', parsers.portOtherThan(port))),
    metricsToken: setting('METRICS_TOKEN', 'none', optional('none', parsers.bearerToken)),
    publicUrl: setting('PUBLIC_URL', 'none', optional('none', parsers.serverUrl)),
    connections: {
      total: setting('MAX_CONNECTIONS', '10000', wholeNumber(1, 9_999_999)),
      perAddress: setting('MAX_CONNECTIONS_PER_ADDRESS', '5000', wholeNumber(1, 9_999_999)),
    },
    drainDelay: setting('DRAIN_DELAY', '2', duration(0, 3600)),
    database,
    replica: replicaSettings(
      database,
      setting('READ_DATABASE_URL', 'none', optional('none', parsers.replicaUrl(database))),
      // A lag below 2 s cannot be told apart from the time between two checks of the replica.
      setting('READ_MAX_LAG', '5', duration(2, 3600)),
    ),
    changesKept: setting('CHANGES_KEPT', '365', optional('forever', wholeNumber(1, 36_500, 'days'))),
    webhookNetworks: setting('WEBHOOK_NETWORKS', 'none', parsers.networks),
    workers: setting('WORKERS', '1', wholeNumber(1, MAX_WORKERS)),
    redisUrl: setting('REDIS_URL', 'none', optional('none', parsers.redisUrl)),
    rateLimit: setting('RATE_LIMIT', '3600/hour', optional('off', parsers.rateLimit('REQUESTS', '3600/hour'))),
    requestTimeout: setting('REQUEST_TIMEOUT', '10', duration(0.001, 3600)),
    authFailureLimit: setting(
      'AUTH_FAILURE_LIMIT',
      '30/minute',
      optional('off', parsers.rateLimit('WRONG_TOKENS', '30/minute')),
    ),
    corsOrigins: setting('CORS_ORIGINS', 'none', parsers.corsOrigins),
    trustProxy: setting('TRUST_PROXY', 'off', parsers.trustProxy),
    logLevel: setting('LOG_LEVEL', 'info', oneOf(LOG_LEVELS)),
    trustedDocuments: setting('TRUSTED_DOCUMENTS', 'off', oneOf(['off', 'only'])),
    trustedDocumentsFolder: setting('TRUSTED_DOCUMENTS_DIR', 'none', optional('none', parsers.manifestsFolder)),
    upstreams: upstreams(environment),
    upstreamShare: setting('UPSTREAM_SHARE', '25%', parsers.upstreamShare),
  };
}

/** The names of all settings: those that `readConfig` reads, so that there is no second list of them. */
export function settingNames(): ReadonlySet<string> {
  const names = new Set<string>();
  readConfig(new Proxy({}, { get: (_settings, name) => void names.add(String(name)) }));
  return names;
}

/** Where the database is, for the log: the file, or the address of the server without its user and password. */
export function databasePlace(database: DatabaseAddress): string {
  return database.engine === 'sqlite' ? database.file : shown('DATABASE_URL', database.url);
}

function databaseAddress(place: { file: string } | { url: string }, size: number, pooler: boolean): DatabaseAddress {
  if ('file' in place) return { engine: 'sqlite', file: place.file };
  return { engine: 'postgres', url: place.url, connections: size, pooler };
}

/** The replica has as many connections as the database, and is reached in the same way. */
function replicaSettings(database: DatabaseAddress, url: string | null, maxLag: number): ReplicaSettings | null {
  return url === null || database.engine !== 'postgres' ? null : { address: { ...database, url }, maxLag };
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

/**
 * The value of a setting as an error shows it: without a token, and without the user and password of an address. A password
 * that is not percent-encoded may contain an @, so everything before the last @ is hidden.
 */
export function shown(name: string, value: string): string {
  if (name.endsWith('_TOKEN')) return '…';
  return withoutSecretParameters(value.replace(/^(\w+:\/\/)?.*@/, '$1…@'));
}
