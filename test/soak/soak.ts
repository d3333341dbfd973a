import { join } from 'node:path';
import { openDatabase } from '../../src/database/open.ts';
import { makeWorkspace } from '../support/workspace.ts';
import type { Load, LoadedWorkspace } from './load.ts';
import { createLoad } from './load.ts';
import type { SoakServer, Usage } from './server.ts';
import { startSoakServer } from './server.ts';

export interface SoakOptions {
  /** Where the database is made. */
  readonly folder: string;
  /** How many campaigns each of the workspaces has. */
  readonly campaigns: number;
  /** How long, in seconds, to measure what the server can do. Half of that is then the load. */
  readonly capacity: number;
  /** How long, in seconds, the load goes on before the first measurement: caches fill, and the JIT compiles. */
  readonly warmUp: number;
  /** How long, in seconds, the load goes on between the two measurements. */
  readonly duration: number;
  /** Is told what happens. */
  readonly say: (line: string) => void;
}

export interface SoakReport {
  /** Requests a second that the server could answer. */
  readonly capacity: number;
  readonly answered: number;
  readonly start: Usage;
  readonly end: Usage;
  /** What is wrong, one line each; empty when the server came through. */
  readonly problems: readonly string[];
}

const MB = 1024 * 1024;

/** How much more than at the start is still called flat: this share of it, and this much in addition. */
const BOUNDS: Record<keyof Usage, { readonly share: number; readonly plus: number }> = {
  heap: { share: 0.05, plus: 4 * MB },
  external: { share: 0.05, plus: 4 * MB },
  // The allocator keeps pages that are free, so that this is coarser than the heap.
  rss: { share: 0.15, plus: 32 * MB },
  descriptors: { share: 0, plus: 4 },
  // SQLite writes the log back after 1,000 pages, which are 4 MB; one long transaction may make it longer.
  wal: { share: 0, plus: 8 * MB },
};

/**
 * Runs a server in a process of its own under mixed load at half of what it can do, and compares what the process uses after
 * the warm-up and at the end.
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

/** A line for each resource of which more is used at the end than the bounds allow. */
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

/** Makes a database with seven workspaces. Seven, so that each workspace gets all kinds of requests. */
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
