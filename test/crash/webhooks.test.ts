import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import { expect, it } from 'vitest';
import { clientFor } from '../support/client.ts';
import { FIXTURE } from '../support/fixture.ts';
import { temporaryFolder } from '../support/folder.ts';
import { campaigns, inFile, serve } from '../support/program.ts';
import { CERTIFICATE, startReceiver, status, verified } from '../webhooks/support/receiver.ts';

it('a server that is killed while it sends loses nothing, and keeps the order, after its next start', async () => {
  const file = join(temporaryFolder(), 'campaigns.db');
  const settings = { ...inFile(file), WEBHOOK_NETWORKS: '127.0.0.0/8', NODE_EXTRA_CA_CERTS: CERTIFICATE };
  await campaigns(['load', FIXTURE], settings);
  const receiver = await startReceiver();
  const of = ['--workspace', 'Mto Farming'];
  const made = await campaigns(['webhook', 'create', receiver.url, '--name', 'Receiver', ...of], settings);
  const secret = made.stdout.trim();

  const server = await serve(settings);
  const change = async (name: string) => {
    const mutation = `mutation { createGroup(input: { name: "${name}" }) { userErrors { code } } }`;
    expect(await clientFor(server.url, 'admin2').data(mutation)).toEqual({ createGroup: { userErrors: [] } });
  };
  receiver.answer((response) => {
    // The fourth delivery is under way when the server is killed.
    if (receiver.requests.length < 4) response.writeHead(200).end();
  });
  for (let i = 1; i <= 8; i += 1) await change(`Change ${i}`);
  await receiver.until(4);
  await server.stop('SIGKILL');

  // This stands for the time after which another server may continue the deliveries.
  const sqlite = new Sqlite(file);
  sqlite.exec('update webhooks set held_until = 0');
  sqlite.close();
  receiver.answer(status(200));
  const next = await serve(settings);
  const revisions = () => receiver.requests.map((request) => verified(secret, request).data.revision);
  await expect.poll(() => revisions().at(-1), { timeout: 10_000 }).toBe(8);
  const before = receiver.requests.length;
  // What was delivered shortly before may come again. Everything else follows once.
  const again = revisions().slice(4);
  expect(again).toEqual(Array.from({ length: again.length }, (_, i) => 8 - again.length + 1 + i));
  expect(again[0]).toBeLessThanOrEqual(4);
  expect(new Set(revisions()).size).toBe(8);
  expect(await next.stop()).toBe(0);
  expect(receiver.requests).toHaveLength(before);
  const { stdout } = await campaigns(['webhook', 'list', ...of], settings);
  expect(stdout).toMatch(/active +8 /);
  expect(next.stdout() + next.stderr()).not.toContain('whsec_');
}, 60_000);
