import type { ChildProcessWithoutNullStreams } from 'node:child_process';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { afterwards } from './afterwards.ts';

const ROOT = join(import.meta.dirname, '../..');

export interface Outcome {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** The folder of Node's compile cache. The tests use the cache because a short command spends most of its time compiling modules. */
export const COMPILE_CACHE = join(ROOT, 'node_modules/.cache/compiled');

/** The environment of a user who has set only these variables. Servers stop without a delay unless `settings` has DRAIN_DELAY. */
function environment(settings: Record<string, string>): NodeJS.ProcessEnv {
  const { PATH, HOME } = process.env;
  return { PATH, HOME, NODE_COMPILE_CACHE: COMPILE_CACHE, HOST: '127.0.0.1', PORT: '0', DRAIN_DELAY: '0', ...settings };
}

/** Runs a command to its end in a process of its own. With `user`, the process belongs to that user of the system. */
export async function campaigns(
  args: readonly string[],
  settings: Record<string, string> = {},
  input = '',
  user: { readonly uid?: number; readonly gid?: number } = {},
): Promise<Outcome> {
  const child = spawn(process.execPath, ['src/main.ts', ...args], { cwd: ROOT, env: environment(settings), ...user });
  child.stdin.on('error', () => {});
  child.stdin.end(input);
  const [stdout, stderr, [code]] = await Promise.all([
    text(child.stdout),
    text(child.stderr),
    once(child, 'close') as Promise<[number | null]>,
  ]);
  return { code, stdout, stderr };
}

/** A server in a process of its own. */
export interface Serving {
  readonly url: string;
  readonly process: ChildProcessWithoutNullStreams;
  /** What the process has written to standard output so far. */
  readonly stdout: () => string;
  readonly stderr: () => string;
  /** Resolves with the exit code when the process has ended. */
  readonly ended: Promise<number | null>;
  /** Sends a signal and resolves with the exit code. */
  stop(signal?: NodeJS.Signals): Promise<number | null>;
}

/** Starts a server in a process of its own. Resolves when it listens. It is killed after the tests of the file. */
export async function serve(
  settings: Record<string, string>,
  args: readonly string[] = [],
  command: readonly string[] = [process.execPath, 'src/main.ts', 'serve'],
  cwd = ROOT,
): Promise<Serving> {
  const [program = '', ...first] = command;
  const child = spawn(program, [...first, ...args], { cwd, env: environment(settings) });
  afterwards(() => child.exitCode === null && child.kill('SIGKILL'));
  let stdout = '';
  let stderr = '';
  child.stderr.setEncoding('utf8').on('data', (piece: string) => (stderr += piece));
  const ended = once(child, 'close').then(([code]) => code as number | null);
  const port = await new Promise<number>((resolve, reject) => {
    let starting = true;
    child.stdout.setEncoding('utf8').on('data', (piece: string) => {
      stdout += piece;
      // The output is searched only until the server has started, because the log can be long.
      if (!starting) return;
      const found = /"port":(\d+),"msg":"listening"/.exec(stdout)?.[1];
      // With --demo or --upstream the server prints a text that ends with a command to try. The command shows that the text is complete.
      const whole =
        !(args.includes('--demo') || args.includes('--upstream')) || /curl .+[.]json|token create --help/.test(stdout);
      if (!found || !whole) return;
      starting = false;
      resolve(Number(found));
    });
    ended.then((code) => reject(new Error(`it ended with ${code}: ${stdout}${stderr}`)), reject);
  });
  ended.catch(() => {});
  return {
    url: `http://127.0.0.1:${port}`,
    process: child,
    stdout: () => stdout,
    stderr: () => stderr,
    ended,
    stop: (signal = 'SIGTERM') => {
      child.kill(signal);
      return ended;
    },
  };
}

/** The setting for a database in a file. */
export const inFile = (file: string): { DATABASE_URL: string } => ({ DATABASE_URL: `file:${file}` });
