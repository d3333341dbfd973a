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

/** A load balancer: its program, how its configuration is written, and how it is started with the file that has it. */
interface Proxy {
  readonly program: string;
  readonly configuration: (port: number, ports: readonly number[]) => string;
  readonly parameters: (file: string) => string[];
  /** For a proxy that asks the servers whether they are ready: whether it knows of each that it is. */
  readonly knowsAll?: (port: number) => Promise<boolean>;
}

/** Asks each server at `/readyz` whether it is ready, as its manual describes. */
const HAPROXY: Proxy = {
  program: 'haproxy',
  configuration: (port, ports) => `global
  maxconn 1000
defaults
  mode http
  timeout connect 5s
  timeout client 30s
  timeout server 30s
  timeout check 5s
  stats uri /haproxy
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
  parameters: (file) => ['-db', '-f', file],
  knowsAll: async (port) => {
    const table = await (await fetch(`http://127.0.0.1:${port}/haproxy;csv`)).text();
    const servers = table.split('\n').filter((line) => /^servers,s\d/.test(line));
    // The 18th column is the status, as section 9.1 of its management guide has it.
    return servers.length > 0 && servers.every((line) => line.split(',')[17] === 'UP');
  },
};

/** Asks no server whether it is ready, and has the settings for this of docs/operating.md. */
const NGINX: Proxy = {
  program: 'nginx',
  // A single process, so that nothing is left when it is killed.
  configuration: (port, ports) => `daemon off;
master_process off;
pid nginx.pid;
events {}
http {
  access_log off;
  client_body_temp_path bodies; proxy_temp_path answers; fastcgi_temp_path fastcgi; uwsgi_temp_path uwsgi; scgi_temp_path scgi;
  upstream servers {
${ports.map((one) => `    server 127.0.0.1:${one} max_fails=0;`).join('\n')}
  }
  server {
    listen 127.0.0.1:${port};
    location / { proxy_pass http://servers; proxy_http_version 1.1; proxy_buffering off; proxy_connect_timeout 1s; }
  }
}
`,
  parameters: (file) => ['-e', 'stderr', '-p', folder, '-c', file],
};

/** Starts a proxy in front of the servers on `ports`. */
async function startProxy(kind: Proxy, port: number, ports: readonly number[]): Promise<void> {
  const file = join(folder, `${kind.program}.cfg`);
  writeFileSync(file, kind.configuration(port, ports));
  const proxy = spawn(kind.program, kind.parameters(file), { stdio: 'ignore' });
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

describe.each([HAPROXY, NGINX])('behind $program', (kind) => {
  const isInstalled = spawnSync(kind.program, ['-v']).status === 0;
  it.skipIf(!isInstalled)(
    `two servers are restarted one after the other without failing a request${isInstalled ? '' : ': SKIPPED, it is not installed'}`,
    { timeout: 60_000 },
    async () => {
      const settings = { ...inFile(join(folder, `${kind.program}.db`)), RATE_LIMIT: 'off', DRAIN_DELAY: '2' };
      await campaigns(['load', FIXTURE], settings);
      const ports = [await freePort(), await freePort()];
      const start = (port: number) => serve({ ...settings, PORT: String(port) });
      const servers = await Promise.all(ports.map(start));
      const port = await freePort();
      await startProxy(kind, port, ports);

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
        if (kind.knowsAll) await expect.poll(() => kind.knowsAll?.(port), { timeout: 10_000 }).toBe(true);
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
