import { pino } from 'pino';
import { expect, it } from 'vitest';
import { warnOfSettings } from '../../src/commands/warn-of-settings.ts';
import { readConfig, settingNames } from '../../src/config.ts';

/** The messages of the warnings for the settings. */
function warnings(settings: Record<string, string>): string[] {
  const lines: string[] = [];
  warnOfSettings(settings, readConfig(settings), pino({}, { write: (line) => void lines.push(line) }));
  return lines.map((line) => (JSON.parse(line) as { msg: string }).msg);
}

it.each([
  ['RATELIMIT', 'RATE_LIMIT'],
  ['Port', 'PORT'],
  ['DATABSE_URL', 'DATABASE_URL'],
  ['DATABASE_URI', 'DATABASE_URL'],
  ['READ_DATBASE_ULR', 'READ_DATABASE_URL'],
  ['WORKER', 'WORKERS'],
  ['TRUSTED_PROXY', 'TRUST_PROXY'],
  ['UPSTREAM_FILE', 'UPSTREAMS_FILE'],
  ['UPSTREAM_TOKENS_FILE', 'UPSTREAM_TOKEN_FILE'],
])('%s is most likely %s, which a start says', (name, meant) => {
  expect(warnings({ [name]: '1' })).toEqual([`there is no setting "${name}": did you mean ${meant}?`]);
});

it.each([
  ...settingNames(),
  ...['HOME', 'POST', 'PATH', 'HOSTNAME', 'SHELL', 'USER', 'PWD', 'LANG', 'TERM', 'LOGNAME', 'NODE_ENV', 'PGPORT'],
  ...['DATABASE_PORT', 'REDIS_HOST', 'REDIS_PORT', 'CAMPAIGNS_PORT', 'PUBLIC_DIR', 'MAX_THREADS', 'HTTP_PROXY'],
])('%s is no misspelt name', (name) => {
  expect(warnings({ [name]: '' })).toEqual([]);
});

it('a replica that is the database itself, and trusted documents without a folder, are warned of', () => {
  const url = 'postgres://user:secret@db.example/campaigns';
  expect(warnings({ DATABASE_URL: url, READ_DATABASE_URL: url, TRUSTED_DOCUMENTS: 'only' })).toEqual([
    expect.stringMatching(/^READ_DATABASE_URL is the same as DATABASE_URL/),
    expect.stringMatching(/^TRUSTED_DOCUMENTS is "only" without a TRUSTED_DOCUMENTS_DIR/),
  ]);
  expect(warnings({ DATABASE_URL: url, READ_DATABASE_URL: `${url}2` })).toEqual([]);
});
