import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { ConfigError, databasePlace, readConfig } from '../../src/config.ts';
import { temporaryFolder } from '../support/folder.ts';

describe('a setting', () => {
  it.each([
    ['HOST', 'a b'],
    ['PORT', 'http'],
    ['PORT', '65536'],
    ['PORT', '-1'],
    ['PORT', '80.5'],
    ['DATABASE_URL', './data/campaigns.db'],
    ['DATABASE_URL', 'file:'],
    ['DATABASE_URL', 'mysql://root:secret@db.example/x'],
    ['DATABASE_URL', 'postgres://root:secret@db example/x'],
    ['DATABASE_URL', 'postgres://root:se/secret@db example/x?password=secret'],
    ['DATABASE_URL', 'postgres://root:secret@db.example/x?sslmod=verify-full&pasword=secret'],
    ['DATABASE_URL', 'host=db.example password=secret'],
    ['DATABASE_CONNECTIONS', '1'],
    ['DATABASE_POOLER', 'pgbouncer'],
    ['READ_DATABASE_URL', 'postgres://user:secret@db.example/x'],
    ['READ_DATABASE_URL', 'file:./replica.db'],
    ['READ_MAX_LAG', '1'],
    ['READ_MAX_LAG', '5s'],
    ['RATE_LIMIT', '3600'],
    ['RATE_LIMIT', '0/hour'],
    ['RATE_LIMIT', '10/fortnight'],
    // The name of a member that every object of JavaScript has.
    ['RATE_LIMIT', '10/constructor'],
    ['REQUEST_TIMEOUT', '0'],
    ['REQUEST_TIMEOUT', '10s'],
    ['REQUEST_TIMEOUT', '3600.001'],
    ['REQUEST_TIMEOUT', '-1'],
    ['AUTH_FAILURE_LIMIT', '30'],
    ['AUTH_FAILURE_LIMIT', 'none'],
    ['CORS_ORIGINS', 'frontend.example'],
    ['CORS_ORIGINS', 'https://frontend.example/'],
    ['CORS_ORIGINS', 'https://Frontend.example'],
    ['CORS_ORIGINS', 'https://*.example'],
    ['CORS_ORIGINS', 'https://frontend.example, *'],
    ['CORS_ORIGINS', 'https://frontend.example,'],
    ['CORS_ORIGINS', 'null'],
    ['TRUST_PROXY', 'maybe'],
    ['TRUST_PROXY', '0'],
    ['TRUST_PROXY', '10.0.0.999'],
    ['TRUST_PROXY', '10.0.0.0/33'],
    ['TRUST_PROXY', '10.0.0.0/0'],
    ['TRUST_PROXY', '::/0'],
    ['TRUST_PROXY', '10.0.0.1%eth0'],
    ['TRUST_PROXY', 'fe80::1/64%eth0'],
    // Express accepts only letters and digits as a zone.
    ['TRUST_PROXY', 'fe80::1%eth0.1'],
    ['WEBHOOK_NETWORKS', 'private'],
    ['WEBHOOK_NETWORKS', '10.0.0.0/33'],
    ['WEBHOOK_NETWORKS', '10.0.0.0/8,'],
    ['WEBHOOK_NETWORKS', 'fd00::/129'],
    ['LOG_LEVEL', 'loud'],
    ['ADMIN_PORT', 'on'],
    ['ADMIN_PORT', '65536'],
    // The default of PORT, which is not set.
    ['ADMIN_PORT', '4000'],
    ['METRICS_TOKEN', 'secret'],
    ['METRICS_TOKEN', 'a secret with spaces'],
    ['PUBLIC_URL', 'campaigns.example'],
    ['PUBLIC_URL', 'ftp://campaigns.example'],
    ['PUBLIC_URL', 'https://user:secret@campaigns.example'],
    ['PUBLIC_URL', 'https://campaigns.example/?x'],
    ['MAX_CONNECTIONS', '0'],
    ['MAX_CONNECTIONS_PER_ADDRESS', 'many'],
    ['CHANGES_KEPT', '1 year'],
    ['CHANGES_KEPT', '0'],
    ['DRAIN_DELAY', '2s'],
    ['DRAIN_DELAY', '3601'],
    ['WORKERS', '0'],
    ['WORKERS', '65'],
    ['WORKERS', 'auto'],
    ['REDIS_URL', '127.0.0.1:6379'],
    ['REDIS_URL', 'user:secret@redis.example:6379'],
    ['REDIS_URL', 'http://user:secret@redis.example'],
    ['REDIS_URL', 'redis://'],
    ['REDIS_URL', 'redis://redis.example/first'],
    ['REDIS_URL', 'redis://:secret/with@signs%@redis.example'],
    ['REDIS_URL', 'redis://:secret%@redis.example'],
    ['REDIS_URL', 'redis://redis.example?password=x'],
    ['UPSTREAM_URL', 'textit.example'],
    ['UPSTREAM_URL', 'https://user:secret@textit.example'],
    ['UPSTREAM_URL', 'https://textit.example/?token=x'],
    ['UPSTREAM_SHARE', '0%'],
    ['UPSTREAM_SHARE', '101%'],
    ['UPSTREAM_SHARE', '0.25'],
    ['UPSTREAM_SHARE', '9/hour'],
    ['UPSTREAMS_FILE', '/there/is/no/such/file.json'],
  ])('%s cannot be "%s", which is said with what would be right', (name, value) => {
    let error: unknown;
    try {
      readConfig({ [name]: value });
    } catch (thrown) {
      error = thrown;
    }
    expect(error).toBeInstanceOf(ConfigError);
    expect(String(error)).toMatch(new RegExp(`${name} is ".*", which cannot be used: it must be .+\\.$`));
    expect(String(error)).not.toContain('secret');
  });

  it.each([
    ['PORT', '65536', 'a whole number from 0 to 65535'],
    ['MAX_CONNECTIONS', '10000000', 'a whole number from 1 to 9999999'],
    ['MAX_CONNECTIONS_PER_ADDRESS', '10000000', 'a whole number from 1 to 9999999'],
    ['DATABASE_CONNECTIONS', '1001', 'a whole number from 2 to 1000'],
    ['WORKERS', '65', 'a whole number from 1 to 64'],
    ['CHANGES_KEPT', '36501', 'a whole number of days from 1 to 36500, or "forever"'],
    [
      'TRUST_PROXY',
      '100',
      '"off" or "false", "on" or "true", how many proxies there are (a whole number from 1 to 99)',
    ],
    ['RATE_LIMIT', '1000000000/hour', 'with at most 999999999 REQUESTS'],
    ['UPSTREAM_SHARE', '100000/hour', 'from 10/hour to 99999/hour'],
    ['DRAIN_DELAY', '3601', 'a number of seconds from 0 to 3600'],
    ['READ_MAX_LAG', '1.999', 'a number of seconds from 2 to 3600'],
    ['REQUEST_TIMEOUT', '0.0001', 'a number of seconds from 0.001 to 3600, with at most three decimals'],
  ])('%s cannot be "%s", because it is out of its bounds, which are named', (name, value, bounds) => {
    expect(() => readConfig({ [name]: value })).toThrow(bounds);
  });

  it.each([
    ['sslmod=verify-full', 'an address without the unknown parameter "sslmod" (did you mean "sslmode"?).'],
    ['keepalives=3', 'an address without the unknown parameter "keepalives" (known are application_name, '],
    ['sslmode=verify_full', 'an address in which "sslmode" is one of disable, '],
    ['sslrootcert=/there/is/none', 'an address in which "sslrootcert" is a file that this user can read.'],
    ['statement_timeout=0', 'an address in which "statement_timeout" is a whole number of ms from 1 to 2147483647.'],
    ['application_name=x&statement_timeout=-1', '"statement_timeout" is a whole number of ms from 1'],
    ['statement_timeout=5s', '"statement_timeout" is a whole number of ms from 1'],
  ])('of an address of PostgreSQL cannot have the parameter %s', (parameters, right) => {
    const [plain, url] = ['postgres://db.example/x', `postgres://db.example/x?${parameters}`];
    expect(() => readConfig({ DATABASE_URL: url })).toThrow(right);
    expect(() => readConfig({ DATABASE_URL: plain, READ_DATABASE_URL: url })).toThrow(right);
  });

  it.each([
    'application_name=reports&sslmode=no-verify&statement_timeout=5000&lock_timeout=0&options=-c%20work_mem%3D8MB',
    'host=/var/run/postgresql&port=5433&user=u&password=p&ssl=true&sslnegotiation=direct',
  ])('of an address of PostgreSQL can have the parameters %s', (parameters) => {
    const url = `postgres://db.example/x?${parameters}`;
    expect(readConfig({ DATABASE_URL: url }).database).toMatchObject({ url });
  });

  it.each([
    [
      {},
      {
        host: '0.0.0.0',
        port: 4000,
        rateLimit: { requests: 3600, seconds: 3600 },
        requestTimeout: 10_000,
        authFailureLimit: { requests: 30, seconds: 60 },
        corsOrigins: [],
        trustProxy: false,
        logLevel: 'info',
        adminPort: null,
        metricsToken: null,
        publicUrl: null,
        connections: { total: 10_000, perAddress: 5_000 },
        drainDelay: 2_000,
        workers: 1,
        redisUrl: null,
        replica: null,
        upstreams: [],
        upstreamShare: 900,
      },
    ],
    [
      { ADMIN_PORT: '0', METRICS_TOKEN: '0123456789abcdef', PUBLIC_URL: 'https://campaigns.example/app/' },
      { adminPort: 0, metricsToken: '0123456789abcdef', publicUrl: 'https://campaigns.example/app' },
    ],
    [
      { MAX_CONNECTIONS: '20', MAX_CONNECTIONS_PER_ADDRESS: '3', DRAIN_DELAY: '0.5' },
      { connections: { total: 20, perAddress: 3 }, drainDelay: 500 },
    ],
    [
      { PORT: '', HOST: '  ' },
      { host: '0.0.0.0', port: 4000 },
    ],
    [{ PORT: '0' }, { port: 0 }],
    [{ HOST: '::1' }, { host: '::1' }],
    [{ DATABASE_URL: 'file:/var/lib/c.db' }, { database: { engine: 'sqlite', file: '/var/lib/c.db' } }],
    [{ DATABASE_URL: 'file:///var/lib/c.db' }, { database: { engine: 'sqlite', file: '/var/lib/c.db' } }],
    [
      { DATABASE_URL: 'postgres://u:p@db.example/c' },
      { database: { engine: 'postgres', url: 'postgres://u:p@db.example/c', connections: 20, pooler: false } },
    ],
    [
      {
        DATABASE_URL: 'postgres://db.example/c',
        READ_DATABASE_URL: 'postgres://replica.example/c',
        READ_MAX_LAG: '2.5',
      },
      {
        replica: {
          address: { engine: 'postgres', url: 'postgres://replica.example/c', connections: 20, pooler: false },
          maxLag: 2_500,
        },
      },
    ],
    [{ DATABASE_URL: 'file:c.db' }, { database: { engine: 'sqlite', file: join(process.cwd(), 'c.db') } }],
    [{ RATE_LIMIT: 'off' }, { rateLimit: null }],
    [{ RATE_LIMIT: '5/minute' }, { rateLimit: { requests: 5, seconds: 60 } }],
    [{ REQUEST_TIMEOUT: '2.5' }, { requestTimeout: 2_500 }],
    [{ REQUEST_TIMEOUT: '3600' }, { requestTimeout: 3_600_000 }],
    [{ AUTH_FAILURE_LIMIT: 'off' }, { authFailureLimit: null }],
    [{ AUTH_FAILURE_LIMIT: '5/second' }, { authFailureLimit: { requests: 5, seconds: 1 } }],
    [{ CORS_ORIGINS: 'none' }, { corsOrigins: [] }],
    [{ CORS_ORIGINS: '*' }, { corsOrigins: '*' }],
    [
      { CORS_ORIGINS: 'https://a.example, http://localhost:5173' },
      { corsOrigins: ['https://a.example', 'http://localhost:5173'] },
    ],
    [{ TRUST_PROXY: 'on' }, { trustProxy: true }],
    [{ TRUST_PROXY: '2' }, { trustProxy: 2 }],
    [{ TRUST_PROXY: 'true' }, { trustProxy: true }],
    [{ TRUST_PROXY: 'false' }, { trustProxy: false }],
    [{ TRUST_PROXY: '99' }, { trustProxy: 99 }],
    [{ TRUST_PROXY: '10.0.0.0/8' }, { trustProxy: '10.0.0.0/8' }],
    [{ TRUST_PROXY: 'loopback, fe80::1%eth0' }, { trustProxy: 'loopback, fe80::1%eth0' }],
    [{ MAX_CONNECTIONS: '9999999' }, { connections: { total: 9_999_999 } }],
    [{ LOG_LEVEL: 'silent' }, { logLevel: 'silent' }],
    [{ WORKERS: '4' }, { workers: 4 }],
    [{ REDIS_URL: 'rediss://user:p%40ss@redis.example/2' }, { redisUrl: 'rediss://user:p%40ss@redis.example/2' }],
  ])('in %j is read', (environment, expected) => {
    expect(readConfig(environment)).toMatchObject(expected);
  });
});

it.each([
  ['file:/var/lib/c.db', '/var/lib/c.db'],
  [
    'postgres://user:secret@db.example/c?password=secret&sslmode=require',
    'postgres://…@db.example/c?password=…&sslmode=require',
  ],
])('the place of %s is %s in the log', (url, place) => {
  expect(databasePlace(readConfig({ DATABASE_URL: url }).database)).toBe(place);
});

describe('the settings of live accounts', () => {
  const ACCOUNTS = JSON.stringify([
    { url: 'https://textit.example', token: 'secret1' },
    { url: 'http://rapidpro.example/below', token: 'secret2' },
  ]);
  const file = (text: string): string => {
    const path = join(temporaryFolder(), 'file');
    writeFileSync(path, text);
    return path;
  };
  const problem = (settings: Record<string, string>): string => {
    try {
      readConfig(settings);
    } catch (error) {
      return String(error);
    }
    return '';
  };

  it.each([
    [{ UPSTREAM_TOKEN: 'secret' }, 'https://textit.example'],
    [{ UPSTREAM_TOKEN_FILE: file('secret\n') }, 'https://textit.example/api/v2/'],
  ])('are an address and a token', (settings, address) => {
    const { upstreams } = readConfig({ UPSTREAM_URL: address, ...settings });
    expect(upstreams).toEqual([{ url: 'https://textit.example', token: 'secret' }]);
  });

  it('are several accounts in a file', () => {
    expect(readConfig({ UPSTREAMS_FILE: file(ACCOUNTS) }).upstreams).toEqual(JSON.parse(ACCOUNTS));
  });

  const url = 'https://textit.example';
  it.each([
    ['/there/is/none', 'a file that this user can read'],
    [file('{"secret'), 'a file with JSON, which this one is not'],
    [file('{}'), 'and at least one account.'],
    [file(JSON.stringify([{ url, token: 'secret' }, null])), 'in account 2 the "url" must be the address of a server'],
    [file(JSON.stringify([{ url, token: 'a secret' }])), 'in account 1 the "token" must be the API token'],
    [
      file(JSON.stringify([1, 2].map(() => ({ url, token: 'secret' })))),
      'in account 2 the "token" must be another one',
    ],
  ])('in a file say which mistake it has', (path, words) => {
    expect(problem({ UPSTREAMS_FILE: path })).toContain(words);
    expect(problem({ UPSTREAMS_FILE: path })).not.toContain('secret');
  });

  it.each([
    ['UPSTREAM_TOKEN', { UPSTREAM_URL: 'https://textit.example' }],
    ['UPSTREAM_TOKEN', { UPSTREAM_URL: 'https://textit.example', UPSTREAM_TOKEN: 'a secret with spaces' }],
    ['UPSTREAM_TOKEN_FILE', { UPSTREAM_URL: 'https://textit.example', UPSTREAM_TOKEN_FILE: '/there/is/none' }],
    ['UPSTREAM_TOKEN_FILE', { UPSTREAM_URL: 'https://textit.example', UPSTREAM_TOKEN_FILE: file('two secret words') }],
    [
      'UPSTREAM_TOKEN',
      { UPSTREAM_URL: 'https://textit.example', UPSTREAM_TOKEN: 'secret', UPSTREAM_TOKEN_FILE: file('secret2') },
    ],
    ['UPSTREAM_URL', { UPSTREAM_URL: 'https://textit.example', UPSTREAMS_FILE: file('[]') }],
    ['UPSTREAM_TOKEN', { UPSTREAM_TOKEN: 'secret', UPSTREAMS_FILE: file(ACCOUNTS) }],
    ['UPSTREAM_TOKEN_FILE', { UPSTREAM_TOKEN_FILE: file('secret'), UPSTREAMS_FILE: file(ACCOUNTS) }],
    ['UPSTREAMS_FILE', { UPSTREAMS_FILE: file('[]') }],
    ['UPSTREAMS_FILE', { UPSTREAMS_FILE: file('{"secret') }],
    ['UPSTREAMS_FILE', { UPSTREAMS_FILE: file('[{"url": "https://textit.example"}]') }],
    ['UPSTREAMS_FILE', { UPSTREAMS_FILE: file('[{"url": "secret", "token": "secret"}]') }],
    [
      'UPSTREAMS_FILE',
      { UPSTREAMS_FILE: file(JSON.stringify([1, 2].map(() => ({ url: 'https://textit.example', token: 'secret' })))) },
    ],
  ])('name what is wrong: %s', (name, settings) => {
    expect(problem(settings)).toMatch(new RegExp(`${name} is ".*", which cannot be used: it must be .+\\.$`));
    expect(problem(settings)).not.toContain('secret');
  });
});
