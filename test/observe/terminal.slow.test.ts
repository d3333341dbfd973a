import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import type { IncomingMessage } from 'node:http';
import { request } from 'node:http';
import { join } from 'node:path';
import { expect, it, vi } from 'vitest';
import { afterwards } from '../support/afterwards.ts';
import { temporaryFolder } from '../support/folder.ts';
import { freePort } from '../support/free-port.ts';
import { COMPILE_CACHE, inFile } from '../support/program.ts';

/** The program that gives a command a terminal. That of macOS has other options. */
const hasScript = spawnSync('script', ['--version'], { encoding: 'utf8' }).stdout?.includes('util-linux') ?? false;

/** Starts a server in a terminal, with the demo. Resolves when it has printed its welcome. */
async function serveInTerminal() {
  const port = await freePort();
  const command = `echo "process $$;"; exec "${process.execPath}" src/main.ts serve --demo`;
  const settings = { ...inFile(join(temporaryFolder(), 'campaigns.db')), RATE_LIMIT: 'off', DRAIN_DELAY: '0' };
  const terminal = spawn('script', ['--quiet', '--return', '--command', command, '/dev/null'], {
    env: { ...process.env, NODE_COMPILE_CACHE: COMPILE_CACHE, HOST: '127.0.0.1', PORT: String(port), ...settings },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const ended = once(terminal, 'close').then(([code]) => code as number | null);
  let shown = '';
  terminal.stdout.setEncoding('utf8').on('data', (piece: string) => (shown += piece));
  await vi.waitFor(() => expect(shown).toMatch(/Try it:[^]+curl .+[.]json/), { timeout: 30_000, interval: 50 });
  const server = Number(/process (\d+);/.exec(shown)?.[1]);
  afterwards(() => {
    terminal.kill('SIGKILL');
    if (isRunning(server)) process.kill(server, 'SIGKILL');
  });
  return { url: `http://127.0.0.1:${port}`, server, terminal, shown: () => shown, ended };
}

/** Whether a process goes on. One that has ended stays listed (Z) until its parent takes notice, which a stopped one never does. */
function isRunning(pid: number): boolean {
  const path = `/proc/${pid}/stat`;
  return existsSync(path) && !/[)] [ZX] /.test(readFileSync(path, 'utf8'));
}

/** Sends requests until the log has more lines than a terminal takes while nobody reads them. */
async function fill(url: string): Promise<void> {
  for (let turn = 0; turn < 400; turn += 1) {
    const answer = await fetch(`${url}/nothing`, { signal: AbortSignal.timeout(5_000) });
    await answer.text();
    expect(answer.status).toBe(404);
  }
}

it.skipIf(!hasScript)(
  hasScript
    ? 'a terminal whose other end stops reading holds up neither the answers nor the end'
    : 'a log in a terminal: SKIPPED, `script` of util-linux is not installed',
  async () => {
    const { url, server, terminal } = await serveInTerminal();
    // `script` is the other end of the terminal, so that this stops the reader as Ctrl-S does.
    terminal.kill('SIGSTOP');
    await fill(url);
    expect((await fetch(`${url}/healthz`)).status).toBe(200);
    process.kill(server, 'SIGTERM');
    await vi.waitFor(() => expect(isRunning(server)).toBe(false), { timeout: 10_000 });
  },
);

it.skipIf(!hasScript)('a terminal that is read shows every line, in colours, up to the last one', async () => {
  const { url, server, shown, ended } = await serveInTerminal();
  await fill(url);
  process.kill(server, 'SIGTERM');
  expect(await ended).toBe(0);
  expect(shown().split('\u001b[36manswered')).toHaveLength(401);
  expect(shown()).toContain('\u001b[36mstopped');
});

it.skipIf(!hasScript)('a terminal that is closed ends the server in good order', async () => {
  const { url, server, shown, terminal } = await serveInTerminal();
  const token = /Authorization: Token (\w+)/.exec(shown())?.[1] ?? '';
  const body = JSON.stringify({ query: '{ viewer { role } }' });
  const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' };
  const half = request(`${url}/graphql`, { method: 'POST', headers });
  const answered = once(half, 'response').then(([answer]) => (answer as IncomingMessage).resume().statusCode);
  half.write(body.slice(0, 5));
  expect((await fetch(`${url}/healthz`)).status).toBe(200);
  terminal.kill('SIGKILL');
  await expect.poll(() => fetch(`${url}/healthz`).catch(() => 'refused')).toBe('refused');
  // A shell passes on the signal that the server has from the system, too.
  process.kill(server, 'SIGHUP');
  half.end(body.slice(5));
  expect(await answered).toBe(200);
  await vi.waitFor(() => expect(isRunning(server)).toBe(false), { timeout: 10_000 });
});
