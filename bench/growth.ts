// `npm run bench:growth` measures how the CPU time of a request, in microseconds, grows with the data. There is one server for each
// size, and the servers take turns. Needs wrk and Linux.
// GROWTH_CAMPAIGNS (10000,100000,1000000) and GROWTH_WORKSPACES (1,100,10000) set the sizes. The workspaces share 100,000 campaigns.
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { MeasuredData } from './databases.ts';
import { sqliteDatabases } from './databases.ts';
import { cursorBehind, load, median, pagesHalfWay, warmUp } from './load.ts';
import { MeasuredServer } from './measured-server.ts';
import { SERVERS } from './servers.ts';

const CAMPAIGNS = numbers(process.env['GROWTH_CAMPAIGNS'] ?? '10000,100000,1000000');
const WORKSPACES = numbers(process.env['GROWTH_WORKSPACES'] ?? '1,100,10000');
const SHARED = 100_000;
const ROUNDS = 7;
const SECONDS = 1;
const FIRST_PORT = 8_951;
const MEASURED = ['W1', 'W2', 'W3', 'W5'] as const;
/** A deep page is halfway through the list, but at most 1,000 pages of 50 after its beginning. */
const MAX_PAGES = 1_000;

interface Size {
  readonly campaigns: number;
  readonly workspaces: number;
}

/** A server with a database of one size. The requests go to its first workspace. */
interface Sized {
  readonly size: Size;
  readonly server: MeasuredServer;
  readonly data: MeasuredData;
}

const ours = SERVERS.sqlite[1];
const sizes: Size[] = [
  ...CAMPAIGNS.map((campaigns) => ({ campaigns, workspaces: 1 })),
  ...WORKSPACES.filter((workspaces) => workspaces > 1 || !CAMPAIGNS.includes(SHARED)).map((workspaces) => ({
    campaigns: SHARED,
    workspaces,
  })),
];

const folder = mkdtempSync(join(tmpdir(), 'campaigns-growth-'));
const all: Sized[] = [];
try {
  for (const [place, size] of sizes.entries()) all.push(await start(size, place));
  const costs = await measure();
  console.log(row(['campaigns', 'workspaces', ...MEASURED.map((name) => `${name}, us`)]));
  for (const [place, { size }] of all.entries()) {
    const cells = costs.map((ofWorkload) => ofWorkload[place]?.toFixed(0) ?? '-');
    console.log(row([String(size.campaigns), String(size.workspaces), ...cells]));
  }
} finally {
  for (const { server } of all) await server.stop();
  rmSync(folder, { recursive: true, force: true });
}

function numbers(list: string): number[] {
  return list.split(',').map(Number);
}

function row(cells: readonly string[]): string {
  return cells.map((cell) => cell.padStart(12)).join('');
}

async function start(size: Size, place: number): Promise<Sized> {
  const own = join(folder, String(place));
  mkdirSync(own);
  const { copy, data } = await sqliteDatabases(own, size.campaigns, size.workspaces);
  const server = await MeasuredServer.start(ours, await copy('ours'), FIRST_PORT + place);
  const cursor = await cursorBehind(
    server,
    Math.min(pagesHalfWay(size.campaigns / size.workspaces), MAX_PAGES),
    data.token,
  );
  server.workloads = ours.workloads(data.group, cursor);
  return { size, server, data };
}

/**
 * For each workload, the median CPU time of a request on each server; null if a workspace has too few campaigns for the workload.
 * The servers take turns.
 */
async function measure(): Promise<(number | null)[][]> {
  const costs: (number | null)[][] = [];
  for (const name of MEASURED) {
    const runs: number[][] = all.map(() => []);
    for (let round = -1; round < ROUNDS; round += 1) {
      for (const [place, { size, server, data }] of all.entries()) {
        const workload = server.workloads.find((one) => one.name === name);
        if (!workload || (name === 'W5' && pagesHalfWay(size.campaigns / size.workspaces) === 0)) continue;
        if (round < 0) await warmUp(server, workload, data, folder);
        else
          runs[place]?.push((await load(server, workload, data, { folder, seconds: SECONDS, mark: `r${round}` })).cpu);
      }
    }
    costs.push(runs.map((own) => (own.length === 0 ? null : median(own))));
  }
  return costs;
}
