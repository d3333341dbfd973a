import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, it } from 'vitest';
import { Client } from '../support/client.ts';
import { tokenKey } from '../support/fixture.ts';
import { temporaryFolder } from '../support/folder.ts';
import { campaigns, inFile, serve } from '../support/program.ts';
import { openLiveAccount } from './support/live-account.ts';

it('serve --upstream prints the workspace, the addresses, and a request that works', async () => {
  const account = await openLiveAccount();
  const UPSTREAM_TOKEN = tokenKey('admin2');
  const settings = { ...inFile(join(temporaryFolder(), 'mirror.db')), UPSTREAM_TOKEN };
  const server = await serve(settings, ['--upstream', account.url]);
  const said = server.stdout();
  expect(said).toContain(`  The campaigns gateway stands in front of ${account.url}.\n\n  Workspace   Mto Farming\n`);
  const [line = ''] = /curl .+[.]json/.exec(said) ?? [];
  const { stdout } = await promisify(execFile)('bash', ['-c', line.replace('curl', 'curl --silent --fail')], {
    env: { ...process.env, UPSTREAM_TOKEN },
  });
  const { results } = JSON.parse(stdout) as { results: unknown[] };
  expect(Array.isArray(results)).toBe(true);
  const { data } = await new Client(server.url, tokenKey('editor2')).ask<{ viewer: object }>(
    '{ viewer { workspace { name } } }',
  );
  expect(data).toEqual({ viewer: { workspace: { name: 'Mto Farming' } } });
  expect(await server.stop()).toBe(0);
});

it.each<[string, readonly string[], Record<string, string>, string]>([
  [
    'a token and no account',
    [],
    { UPSTREAM_TOKEN: 'secret' },
    'UPSTREAM_URL is "", which cannot be used: it must be the address of a server with API v2, such as https://textit.com, or "none", because UPSTREAM_TOKEN is set.',
  ],
  [
    'a file with a token and no account',
    [],
    { UPSTREAM_TOKEN_FILE: '/run/secrets/token' },
    'UPSTREAM_URL is "", which cannot be used: it must be the address of a server with API v2, such as https://textit.com, or "none", because UPSTREAM_TOKEN_FILE is set.',
  ],
  [
    'an empty address, also beside a good one',
    ['--upstream', ''],
    { UPSTREAM_TOKEN: 'secret', UPSTREAM_URL: 'https://textit.example' },
    '--upstream is "", which cannot be used: it must be the address of a server with API v2, such as https://textit.com.',
  ],
  [
    'an address that says that there is none',
    ['--upstream', 'none'],
    {},
    '--upstream is "none", which cannot be used: it must be the address of a server with API v2, such as https://textit.com.',
  ],
])('serve refuses %s, because it would stand alone without a word', async (_what, args, settings, line) => {
  const starting = serve({ ...inFile(join(temporaryFolder(), 'alone.db')), ...settings }, args);
  await expect(starting).rejects.toThrow(`it ended with 1: campaigns: ${line}\n`);
});

it('a token without an account is no matter for other commands, nor for a server that has none by its settings', async () => {
  const settings = { ...inFile(join(temporaryFolder(), 'alone.db')), UPSTREAM_TOKEN: 'secret' };
  for (const command of [['migrate'], ['token', 'list'], ['dump', '-']]) {
    expect(await campaigns(command, settings)).toMatchObject({ code: 0 });
  }
  const server = await serve({ ...settings, UPSTREAM_URL: 'none' });
  expect(await server.stop()).toBe(0);
});
