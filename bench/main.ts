// `npm run bench`: this server against the floor (floor.ts), on one machine, by turns. Needs wrk, and Linux for the CPU times.
// BENCH_CAMPAIGNS (100000), BENCH_ROUNDS (3) and BENCH_SECONDS (3) change how much is measured.
import type { ChildProcess } from 'node:child_process';
import { execFile, spawn } from 'node:child_process';
import { copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import { createToken } from '../src/access/administration.ts';
import { openDatabase } from '../src/database/open.ts';
import { makeLargeWorkspace } from '../test/support/large-workspace.ts';
import type { Workload } from './workloads.ts';
import { NEXT_PAGE, workloads } from './workloads.ts';

const ROOT = join(import.meta.dirname, '..');
const CAMPAIGNS = Number(process.env['BENCH_CAMPAIGNS'] ?? 100_000);
const ROUNDS = Number(process.env['BENCH_ROUNDS'] ?? 3);
const SECONDS = Number(process.env['BENCH_SECONDS'] ?? 3);
const CONNECTIONS = 16;
/** How often in a second Linux counts the time of processes: USER_HZ, the same on all systems in use. */
const TICKS_PER_SECOND = 100;

interface Bench {
  readonly name: string;
  readonly url: string;
  readonly process: ChildProcess;
  /** Its own workloads, because each server has cursors of its own. */
  workloads: Workload[];
}

interface Run {
  /** Requests in a second. */
  readonly rate: number;
  /** CPU time of the server for a request, in microseconds. */
  readonly cpu: number;
}

const folder = mkdtempSync(join(tmpdir(), 'campaigns-bench-'));
const servers: Bench[] = [];
try {
  const file = join(folder, 'ours.db');
  const { token, uuid, group } = await fill(file);
  const floorFile = join(folder, 'floor.db');
  copyFileSync(file, floorFile);
  servers.push(
    await start('ours', 8_941, ['--max-semi-space-size=16', 'src/main.ts', 'serve'], {
      DATABASE_URL: `file:${file}`,
      LOG_LEVEL: 'silent',
      PORT: '8941',
      RATE_LIMIT: 'off',
    }),
    await start('floor', 8_942, ['bench/floor.ts', floorFile, '8942']),
  );
  for (const server of servers) {
    server.workloads = workloads(uuid, group, await cursorFarBehind(server.url, token));
  }
  console.log('workload             ours req/s  floor req/s  ratio   ours us CPU  floor us CPU  ratio');
  for (const [place, { title }] of servers[0]?.workloads.entries() ?? []) {
    const runs = await measure(place, token);
    const [ours, floor] = runs.map(median) as [Run, Run];
    console.log(
      [
        title.padEnd(20),
        ours.rate.toFixed(0).padStart(11),
        floor.rate.toFixed(0).padStart(12),
        (ours.rate / floor.rate).toFixed(2).padStart(6),
        ours.cpu.toFixed(0).padStart(13),
        floor.cpu.toFixed(0).padStart(13),
        (floor.cpu / ours.cpu).toFixed(2).padStart(6),
      ].join(' '),
    );
  }
  for (const { name, process: child } of servers) {
    console.log(`${name}: ${peakMemory(child).toFixed(0)} MiB of resident memory at most`);
  }
} finally {
  for (const { process: child } of servers) child.kill();
  rmSync(folder, { recursive: true, force: true });
}

/** Makes the database. Returns a token, and a campaign and a group of it. */
async function fill(file: string): Promise<{ token: string; uuid: string; group: string }> {
  const database = openDatabase({ engine: 'sqlite', file });
  await database.migrate();
  await makeLargeWorkspace(database, CAMPAIGNS, 2_000);
  const user = { workspace: 'Large', email: 'bench@example.org', role: 'administrator', name: 'bench' } as const;
  const token = await createToken(database, { ...user, expiresOn: null });
  const { db } = database.reader;
  const campaign = await db
    .selectFrom('campaigns')
    .select('uuid')
    .where('is_archived', '=', 0)
    .executeTakeFirstOrThrow();
  const group = await db.selectFrom('groups').select('uuid').executeTakeFirstOrThrow();
  await database.close();
  return { token, uuid: campaign.uuid, group: group.uuid };
}

async function start(
  name: string,
  port: number,
  args: string[],
  settings: Record<string, string> = {},
): Promise<Bench> {
  const env = { PATH: process.env['PATH'], HOST: '127.0.0.1', ...settings };
  const child = spawn(process.execPath, args, { cwd: ROOT, env, stdio: ['ignore', 'ignore', 'inherit'] });
  const url = `http://127.0.0.1:${port}`;
  for (;;) {
    if (child.exitCode !== null) throw new Error(`${name} ended with ${child.exitCode}`);
    const answered = await fetch(`${url}/healthz`).catch(() => null);
    if (answered) return { name, url, process: child, workloads: [] };
    await sleep(100);
  }
}

/** The cursor behind half of the campaigns that a server lists. */
async function cursorFarBehind(url: string, token: string): Promise<string | undefined> {
  let after: string | undefined;
  // Seven in ten campaigns are listed; the others are archived.
  for (let passed = 0; passed < CAMPAIGNS * 0.35; passed += 50) {
    const response = await fetch(`${url}/graphql`, {
      method: 'POST',
      headers: { authorization: `Token ${token}`, 'content-type': 'application/json' },
      body: JSON.stringify({ query: NEXT_PAGE, variables: { after } }),
    });
    const { data } = (await response.json()) as { data: { campaigns: { pageInfo: { endCursor: string } } } };
    after = data.campaigns.pageInfo.endCursor;
  }
  return after;
}

/** The runs of each server on its workload of this place. The servers take turns, after a run of each to warm up. */
async function measure(place: number, token: string): Promise<Run[][]> {
  const runs: Run[][] = servers.map(() => []);
  for (let round = -1; round < ROUNDS; round += 1) {
    for (const [index, server] of servers.entries()) {
      const run = await load(server, server.workloads[place] as Workload, token, `${place}-${round}`);
      if (round >= 0) runs[index]?.push(run);
    }
  }
  return runs;
}

async function load({ url, process: child }: Bench, workload: Workload, token: string, mark: string): Promise<Run> {
  const script = join(folder, 'wrk.lua');
  writeFileSync(script, scriptOf(workload, token, mark));
  const before = ticks(child);
  const { stdout } = await promisify(execFile)('wrk', ['-t1', `-c${CONNECTIONS}`, `-d${SECONDS}s`, '-s', script, url]);
  const used = (ticks(child) - before) / TICKS_PER_SECOND;
  if (/Non-2xx|Socket errors/.test(stdout)) throw new Error(`${workload.title} at ${url} failed: ${stdout}`);
  const requests = Number(/(\d+) requests in/.exec(stdout)?.[1]);
  const rate = Number(/Requests\/sec:\s*([\d.]+)/.exec(stdout)?.[1]);
  return { rate, cpu: (used / requests) * 1e6 };
}

/** The script for wrk. Each request has another name where the variables have NAME. */
function scriptOf({ query, variables }: Workload, token: string, mark: string): string {
  const headers = `{ authorization = 'Token ${token}', ['content-type'] = 'application/json' }`;
  if (query === undefined) return `wrk.path = '/api/v2/campaigns.json'\nwrk.headers = ${headers}`;
  const [before = '', after] = JSON.stringify({ query, variables }).split('NAME');
  const body = after === undefined ? `[[${before}]]` : `[[${before}]] .. '${mark} ' .. count .. [[${after}]]`;
  return `local count = 0
function request()
  count = count + 1
  return wrk.format('POST', '/graphql', ${headers}, ${body})
end`;
}

/** The CPU time that the process has used, in ticks. */
function ticks({ pid }: ChildProcess): number {
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? [];
  return Number(fields[11]) + Number(fields[12]);
}

/** In MiB. */
function peakMemory({ pid }: ChildProcess): number {
  return Number(/VmHWM:\s*(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]) / 1024;
}

function median(runs: readonly Run[]): Run {
  const sorted = runs.toSorted((a, b) => a.cpu - b.cpu);
  return sorted[Math.floor(sorted.length / 2)] as Run;
}
