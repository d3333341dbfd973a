import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { ConfigError, readConfig } from '../../src/config.ts';

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
    ['RATE_LIMIT', '3600'],
    ['RATE_LIMIT', '0/hour'],
    ['RATE_LIMIT', '10/fortnight'],
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
    ['LOG_LEVEL', 'loud'],
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
    [
      {},
      {
        host: '0.0.0.0',
        port: 4000,
        rateLimit: { requests: 3600, seconds: 3600 },
        authFailureLimit: { requests: 30, seconds: 60 },
        corsOrigins: [],
        trustProxy: false,
        logLevel: 'info',
      },
    ],
    [
      { PORT: '', HOST: '  ' },
      { host: '0.0.0.0', port: 4000 },
    ],
    [{ PORT: '0' }, { port: 0 }],
    [{ HOST: '::1' }, { host: '::1' }],
    [{ DATABASE_URL: 'file:/var/lib/c.db' }, { database: { engine: 'sqlite', file: '/var/lib/c.db' } }],
    [{ DATABASE_URL: 'file:///var/lib/c.db' }, { database: { engine: 'sqlite', file: '/var/lib/c.db' } }],
    [{ DATABASE_URL: 'file:c.db' }, { database: { engine: 'sqlite', file: join(process.cwd(), 'c.db') } }],
    [{ RATE_LIMIT: 'off' }, { rateLimit: null }],
    [{ RATE_LIMIT: '5/minute' }, { rateLimit: { requests: 5, seconds: 60 } }],
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
    [{ TRUST_PROXY: '10.0.0.0/8' }, { trustProxy: '10.0.0.0/8' }],
    [{ LOG_LEVEL: 'silent' }, { logLevel: 'silent' }],
  ])('in %j is read', (environment, expected) => {
    expect(readConfig(environment)).toMatchObject(expected);
  });
});
