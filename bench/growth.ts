// `npm run bench:growth`: what a request costs this server as its data grows, in microseconds of CPU. Needs wrk, and Linux.
// GROWTH_CAMPAIGNS (10000,100000,1000000) and GROWTH_WORKSPACES (1,100,10000) name the sizes; workspaces share 100,000 campaigns.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sqliteDatabases } from './databases.ts';
import { cursorBehind, load, median } from './load.ts';
import { MeasuredServer } from './measured-server.ts';
import { SERVERS } from './servers.ts';

const CAMPAIGNS = numbers(process.env['GROWTH_CAMPAIGNS'] ?? '10000,100000,1000000');
const WORKSPACES = numbers(process.env['GROWTH_WORKSPACES'] ?? '1,100,10000');
const SHARED = 100_000;
const ROUNDS = 3;
const SECONDS = 2;
const PORT = 8_951;
const MEASURED = ['W1', 'W2', 'W3', 'W5'] as const;
/** Deep pages are half way through the list, at most 1,000 pages of 50 behind its begin. */
const MOST_PAGES = 1_000;

interface Size {
  readonly campaigns: number;
  readonly workspaces: number;
}

const sizes: Size[] = [
  ...CAMPAIGNS.map((campaigns) => ({ campaigns, workspaces: 1 })),
  ...WORKSPACES.map((workspaces) => ({ campaigns: SHARED, workspaces })),
];
const ours = SERVERS.sqlite[1];

console.log(['campaigns', 'workspaces', ...MEASURED].map((cell) => cell.padStart(12)).join(''));
for (const size of sizes) {
  const costs = await measure(size);
  const cells = [size.campaigns, size.workspaces, ...costs.map((cost) => (cost === null ? '-' : cost.toFixed(0)))];
  console.log(cells.map((cell) => String(cell).padStart(12)).join(''));
}

function numbers(list: string): number[] {
  return list.split(',').map(Number);
}

/** The median CPU time of a request of each workload, asked in the first workspace. null: it has fewer campaigns than that. */
async function measure({ campaigns, workspaces }: Size): Promise<(number | null)[]> {
  const folder = mkdtempSync(join(tmpdir(), 'campaigns-growth-'));
  let server: MeasuredServer | null = null;
  try {
    const databases = await sqliteDatabases(folder, campaigns, workspaces);
    const { data } = databases;
    server = await MeasuredServer.start(ours, await databases.copy('ours'), PORT);
    const pages = Math.floor(((campaigns / workspaces) * 0.35) / 50);
    const cursor = await cursorBehind(server, Math.min(pages, MOST_PAGES), data.token);
    const costs: (number | null)[] = [];
    for (const workload of ours.workloads(data.group, cursor)) {
      if (!MEASURED.some((name) => name === workload.name)) continue;
      if (workload.name === 'W5' && pages === 0) {
        costs.push(null);
        continue;
      }
      const runs = [];
      for (let round = 0; round <= ROUNDS; round += 1) {
        runs.push(await load(server, workload, data, { folder, seconds: SECONDS, mark: `r${round}` }));
      }
      costs.push(median(runs.slice(1).map(({ cpu }) => cpu)));
    }
    return costs;
  } finally {
    await server?.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}
