import { readFileSync } from 'node:fs';
import { expect } from 'vitest';
import type { Serving } from './program.ts';
import { serve } from './program.ts';

/** A server with several workers. */
export interface ServingWorkers extends Serving {
  /** The ids of the workers' processes. */
  pids(): number[];
  /** The events that the server has logged so far. */
  log(): LogEvent[];
  /** Resolves when workers have started `count` times in total, restarts included. */
  started(count: number): Promise<void>;
}

export interface LogEvent {
  readonly msg: string;
  readonly worker?: number;
  readonly status?: number;
  readonly adminPort?: number;
  readonly err?: { readonly message: string };
  readonly time: number;
}

/** Starts a server with two workers. Resolves when both accept requests. */
export async function serveWorkers(
  settings: Record<string, string>,
  args: readonly string[] = [],
  command?: readonly string[],
): Promise<ServingWorkers> {
  const serving = await serve({ WORKERS: '2', ...settings }, args, command);
  const log = () =>
    serving
      .stdout()
      .split('\n')
      .filter((line) => line.startsWith('{') && line.endsWith('}'))
      .map((line) => JSON.parse(line) as LogEvent);
  const started = async (count: number) => {
    await expect
      // The starts are counted in the text without parsing it, because the log of a server under load is long.
      .poll(() => serving.stdout().split('"msg":"listening"').length - 1, { timeout: 15_000 })
      .toBeGreaterThanOrEqual(count);
  };
  await started(2);
  const { pid } = serving.process;
  const pids = () => readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim().split(' ').map(Number);
  return { ...serving, log, started, pids };
}
