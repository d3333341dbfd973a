import { fork } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { Memory } from './memory-hook.ts';

const ROOT = join(import.meta.dirname, '../..');

/** The resources that a server's process uses: bytes, and a number of descriptors. */
export interface Usage extends Memory {
  /** Resident memory without mapped files, because the database's file is mapped and may grow. */
  readonly rss: number;
  readonly descriptors: number;
  readonly wal: number;
}

export interface SoakServer {
  readonly url: URL;
  /** Collects garbage and measures. */
  usage(): Promise<Usage>;
  /** Resolves with the exit code. */
  stop(): Promise<number | null>;
  /** Kills the process if it has not ended. */
  kill(): void;
}

/** Starts a server with an existing database in its own process. */
export async function startSoakServer(file: string): Promise<SoakServer> {
  const child = fork('src/main.ts', ['serve'], {
    cwd: ROOT,
    // With the options of `npm start`. Without a limit the young generation grows with each burst of requests, which is no leak.
    execArgv: ['--max-semi-space-size=8', '--no-maglev', '--expose-gc', '--import', './test/soak/memory-hook.ts'],
    env: {
      PATH: process.env.PATH,
      HOST: '127.0.0.1',
      PORT: '0',
      DATABASE_URL: `file:${file}`,
      // High enough to refuse nothing. The limiter still counts.
      RATE_LIMIT: '999999999/hour',
    },
    stdio: ['ignore', 'pipe', 'inherit', 'ipc'],
  });
  const ended = once(child, 'exit').then(([code]) => code as number | null);
  const { pid, stdout } = child;
  if (pid === undefined || !stdout) throw new Error('the server did not start');
  const port = await new Promise<string>((resolve, reject) => {
    let begun = '';
    stdout.setEncoding('utf8').on('data', (piece: string) => {
      // Only the beginning is kept, because there is a line for each request.
      if (begun.length < 10_000) begun += piece;
      const found = /"port":(\d+),"msg":"listening"/.exec(begun)?.[1];
      if (found) resolve(found);
    });
    ended.then((code) => reject(new Error(`the server ended with ${code}: ${begun}`)), reject);
  });
  return {
    url: new URL(`http://127.0.0.1:${port}`),
    async usage() {
      const answer = once(child, 'message');
      child.send('measure');
      const [memory] = (await answer) as [Memory];
      return {
        ...memory,
        rss: anonymousMemory(pid),
        descriptors: readdirSync(`/proc/${pid}/fd`).length,
        wal: size(`${file}-wal`),
      };
    },
    stop() {
      child.kill('SIGTERM');
      return ended;
    },
    kill: () => void child.kill('SIGKILL'),
  };
}

function anonymousMemory(pid: number): number {
  const [, kilobytes = 'NaN'] = /^RssAnon:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? [];
  return Number(kilobytes) * 1024;
}

function size(file: string): number {
  return statSync(file, { throwIfNoEntry: false })?.size ?? 0;
}
