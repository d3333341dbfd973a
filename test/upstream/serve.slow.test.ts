import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, it } from 'vitest';
import { Client } from '../support/client.ts';
import { tokenKey } from '../support/fixture.ts';
import { temporaryFolder } from '../support/folder.ts';
import { inFile, serve } from '../support/program.ts';
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
