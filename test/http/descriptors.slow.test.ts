import { once } from 'node:events';
import { existsSync } from 'node:fs';
import type { IncomingMessage } from 'node:http';
import { Agent, request } from 'node:http';
import { connect, type Socket } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { text } from 'node:stream/consumers';
import { describe, expect, it, onTestFinished } from 'vitest';
import { FIXTURE, tokenKey } from '../support/fixture.ts';
import { temporaryFolder } from '../support/folder.ts';
import { campaigns, inFile, serve } from '../support/program.ts';

// A module with which SIGUSR2 opens as many files as the process may, and the next SIGUSR2 closes them.
const EXHAUST = `
  import { closeSync, openSync } from 'node:fs';
  const held = [];
  process.on('SIGUSR2', () => {
    if (held.length > 0) return held.splice(0).forEach((one) => closeSync(one));
    try { for (;;) held.push(openSync('/dev/null')); } catch {}
  });`;

/** A query that costs more than the server's own process answers. */
const COSTLY = `{ ${Array.from({ length: 5 }, (_, i) => `a${i}: campaigns(first: 250) { nodes { name uuid group { name } } }`).join(' ')} }`;

/** Starts a server that may have only so many files open. */
async function serveWith(limit: number, settings: Record<string, string> = {}) {
  const database = inFile(join(temporaryFolder(), 'campaigns.db'));
  expect((await campaigns(['load', FIXTURE], database)).code).toBe(0);
  const command = ['sh', '-c', `ulimit -n ${limit}; exec "${process.execPath}" src/main.ts serve`];
  return serve({ ...database, ...settings }, [], command);
}

// Only Linux has the file that says how many files a process may open.
describe.runIf(existsSync('/proc/self/limits'))('a server that may open few files', () => {
  it('accepts only as many connections as leave room for its own files, and half of them from one address', async () => {
    const server = await serveWith(280);
    const sockets: Socket[] = [];
    onTestFinished(() => sockets.forEach((socket) => socket.destroy()));
    let closed = 0;
    for (let one = 0; one < 100; one += 1) {
      const socket = connect(Number(new URL(server.url).port), '127.0.0.1').on('error', () => {});
      sockets.push(socket.on('close', () => (closed += 1)));
    }
    await expect.poll(() => closed).toBe(60);
    await sleep(100);
    expect(closed).toBe(60);
    sockets.pop()?.destroy();
    sockets.shift()?.destroy();
    expect(await server.stop()).toBe(0);
  });

  it('answers 503 with Retry-After while there are none left, and as before when there are', async () => {
    const server = await serveWith(400, {
      NODE_OPTIONS: `--import data:text/javascript,${encodeURIComponent(EXHAUST)}`,
    });
    // One connection for all, because a new one would need a file.
    const agent = new Agent({ keepAlive: true, maxSockets: 1 });
    onTestFinished(() => agent.destroy());
    const ask = async (path: string, type = 'application/json', body?: string) => {
      const headers = { authorization: `Token ${tokenKey('editor2')}`, ...(body && { 'content-type': type }) };
      const sent = request(`${server.url}${path}`, { agent, method: body ? 'POST' : 'GET', headers }).end(body);
      const [answer] = (await once(sent, 'response')) as [IncomingMessage];
      return { status: answer.statusCode, retry: answer.headers['retry-after'], text: await text(answer) };
    };
    const page = await ask('/api/v2/');
    const asset = /\/api\/v2\/assets\/[^"]+[.](?:css|js)/.exec(page.text)?.[0] ?? '';
    const all = async () => [
      await ask(asset),
      await ask('/graphql', 'application/json', JSON.stringify({ query: COSTLY })),
      await ask('/api/v2/campaigns.csv?preview=true', 'text/csv', 'name,group\nA,Farmers'),
    ];
    server.process.kill('SIGUSR2');
    await expect.poll(async () => (await ask(asset)).status).toBe(503);
    for (const answer of await all()) expect(answer).toMatchObject({ status: 503, retry: '5' });
    expect((await ask('/api/v2/groups.json')).status).toBe(200);
    server.process.kill('SIGUSR2');
    await expect.poll(async () => (await ask(asset)).status).toBe(200);
    for (const answer of await all()) expect(answer).toMatchObject({ status: 200 });
    expect(await server.stop()).toBe(0);
  });
});
