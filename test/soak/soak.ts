import { join } from 'node:path';
import { openDatabase } from '../../src/database/open.ts';
import { makeWorkspace } from '../support/workspace.ts';
import type { Load, LoadedWorkspace } from './load.ts';
import { createLoad } from './load.ts';
import type { SoakServer, Usage } from './server.ts';
import { startSoakServer } from './server.ts';

export interface SoakOptions {
  /** The folder in which the database is created. */
  readonly folder: string;
  /** How many campaigns each of the workspaces has. */
  readonly campaigns: number;
  /** For how many seconds to measure how many requests a second the server can answer. The load is then half as many. */
  readonly capacity: number;
  /** How many seconds the load lasts before the first measurement. In this time caches fill, and the JIT compiles. */
  readonly warmUp: number;
  /** How many seconds the load lasts between the two measurements. */
  readonly duration: number;
  /** Called with a message for each step. */
  readonly say: (line: string) => void;
}

export interface SoakReport {
  /** Requests a second that the server could answer. */
  readonly capacity: number;
  readonly answered: number;
  readonly start: Usage;
  readonly end: Usage;
  /** The problems, one line each; empty if there is none. */
  readonly problems: readonly string[];
}

const MB = 1024 * 1024;

/** How much more than at the start still counts as flat: this share of the value at the start, plus this amount. */
const BOUNDS: Record<keyof Usage, { readonly share: number; readonly plus: number }> = {
  heap: { share: 0.05, plus: 4 * MB },
  external: { share: 0.05, plus: 4 * MB },
  // The allocator keeps free pages, so this is less exact than the heap.
  rss: { share: 0.15, plus: 32 * MB },
  descriptors: { share: 0, plus: 4 },
  // SQLite writes the log back after 1,000 pages, which are 4 MB. A long transaction may make it longer.
  wal: { share: 0, plus: 8 * MB },
};

/**
 * Runs a server in its own process under a mixed load of half of what it can answer. Compares the resources that the process uses
 * after the warm-up and at the end.
 */
export async function soak(options: SoakOptions): Promise<SoakReport> {
  const file = join(options.folder, 'soak.db');
  const workspaces = await fill(file, options.campaigns);
  const server = await startSoakServer(file);
  const load = createLoad(server.url, workspaces);
  try {
    return await underLoad(server, load, options);
  } finally {
    server.kill();
  }
}

async function underLoad(server: SoakServer, load: Load, options: SoakOptions): Promise<SoakReport> {
  const { capacity: seconds, warmUp, duration, say } = options;
  const measure = async () => {
    await load.rest();
    return server.usage();
  };
  await load.capacity(16, seconds);
  const capacity = await load.capacity(16, seconds);
  const rate = capacity / 2;
  say(`The server answers ${Math.round(capacity)} requests a second. The load is half of it.`);
  await load.run(rate, warmUp);
  const start = await measure();
  say(`start: ${shown(start)}`);
  await load.run(rate, duration);
  const end = await measure();
  say(`end:   ${shown(end)}`);
  const code = await server.stop();

  const problems = [
    ...growth(start, end),
    ...[...load.wrong].map(([what, times]) => `${times} times: ${what}`),
    ...(code === 0 ? [] : [`The server ended with ${code}.`]),
  ];
  return { capacity, answered: load.answered, start, end, problems };
}

/** A line for each resource whose use at the end is above the bounds. */
export function growth(start: Usage, end: Usage): string[] {
  return keysOf(BOUNDS).flatMap((name) => {
    const bound = start[name] * (1 + BOUNDS[name].share) + BOUNDS[name].plus;
    return end[name] <= bound
      ? []
      : [`${name} grew from ${start[name]} to ${end[name]}; at most ${Math.round(bound)} is flat.`];
  });
}

function keysOf<Key extends string>(record: Record<Key, unknown>): Key[] {
  return Object.keys(record) as Key[];
}

function shown({ heap, external, rss, descriptors, wal }: Usage): string {
  const mb = (bytes: number) => `${(bytes / MB).toFixed(1)} MB`;
  return `heap ${mb(heap)}, external ${mb(external)}, RSS ${mb(rss)}, ${descriptors} descriptors, WAL ${mb(wal)}`;
}

/** Creates a database with seven workspaces. With this number each workspace gets all kinds of requests. */
async function fill(file: string, campaigns: number): Promise<LoadedWorkspace[]> {
  const database = await openDatabase({ engine: 'sqlite', file });
  try {
    await database.migrate();
    const workspaces: LoadedWorkspace[] = [];
    for (let i = 0; i < 7; i += 1) {
      const groups = ['Farmers', 'Nurses', 'Élèves', 'Everyone', 'Nobody'].map((name) => ({ name }));
      const {
        key,
        groups: made,
        campaigns: filled,
      } = await makeWorkspace(database, {
        groups,
        campaigns: Array.from({ length: campaigns }, (_, n) => ({
          name: `Campaign ${n}`,
          created: n * 1_000_000,
          group: n % 5,
        })),
      });
      workspaces.push({ key, campaigns: filled.map(({ uuid }) => uuid), group: made[0]?.uuid ?? '' });
    }
    return workspaces;
  } finally {
    await database.close();
  }
}
