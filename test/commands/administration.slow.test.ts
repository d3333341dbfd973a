import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { Client } from '../support/client.ts';
import { runCommand } from '../support/command.ts';
import { temporaryFolder } from '../support/folder.ts';
import { campaigns, inFile, serve } from '../support/program.ts';

const settings = inFile(join(temporaryFolder(), 'campaigns.db'));
const run = (...args: string[]) => campaigns(args, settings);

it('works from other processes while a server runs', async () => {
  const server = await serve(settings);
  await run('workspace', 'create', 'Nyota');
  const created = await run(
    'token',
    'create',
    '--workspace',
    'Nyota',
    '--email',
    'a@nyota.example',
    '--role',
    'viewer',
  );
  expect(created).toMatchObject({ code: 0, stdout: expect.stringMatching(/^[A-Z2-9]{40}\n$/) });
  const client = new Client(server.url, created.stdout.trim());
  expect((await client.ask('{ viewer { role } }')).status).toBe(200);
  expect(await run('token', 'revoke', '1')).toEqual({ code: 0, stdout: '', stderr: 'Revoked.\n' });
  expect((await client.ask('{ viewer { role } }')).status).toBe(401);
  expect(await server.stop()).toBe(0);
});

it('revokes the token whose key comes from standard input, and shows the key nowhere', async () => {
  const create = ['token', 'create', '--workspace', 'Nyota', '--email', 'b@nyota.example', '--role', 'viewer'];
  const key = (await run(...create)).stdout.trim();
  const wrong = await campaigns(['token', 'revoke', '-'], settings, `${key.slice(1)}\n`);
  expect(wrong).toMatchObject({
    code: 1,
    stdout: '',
    stderr: expect.stringMatching(/^campaigns: There is no such token\./),
  });
  expect(wrong.stderr).not.toContain(key.slice(1));
  const revoked = await campaigns(['token', 'revoke', '-'], settings, `${key}\n`);
  expect(revoked).toEqual({ code: 0, stdout: '', stderr: 'Revoked.\n' });
  expect((await run('token', 'list')).stdout).toMatch(/^2 .+ revoked$/m);
});

it.each([
  [['token', 'list']],
  [['token', 'revoke', '1']],
  [['webhook', 'list', '--workspace', 'Nyota']],
  [['upstream', 'accept', '--workspace', 'Nyota']],
])('refuses %j without a database, and makes none', async (args) => {
  const folder = temporaryFolder();
  const missing = join(folder, 'missing.db');
  expect(await runCommand(args, inFile(missing))).toEqual({
    code: 1,
    stdout: '',
    stderr: `campaigns: There is no database file "${missing}". DATABASE_URL must name one that exists.\n`,
  });
  expect(readdirSync(folder)).toEqual([]);
});
