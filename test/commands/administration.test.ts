import { join } from 'node:path';
import { expect, it } from 'vitest';
import { Client } from '../support/client.ts';
import { temporaryFolder } from '../support/folder.ts';
import { campaigns, inFile, serve } from '../support/program.ts';

const settings = inFile(join(temporaryFolder(), 'campaigns.db'));
const run = (...args: string[]) => campaigns(args, settings);
const create = (workspace: string, email: string, role: string) =>
  run('token', 'create', '--workspace', workspace, '--email', email, '--role', role, '--name', 'for a test');

it('makes a workspace and tokens for it, which a running server takes and refuses at once', async () => {
  expect((await run('token', 'list')).stderr).toContain('There are no tokens.');
  const none = await create('Nyota', 'a@nyota.example', 'editor');
  expect([none.code, none.stderr]).toEqual([
    1,
    'campaigns: There is no workspace "Nyota". Create one first: campaigns workspace create NAME\n',
  ]);

  const server = await serve(settings);
  const workspace = await run('workspace', 'create', ' Nyota ');
  // Alone on standard output, for scripts.
  expect(workspace.stdout).toMatch(/^[\da-f-]{36}\n$/);
  expect((await run('workspace', 'create', 'Nyota')).stderr).toMatch(
    /^campaigns: There is a workspace named "Nyota" already/,
  );
  expect((await run('workspace', 'create', ' ')).stderr).toBe('campaigns: A workspace needs a name.\n');

  const made = await create('Nyota', 'a@nyota.example', 'administrator');
  const key = made.stdout.trim();
  expect(made.stdout).toMatch(/^[A-Z2-9]{40}\n$/);
  const byUuid = await create(workspace.stdout.trim().toUpperCase(), 'b@nyota.example', 'viewer');
  expect(byUuid.code).toBe(0);

  const client = new Client(server.url, key);
  expect(
    await client.data('{ viewer { role workspace { uuid name } user { email } } groups { nodes { name system } } }'),
  ).toEqual({
    viewer: {
      role: 'ADMINISTRATOR',
      workspace: { uuid: workspace.stdout.trim(), name: 'Nyota' },
      user: { email: 'a@nyota.example' },
    },
    groups: { nodes: [{ name: 'Open Tickets', system: true }] },
  });

  const list = await run('token', 'list');
  expect(list.stdout).toMatch(/^number +workspace +user +role +for +created/);
  expect(list.stdout).toMatch(/1 +Nyota +a@nyota\.example +administrator +for a test +\d{4}-\d\d-\d\d/);
  expect(list.stdout).toMatch(/2 +Nyota +b@nyota\.example +viewer/);
  expect(list.stdout).not.toContain(key);

  expect(await run('token', 'revoke', '1')).toEqual({ code: 0, stdout: '', stderr: 'Revoked.\n' });
  expect((await client.ask('{ viewer { role } }')).status).toBe(401);
  expect((await new Client(server.url, byUuid.stdout.trim()).ask('{ viewer { role } }')).status).toBe(200);
  expect((await run('token', 'list')).stdout).toMatch(/a@nyota\.example .*revoked/);

  expect((await run('token', 'revoke', byUuid.stdout.trim())).code).toBe(0);
  expect((await new Client(server.url, byUuid.stdout.trim()).ask('{ viewer { role } }')).status).toBe(401);
  expect((await run('token', 'revoke', '1')).stderr).toBe('campaigns: That token has been revoked already.\n');
  expect((await run('token', 'revoke', '99')).stderr).toMatch(/^campaigns: There is no such token\./);
  expect((await create('Nyota', 'nobody', 'viewer')).stderr).toBe('campaigns: "nobody" is no e-mail address.\n');
  expect((await create('Mto', 'a@nyota.example', 'viewer')).stderr).toContain('There are "Nyota".');
  expect(await server.stop()).toBe(0);
}, 40_000);
