import { execFile, spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { promisify } from 'node:util';

export interface Program {
  readonly base: string;
  stop(): Promise<void>;
}

const MAIN = join(import.meta.dirname, '../../../src/main.ts');

/** Loads a snapshot and serves it, with the commands that a user would give, on a free port and from a new database. */
export async function startProgram(snapshot: string, settings: Record<string, string> = {}): Promise<Program> {
  const folder = await mkdtemp(join(tmpdir(), 'campaigns-'));
  const env = {
    PATH: process.env.PATH ?? '',
    DATABASE_URL: `file:${join(folder, 'campaigns.db')}`,
    HOST: '127.0.0.1',
    PORT: '0',
    ...settings,
  };
  await promisify(execFile)(process.execPath, [MAIN, 'load', snapshot], { env });
  const child = spawn(process.execPath, [MAIN, 'serve'], { env, stdio: ['ignore', 'pipe', 'inherit'] });
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  const port = await new Promise<number>((resolve, reject) => {
    const lines = createInterface(child.stdout);
    lines.on('line', (line) => {
      const event = JSON.parse(line);
      if (event.msg === 'listening') resolve(event.port);
    });
    lines.once('close', () => reject(new Error('The server ended before it listened.')));
  });
  return {
    base: `http://127.0.0.1:${port}`,
    async stop() {
      child.kill('SIGTERM');
      await ended;
      await rm(folder, { recursive: true, force: true });
    },
  };
}
