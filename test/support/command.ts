import { format } from 'node:util';
import { vi } from 'vitest';
import { run } from '../../src/commands/program.ts';
import type { Outcome } from './program.ts';

/**
 * Runs a command to its end in this process. This takes milliseconds, while `campaigns` of program.ts starts a new process.
 * It does not work for commands that run until they are stopped, such as `serve`, nor for commands that write data to standard
 * output, such as `dump -`.
 */
export async function runCommand(args: readonly string[], settings: Record<string, string> = {}): Promise<Outcome> {
  let stdout = '';
  let stderr = '';
  const toStdout = (text: unknown, ...more: readonly unknown[]) => {
    stdout += String(text);
    const written = more.at(-1);
    if (typeof written === 'function') written();
    return true;
  };
  const toStderr = (text: unknown) => {
    stderr += String(text);
    return true;
  };
  const spies = [
    vi.spyOn(process.stdout, 'write').mockImplementation(toStdout),
    vi.spyOn(process.stderr, 'write').mockImplementation(toStderr),
    // The console needs spies of its own, because Vitest's console does not write to the streams of the process.
    vi.spyOn(console, 'log').mockImplementation((...said) => void toStdout(`${format(...said)}\n`)),
    vi.spyOn(console, 'error').mockImplementation((...said) => void toStderr(`${format(...said)}\n`)),
  ];
  for (const [name, value] of Object.entries(settings)) vi.stubEnv(name, value);
  try {
    process.exitCode = 0;
    await run(args);
    return { code: process.exitCode, stdout, stderr };
  } finally {
    process.exitCode = 0;
    vi.unstubAllEnvs();
    for (const spy of spies) spy.mockRestore();
  }
}
