// `npm run bench [sqlite] [postgres]` compares this server with one process and with two, a hand-written floor server, and another
// GraphQL server. They take turns on one machine. Needs wrk, and Linux for the CPU times.
// BENCH_CAMPAIGNS (100000), BENCH_ROUNDS (3) and BENCH_SECONDS (3) set how much is measured. BENCH_POSTGRES_URL is the address of
// PostgreSQL.
import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Databases } from './databases.ts';
import { postgresDatabases, sqliteDatabases } from './databases.ts';
import type { Run } from './load.ts';
import { cursorBehind, load, median, pagesHalfWay, uuidsOf, warmUp } from './load.ts';
import { MeasuredServer } from './measured-server.ts';
import { SERVERS } from './servers.ts';
import { WORKLOADS } from './workloads.ts';

const CAMPAIGNS = Number(process.env['BENCH_CAMPAIGNS'] ?? 100_000);
const ROUNDS = Number(process.env['BENCH_ROUNDS'] ?? 3);
const SECONDS = Number(process.env['BENCH_SECONDS'] ?? 3);
const POSTGRES = process.env['BENCH_POSTGRES_URL'] ?? 'postgres://postgres@127.0.0.1:5432/postgres';
const FIRST_PORT = 8_941;

const engines = process.argv.slice(2);
for (const engine of engines.length > 0 ? engines : ['sqlite']) {
  if (engine !== 'sqlite' && engine !== 'postgres') throw new Error(`${engine} is neither sqlite nor postgres`);
  await bench(engine);
}

async function bench(engine: keyof typeof SERVERS): Promise<void> {
  installPeers();
  const folder = mkdtempSync(join(tmpdir(), 'campaigns-bench-'));
  const servers: MeasuredServer[] = [];
  let databases: Databases | null = null;
  try {
    databases =
      engine === 'sqlite'
        ? await sqliteDatabases(folder, CAMPAIGNS)
        : await postgresDatabases(folder, CAMPAIGNS, POSTGRES);
    const { data } = databases;
    for (const [place, plan] of SERVERS[engine].entries()) {
      const server = await MeasuredServer.start(plan, await databases.copy(plan.name), FIRST_PORT + place);
      servers.push(server);
      const cursor = await cursorBehind(server, pagesHalfWay(CAMPAIGNS), data.token);
      server.workloads = plan.workloads(data.group, cursor);
    }
    const load1 = loadavg()[0]?.toFixed(1);
    console.log(`\n${engine}, ${CAMPAIGNS} campaigns, ${ROUNDS} rounds of ${SECONDS} s, load of the machine ${load1}`);
    console.log(
      'req/s and its ratio to the floor; in brackets microseconds of CPU a request, without those of PostgreSQL',
    );
    console.log(
      row(
        '',
        servers.map(({ plan }) => plan.name),
      ),
    );
    for (const name of Object.keys(WORKLOADS) as (keyof typeof WORKLOADS)[]) {
      await compareAnswers(servers, name, databases);
      const runs = await measure(servers, name, databases, folder);
      const base = runs[0] ?? [];
      console.log(
        row(
          `${name} ${WORKLOADS[name]}`,
          runs.map((own) => shown(own, base)),
        ),
      );
    }
    console.log(
      row(
        'peak of memory, MiB',
        servers.map((server) => server.peakMemory().toFixed(0)),
      ),
    );
  } finally {
    for (const server of servers) await server.stop();
    await databases?.remove();
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Installs the packages of the other GraphQL servers. They are needed only here. */
function installPeers(): void {
  const folder = join(import.meta.dirname, 'peers');
  if (!existsSync(join(folder, 'node_modules'))) execFileSync('npm', ['ci'], { cwd: folder, stdio: 'inherit' });
}

/** Throws unless all servers return the same rows in the same order. Creates are not compared. */
async function compareAnswers(servers: readonly MeasuredServer[], name: string, { data }: Databases): Promise<void> {
  if (name === 'W4') return;
  let expected: readonly string[] | null = null;
  for (const server of servers) {
    const workload = server.workloads.find((one) => one.name === name);
    if (!workload) continue;
    const uuids: readonly string[] = await uuidsOf(server, workload, data);
    expected ??= uuids;
    if (uuids.length === 0 || uuids.join() !== expected.join()) {
      throw new Error(`${server.plan.name} answers ${name} differently`);
    }
  }
}

/** The runs of each server. The servers take turns, after all have warmed up. A server without this workload has no runs. */
async function measure(
  servers: readonly MeasuredServer[],
  name: string,
  { data }: Databases,
  folder: string,
): Promise<Run[][]> {
  const runs: Run[][] = servers.map(() => []);
  for (let round = -1; round < ROUNDS; round += 1) {
    for (const [place, server] of servers.entries()) {
      const workload = server.workloads.find((one) => one.name === name);
      if (!workload) continue;
      if (round < 0) await warmUp(server, workload, data, folder);
      else runs[place]?.push(await load(server, workload, data, { folder, seconds: SECONDS, mark: `r${round}` }));
    }
  }
  return runs;
}

/** The medians of a server's rate, of its ratio to the floor server in the same round, and of its CPU time. */
function shown(runs: readonly Run[], floor: readonly Run[]): string {
  if (runs.length === 0) return '-';
  const ratio = median(runs.map(({ rate }, round) => rate / (floor[round]?.rate ?? Number.NaN)));
  const rate = median(runs.map((run) => run.rate));
  return `${rate.toFixed(0)} ${ratio.toFixed(2)} (${median(runs.map(({ cpu }) => cpu)).toFixed(0)})`;
}

function row(title: string, cells: readonly string[]): string {
  return [title.padEnd(20), ...cells.map((cell) => cell.padStart(20))].join('');
}
