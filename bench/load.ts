import { execFile } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { MeasuredData } from './databases.ts';
import type { MeasuredServer } from './measured-server.ts';
import type { Workload } from './workloads.ts';

const CONNECTIONS = 16;

/** The result of one run of a workload. */
export interface Run {
  readonly requests: number;
  /** Requests per second. */
  readonly rate: number;
  /** CPU time of the server per request, in microseconds. The time of a database server is not included. */
  readonly cpu: number;
}

/**
 * Runs a workload on a server for this many seconds. `mark` makes the created names unique to this run. Throws if a request fails.
 */
export async function load(
  server: MeasuredServer,
  workload: Workload,
  data: MeasuredData,
  { folder, seconds, mark }: { readonly folder: string; readonly seconds: number; readonly mark: string },
): Promise<Run> {
  const script = join(folder, 'wrk.lua');
  writeFileSync(script, scriptOf(workload, data, mark));
  const before = server.cpuSeconds();
  const { stdout } = await promisify(execFile)('wrk', [
    '-t1',
    `-c${CONNECTIONS}`,
    `-d${seconds}s`,
    ...['-s', script, server.url],
  ]);
  const used = server.cpuSeconds() - before;
  if (/Non-2xx|Socket errors/.test(stdout)) {
    throw new Error(`${workload.name} of ${server.plan.name} failed: ${stdout}`);
  }
  const requests = Number(/(\d+) requests in/.exec(stdout)?.[1]);
  const rate = Number(/Requests\/sec:\s*([\d.]+)/.exec(stdout)?.[1]);
  return { requests, rate, cpu: (used / requests) * 1e6 };
}

/** After this many requests, V8 compiles hardly anything any more. */
const WARM_UP_REQUESTS = 10_000;

/** Runs a workload on a server until all its code is compiled, however slow the machine is. */
export async function warmUp(
  server: MeasuredServer,
  workload: Workload,
  data: MeasuredData,
  folder: string,
): Promise<void> {
  for (let requests = 0, run = 0; requests < WARM_UP_REQUESTS; run += 1) {
    requests += (await load(server, workload, data, { folder, seconds: 2, mark: `w${run}` })).requests;
  }
}

/** The script for wrk. It fills in the values that differ from request to request. */
function scriptOf({ query, variables }: Workload, { token, uuids }: MeasuredData, mark: string): string {
  const headers = `{ authorization = 'Token ${token}', ['content-type'] = 'application/json' }`;
  if (query === undefined) return `wrk.path = '/api/v2/campaigns.json'\nwrk.headers = ${headers}`;
  const body = JSON.stringify({ query, variables })
    .replaceAll('NEW-UUID', ']] .. newUuid .. [[')
    .replaceAll('UUID"', ']] .. uuids[count % #uuids + 1] .. [["')
    .replaceAll('NAME', ']] .. name .. [[');
  return `local uuids = { ${uuids.map((uuid) => `'${uuid}'`).join(', ')} }
local count = 0
function request()
  count = count + 1
  local name = '${mark} ' .. count
  local newUuid = string.format('${newUuids(mark)}-4000-9000-%012x', count)
  return wrk.format('POST', '/graphql', ${headers}, [[${body}]])
end`;
}

/** The first twelve digits of the UUIDs of one run. No other run uses them. */
function newUuids(mark: string): string {
  const digits = Buffer.from(mark).toString('hex').slice(-12).padStart(12, '0');
  return `${digits.slice(0, 8)}-${digits.slice(8)}`;
}

/** The UUIDs in a server's response to the workload, in order. They are used to compare the servers before measuring. */
export async function uuidsOf(server: MeasuredServer, workload: Workload, { token, uuids }: MeasuredData) {
  const headers = { authorization: `Token ${token}`, 'content-type': 'application/json' };
  const { query, variables } = workload;
  const body = JSON.stringify({ query, variables }).replace('UUID"', `${uuids[0]}"`);
  const answer = await (query === undefined
    ? fetch(`${server.url}/api/v2/campaigns.json`, { headers })
    : fetch(`${server.url}/graphql`, { method: 'POST', headers, body }));
  return (await answer.text()).match(/[\da-f]{8}-[\da-f]{4}-4[\da-f]{3}-8[\da-f]{3}-[\da-f]{12}/g) ?? [];
}

/** Half the number of pages of 50 in a list of this many campaigns. The list shows 70 percent of them, because the others are archived. */
export function pagesHalfWay(campaigns: number): number {
  return Math.floor((campaigns * 0.35) / 50);
}

/** The server's cursor after this many pages of 50. */
export async function cursorBehind(server: MeasuredServer, pages: number, token: string): Promise<string | null> {
  let after: string | null = null;
  for (let page = 0; page < pages; page += 1) {
    const response = await fetch(`${server.url}/graphql`, {
      method: 'POST',
      headers: { authorization: `Token ${token}`, 'content-type': 'application/json' },
      body: JSON.stringify({ query: server.plan.deepQuery, variables: { after } }),
    });
    const answer = (await response.json()) as { data: { campaigns: { pageInfo: { endCursor: string } } } };
    after = answer.data.campaigns.pageInfo.endCursor;
  }
  return after;
}

export function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}
