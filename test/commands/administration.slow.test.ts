import { join } from 'node:path';
import { expect, it } from 'vitest';
import { Client } from '../support/client.ts';
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
