import { spawn, spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { afterwards } from '../support/afterwards.ts';
import { requestText } from '../support/closed-loop.ts';
import { FIXTURE, tokenKey } from '../support/fixture.ts';
import { temporaryFolder } from '../support/folder.ts';
import { freePort } from '../support/free-port.ts';
import { startLoad } from '../support/load.ts';
import { campaigns, inFile, serve } from '../support/program.ts';

const folder = temporaryFolder();
const isInstalled = spawnSync('haproxy', ['-v']).status === 0;

/** Starts HAProxy in front of the servers on `ports`. As its manual describes, it asks each server at `/readyz` whether it is ready. */
async function startProxy(port: number, ports: readonly number[]): Promise<void> {
  const file = join(folder, 'haproxy.cfg');
  writeFileSync(
    file,
    `global
  maxconn 1000
defaults
  mode http
  timeout connect 5s
  timeout client 30s
  timeout server 30s
  option redispatch
  retries 3
frontend campaigns
  bind 127.0.0.1:${port}
  default_backend servers
backend servers
  balance roundrobin
  option httpchk GET /readyz
  default-server check inter 200ms fall 1 rise 1
${ports.map((one, index) => `  server s${index} 127.0.0.1:${one}`).join('\n')}
`,
  );
  const proxy = spawn('haproxy', ['-db', '-f', file], { stdio: 'ignore' });
  afterwards(() => proxy.kill('SIGKILL'));
  await expect
    .poll(
      () =>
        fetch(`http://127.0.0.1:${port}/healthz`).then(
          ({ status }) => status,
          () => 0,
        ),
      { timeout: 10_000 },
    )
    .toBe(200);
}

describe(isInstalled ? 'behind HAProxy' : 'behind HAProxy: SKIPPED, it is not installed', () => {
  it.skipIf(!isInstalled)(
    'two servers are restarted one after the other without failing a request',
    { timeout: 60_000 },
    async () => {
      const settings = { ...inFile(join(folder, 'campaigns.db')), RATE_LIMIT: 'off', DRAIN_DELAY: '2' };
      await campaigns(['load', FIXTURE], settings);
      const ports = [await freePort(), await freePort()];
      const start = (port: number) => serve({ ...settings, PORT: String(port) });
      const servers = await Promise.all(ports.map(start));
      const port = await freePort();
      await startProxy(port, ports);

      const read = requestText('/graphql', {
        key: tokenKey('editor'),
        query: '{ campaigns(first: 20) { nodes { name group { name } } } }',
      });
      const write = requestText('/graphql', {
        key: tokenKey('editor'),
        query: 'mutation { createGroup(input: { name: "A name" }) { userErrors { code } } }',
      });
      const load = await startLoad({ port, connections: 20, requests: [read, read, read, write] });
      await sleep(1_000);
      for (const [index, server] of servers.entries()) {
        expect(await server.stop()).toBe(0);
        await start(ports[index] ?? 0);
        // The proxy checks every 200 ms, so by then it knows that the server is ready again.
        await sleep(1_000);
      }
      const { statuses, failures, refused } = await load.stop();
      expect({ failures, refused, statuses: Object.keys(statuses) }).toEqual({
        failures: [],
        refused: 0,
        statuses: ['200'],
      });
      expect(statuses['200']).toBeGreaterThan(1_000);
    },
  );
});
