import { fork } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { Agent, request } from 'node:http';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { beforeAll, expect, it } from 'vitest';
import { createToken } from '../../src/access/administration.ts';
import { openDatabase } from '../../src/database/open.ts';
import type { Workload } from '../../bench/workloads.ts';
import { workloads } from '../../bench/workloads.ts';
import { afterwards } from '../support/afterwards.ts';
import { temporaryFolder } from '../support/folder.ts';
import { makeLargeWorkspace } from '../support/large-workspace.ts';
import type { Allocated } from './allocation-hook.ts';

const REQUESTS = 40;
const WARM_UP = 300;

/**
 * The maximum of heap memory that one request may allocate, in kilobytes, and the size of its response body in bytes. The size
 * changes only if the response changes. The memory bounds are 20 percent above the measured values. Measurements vary by one
 * percent, except those of a create, which were 157 or 369 kilobytes.
 */
const BOUNDS: Readonly<Record<Workload['name'], { readonly kilobytes: number; readonly bytes: number }>> = {
  W1: { kilobytes: 256, bytes: 55_885 },
  W2: { kilobytes: 187, bytes: 15_698 },
  W3: { kilobytes: 101, bytes: 195 },
  W4: { kilobytes: 450, bytes: 303 },
  W5: { kilobytes: 186, bytes: 15_692 },
  W6: { kilobytes: 285, bytes: 73_950 },
};

const agent = new Agent({ keepAlive: true, maxSockets: 1 });
let server: ChildProcess;
let port: number;
let token: string;
let asked: Workload[];
let uuid: string;

beforeAll(async () => {
  const file = join(temporaryFolder(), 'campaigns.db');
  const database = await openDatabase({ engine: 'sqlite', file });
  await database.migrate();
  await makeLargeWorkspace(database, 1_000, 20);
  const user = { workspace: 'Large', email: 'gate@example.org', role: 'administrator', name: 'gate' } as const;
  token = await createToken(database, { ...user, expiresOn: null });
  const { db } = database.reader;
  const group = await db.selectFrom('groups').select(['id', 'uuid']).orderBy('id').executeTakeFirstOrThrow();
  const campaigns = db.selectFrom('campaigns').select('uuid').where('is_archived', '=', 0);
  ({ uuid } = await campaigns.orderBy('id').executeTakeFirstOrThrow());
  await database.close();
  server = fork('src/main.ts', ['serve'], {
    cwd: join(import.meta.dirname, '../..'),
    // The young generation is large enough for the whole measurement, so that no garbage collection happens during it.
    execArgv: [
      '--expose-gc',
      '--min-semi-space-size=64',
      '--max-semi-space-size=64',
      ...['--import', './test/performance/allocation-hook.ts'],
    ],
    env: {
      PATH: process.env.PATH,
      HOST: '127.0.0.1',
      PORT: '0',
      DATABASE_URL: `file:${file}`,
      RATE_LIMIT: 'off',
    },
    stdio: ['ignore', 'pipe', 'inherit', 'ipc'],
  });
  afterwards(() => server.kill('SIGKILL'));
  port = await portOf(server);
  const first = JSON.parse(await send({ name: 'W2', query: '{campaigns(first:50){pageInfo{endCursor}}}' }));
  asked = workloads(group, first.data.campaigns.pageInfo.endCursor);
});

function portOf({ stdout }: ChildProcess): Promise<number> {
  return new Promise((resolve) => {
    let begun = '';
    stdout?.setEncoding('utf8').on('data', (piece: string) => {
      if (begun.length < 10_000) begun += piece;
      const found = /"port":(\d+),"msg":"listening"/.exec(begun)?.[1];
      if (found) resolve(Number(found));
    });
  });
}

let names = 0;

/** Sends one request over the only connection. Returns the body of the response. */
async function send({ query, variables }: Workload): Promise<string> {
  names += 1;
  const body = JSON.stringify({ query, variables }).replace('NAME', `gate ${String(names).padStart(6, '0')}`);
  const headers = { authorization: `Token ${token}`, 'content-type': 'application/json' };
  const to =
    query === undefined ? { method: 'GET', path: '/api/v2/campaigns.json' } : { method: 'POST', path: '/graphql' };
  const asking = request({ ...to, headers, agent, host: '127.0.0.1', port });
  asking.end(query === undefined ? undefined : body.replace('"UUID"', `"${uuid}"`));
  const [response] = await once(asking, 'response');
  expect(response.statusCode).toBe(200);
  return text(response);
}

async function allocated(message: 'collect' | 'measure'): Promise<Allocated> {
  const answer = once(server, 'message');
  server.send(message);
  const [measured] = await answer;
  return measured as Allocated;
}

it.each(Object.entries(BOUNDS))('%s allocates no more than it did, and answers as much', async (name, bounds) => {
  const workload = asked.find((one) => one.name === name) as Workload;
  for (let count = 0; count < WARM_UP; count += 1) await send(workload);
  await allocated('collect');
  const before = await allocated('measure');
  let answer = '';
  for (let count = 0; count < REQUESTS; count += 1) answer = await send(workload);
  const after = await allocated('measure');
  expect(after.collections).toBe(before.collections);
  const kilobytes = (after.bytes - before.bytes) / REQUESTS / 1_000;
  expect(Buffer.byteLength(answer)).toBe(bounds.bytes);
  expect(kilobytes).toBeLessThan(bounds.kilobytes);
});
