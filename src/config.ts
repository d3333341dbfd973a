import { statSync } from 'node:fs';
import { isIP } from 'node:net';
import { join } from 'node:path';
import type { RateLimit } from './access/rate-limit.ts';
import type { DatabaseAddress } from './database/open.ts';
import type { TrustedDocumentsPolicy } from './graphql/execution/trusted-documents.ts';

/** The settings of a process, read once from its environment. */
export interface Config {
  readonly host: string;
  readonly port: number;
  readonly database: DatabaseAddress;
  /** null: no limit. */
  readonly rateLimit: RateLimit | null;
  /** How many wrong tokens may come from an address. null: no limit. */
  readonly authFailureLimit: RateLimit | null;
  /** The sites whose pages may read answers: all, or these origins. */
  readonly corsOrigins: '*' | readonly string[];
  /** The proxies whose `X-Forwarded-*` headers are trusted, as a value of Express's "trust proxy". false: none. */
  readonly trustProxy: boolean | number | string;
  readonly logLevel: LogLevel;
  readonly trustedDocuments: TrustedDocumentsPolicy;
  /** The folder that holds the frontends' manifests of trusted documents. null: only the console's manifest is used. */
  readonly trustedDocumentsFolder: string | null;
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
    // The message hides the user part of an address, because it may contain a password.
    if (parsed === null) throw new ConfigError(name, value.replace(/\/\/[^@/]*@/, '//…@'), right);
    return parsed;
  };
  return {
    host: setting(
      'HOST',
      '0.0.0.0',
      (value) => (/^[\w.:-]+$/.test(value) ? value : null),
      'an address or a name of this machine, such as 127.0.0.1',
    ),
    port: setting('PORT', '4000', port, 'a whole number from 0 to 65535 (0: any free port)'),
    database: setting(
      'DATABASE_URL',
      'file:./data/campaigns.db',
      databaseAddress,
      'file:PATH, such as file:./data/campaigns.db',
    ),
    rateLimit: setting(
      'RATE_LIMIT',
      '3600/hour',
      rateLimit,
      '"off" or REQUESTS/second, /minute, /hour or /day, such as 3600/hour',
    ).limit,
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
      '"none", "*", or origins separated by commas, such as https://frontend.example',
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
  };
}

function port(value: string): number | null {
  return /^\d{1,5}$/.test(value) && Number(value) <= 65_535 ? Number(value) : null;
}

function databaseAddress(value: string): DatabaseAddress | null {
  const path = /^file:(?:\/\/(?=\/))?(.+)$/.exec(value)?.[1];
  return path ? { engine: 'sqlite', file: path.startsWith('/') ? path : join(process.cwd(), path) } : null;
}

function existingFolder(value: string): { folder: string | null } | null {
  if (value === 'none') return { folder: null };
  return statSync(value, { throwIfNoEntry: false })?.isDirectory() ? { folder: value } : null;
}

const SECONDS: Record<string, number> = { second: 1, minute: 60, hour: 3600, day: 86_400 };

function rateLimit(value: string): { limit: RateLimit | null } | null {
  if (value === 'off') return { limit: null };
  const [, requests, unit = ''] = /^([1-9]\d{0,8})\/([a-z]+)$/.exec(value) ?? [];
  const seconds = SECONDS[unit];
  return requests && seconds ? { limit: { requests: Number(requests), seconds } } : null;
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
