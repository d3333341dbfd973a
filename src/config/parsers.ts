import { statSync } from 'node:fs';
import { join } from 'node:path';
import type { RateLimit } from '../access/limit.ts';
import type { DatabaseAddress } from '../database/open.ts';
import type { AddressRange } from '../network/address-range.ts';
import { parseRange } from '../network/address-range.ts';
import { parseServerUrl } from '../encoding/server-url.ts';
import { ACCOUNT_LIMIT } from '../upstream/budget.ts';
import type { Parser } from './parser.ts';
import { textThat, wholeNumber } from './parser.ts';
import { isPostgresUrl, parameterProblem } from './postgres-url.ts';

// The parsers of settings that are more than a number or a word.

export const host = textThat(
  (text) => /^[\w.:-]+$/.test(text),
  'an address or a name of this machine, such as 127.0.0.1',
);

const anyPort = wholeNumber(0, 65_535);

export const port: Parser<number> = { ...anyPort, right: `${anyPort.right} (0: any free port)` };

/** 0 is accepted in any case, because it never gives two listeners the same port. */
export function portOtherThan(taken: number): Parser<number> {
  return {
    right: `${anyPort.right} that is not that of PORT (0: any free port)`,
    parse(text) {
      const parsed = anyPort.parse(text);
      return parsed === taken && parsed !== 0 ? undefined : parsed;
    },
  };
}

export const bearerToken = textThat(
  (text) => /^[!-~]{16,}$/.test(text),
  'at least 16 characters of ASCII without spaces',
);

export const serverUrl: Parser<string> = {
  right: 'the address of this server for its users, such as https://campaigns.example',
  parse: (text) => parseServerUrl(text) ?? undefined,
};

export const databaseUrl: Parser<{ file: string } | { url: string }> = {
  right: 'file:PATH, such as file:./data/campaigns.db, or postgres://USER:PASSWORD@HOST/DATABASE',
  parse(text) {
    const path = /^file:(?:\/\/(?=\/))?(.+)$/.exec(text)?.[1];
    if (path) return { file: path.startsWith('/') ? path : join(process.cwd(), path) };
    return isUsable(text) ? { url: text } : undefined;
  },
  rightFor: rightParameters,
};

/** The address of a replica of the database. Only PostgreSQL has replicas. */
export function replicaUrl({ engine }: DatabaseAddress): Parser<string> {
  return {
    right: 'postgres://USER:PASSWORD@HOST/DATABASE, beside a DATABASE_URL of PostgreSQL',
    parse: (text) => (engine === 'postgres' && isUsable(text) ? text : undefined),
    rightFor: (text) => (engine === 'postgres' ? rightParameters(text) : null),
  };
}

function isUsable(text: string): boolean {
  return isPostgresUrl(text) && parameterProblem(text) === null;
}

function rightParameters(text: string): string | null {
  return isPostgresUrl(text) ? parameterProblem(text) : null;
}

export const redisUrl = textThat((text) => {
  const url = URL.parse(text);
  if (!url || !/^rediss?:$/.test(url.protocol) || !url.hostname || url.search || url.hash) return false;
  return /^\/?\d*$/.test(url.pathname) && isEncoded(url.username) && isEncoded(url.password);
}, 'redis://HOST:PORT, such as redis://127.0.0.1:6379');

/** Whether the text can be percent-decoded. The Redis client decodes the user and the password. */
function isEncoded(text: string): boolean {
  try {
    decodeURIComponent(text);
    return true;
  } catch {
    return false;
  }
}

export const manifestsFolder = textThat(
  (text) => statSync(text, { throwIfNoEntry: false })?.isDirectory() === true,
  'a folder of manifests',
);

export const networks: Parser<readonly AddressRange[]> = {
  right: '"none", or networks separated by commas, such as 10.0.0.0/8,fd00::/8',
  parse(text) {
    if (text === 'none') return [];
    const parsed = listed(text).map(parseRange);
    return parsed.every((network) => network !== null) ? parsed : undefined;
  },
};

function listed(text: string): string[] {
  return text.split(',').map((part) => part.trim());
}

const SECONDS: ReadonlyMap<string, number> = new Map([
  ['second', 1],
  ['minute', 60],
  ['hour', 3600],
  ['day', 86_400],
]);

/**
 * @param what What is counted, in capitals, as the error names it.
 * @param example A limit that is right.
 */
export function rateLimit(what: string, example: string): Parser<RateLimit> {
  return {
    right: `${what}/second, /minute, /hour or /day, with at most 999999999 ${what}, such as ${example}`,
    parse(text) {
      const [, requests, unit = ''] = /^([1-9]\d{0,8})\/([a-z]+)$/.exec(text) ?? [];
      const seconds = SECONDS.get(unit);
      return requests && seconds ? { requests: Number(requests), seconds } : undefined;
    },
  };
}

export const corsOrigins: Parser<'*' | readonly string[]> = {
  right:
    '"none", "*", or origins separated by commas, such as https://frontend.example (without a path, and without a slash at the end)',
  parse(text) {
    if (text === 'none') return [];
    if (text === '*') return '*';
    const origins = listed(text);
    return origins.every(isOrigin) ? origins : undefined;
  },
};

/** Whether the text is exactly what browsers send as the Origin of a page: no path, and no slash at the end. */
function isOrigin(text: string): boolean {
  return /^https?:\/\/[^*]+$/.test(text) && URL.parse(text)?.origin === text;
}

const proxyCount = wholeNumber(1, 99);

export const trustProxy: Parser<boolean | number | string> = {
  right: `"off" or "false", "on" or "true", how many proxies there are (${proxyCount.right}), or their addresses separated by commas`,
  parse(text) {
    if (text === 'off' || text === 'false') return false;
    if (text === 'on' || text === 'true') return true;
    return proxyCount.parse(text) ?? (listed(text).every(isTrustable) ? text : undefined);
  },
};

/**
 * Whether Express accepts the text: one of its names for ranges, an address, or a range such as 10.0.0.0/8. Unlike `parseRange`,
 * Express refuses the prefix 0, and accepts the zone of an IPv6 address, such as %eth0, which it then ignores.
 */
function isTrustable(text: string): boolean {
  if (/^(loopback|linklocal|uniquelocal)$/.test(text)) return true;
  const range = parseRange(text.replace(/^([^/%]*:[^/%]*)%[\da-z]+(?=\/|$)/i, '$1'));
  return range !== null && range.prefix > 0;
}

/** Parses a share of an account's limit into requests an hour. */
export const upstreamShare: Parser<number> = {
  right: `a share of the ${ACCOUNT_LIMIT} requests an hour that an account allows, from 1% to 100%, or from 10/hour to 99999/hour, such as 600/hour`,
  parse(text) {
    const [, percent, requests] = /^(?:([1-9]\d{0,2})%|([1-9]\d{0,4})\/hour)$/.exec(text) ?? [];
    const share = percent === undefined ? Number(requests) : (Number(percent) / 100) * ACCOUNT_LIMIT;
    return share >= 10 && Number(percent ?? 1) <= 100 ? Math.floor(share) : undefined;
  },
};
