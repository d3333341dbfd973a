import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { Serving } from './program.ts';

/** The README's text. */
export const README = readFileSync(join(import.meta.dirname, '../../README.md'), 'utf8');

/** The README's requests to the demo, as shell commands. Each has the answer that the README shows. */
export const REQUESTS = [...README.matchAll(/```sh\n(curl [^`]+)```\n+```json\n([^`]+)```/g)].map(
  ([, command = '', answer = '']) => ({ command, answer: JSON.parse(answer) as unknown }),
);

/** Runs a command of the README against a server that was started with --demo. Returns the JSON that the command prints. */
export async function runRequest(command: string, { url, stdout }: Serving): Promise<unknown> {
  const token = /Token +(\w+)/.exec(stdout())?.[1] ?? '';
  const script = command.replaceAll('http://localhost:4000', url).replace('curl ', 'curl -s ');
  const ran = await promisify(execFile)('bash', ['-c', script], { env: { ...process.env, TOKEN: token } });
  // Each demo has other UUIDs, so they are not compared.
  return JSON.parse(ran.stdout.replace(/"uuid":"[^"]+"/g, '"uuid":"…"'));
}
