// `npm run bench:streams` measures many streams of changes during a load of writes. It prints the time from a change, before its
// commit, until a stream receives it, and the memory that a stream takes. Needs Linux.
// STREAMS (200), WRITES (50 per second) and STREAM_SECONDS (20) set how much is measured.
import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import type { IncomingMessage } from 'node:http';
import { Agent, request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { sqliteDatabases } from './databases.ts';
import { MeasuredServer } from './measured-server.ts';
import { SERVERS } from './servers.ts';

const STREAMS = Number(process.env['STREAMS'] ?? 200);
const WRITES = Number(process.env['WRITES'] ?? 50);
const SECONDS = Number(process.env['STREAM_SECONDS'] ?? 20);
const CAMPAIGNS = 100_000;
const PORT = 8_961;

const SUBSCRIPTION = 'subscription { changes { changes { revision at } cursor upToDate } }';
const UPDATE =
  'mutation ($uuid: UUID!, $name: String!) { updateCampaign(input: { uuid: $uuid, name: $name }) { campaign { revision } } }';

const agent = new Agent({ keepAlive: true, maxSockets: 16 });
const folder = mkdtempSync(join(tmpdir(), 'campaigns-streams-'));
let server: MeasuredServer | null = null;
try {
  const databases = await sqliteDatabases(folder, CAMPAIGNS);
  const { token, moreTokens, uuids } = databases.data;
  server = await MeasuredServer.start(SERVERS.sqlite[1], await databases.copy('streams'), PORT);
  await writeFor(2, token, uuids);
  await sleep(2_000);
  const before = server.memory();

  const delays: number[] = [];
  const seen: number[] = [];
  const streams = await Promise.all(
    Array.from({ length: STREAMS }, async (_nothing, place) => {
      seen.push(0);
      const stream = await open(moreTokens[place % moreTokens.length] ?? '', (at) => {
        seen[place] = (seen[place] ?? 0) + 1;
        delays.push(Date.now() - at);
      });
      return stream;
    }),
  );
  await sleep(2_000);
  const opened = server.memory();
  const cpu = server.cpuSeconds();
  const written = await writeFor(SECONDS, token, uuids);
  const used = server.cpuSeconds() - cpu;
  await sleep(1_000);
  for (const stream of streams) stream.destroy();

  const lost = seen.filter((count) => count !== written).length;
  const sorted = delays.toSorted((a, b) => a - b);
  const share = (part: number) => sorted[Math.floor(sorted.length * part)] ?? Number.NaN;
  console.log(
    `${STREAMS} streams, ${written} writes in ${SECONDS} s, ${delays.length} arrivals; ${lost} streams missed some`,
  );
  console.log(`from change to arrival: p50 ${share(0.5)} ms, p99 ${share(0.99)} ms, at most ${sorted.at(-1)} ms`);
  console.log(
    `memory of a stream: ${(((opened - before) * 1024) / STREAMS).toFixed(1)} KiB; CPU ${((used / SECONDS) * 100).toFixed(0)} %`,
  );
} finally {
  await server?.stop();
  rmSync(folder, { recursive: true, force: true });
  agent.destroy();
}

/** Updates campaigns at a steady rate. Returns the number of changes. */
async function writeFor(seconds: number, token: string, uuids: readonly string[]): Promise<number> {
  const started = performance.now();
  let sent = 0;
  const answers: Promise<void>[] = [];
  while (performance.now() - started < seconds * 1_000) {
    for (; sent < ((performance.now() - started) / 1_000) * WRITES; sent += 1) {
      answers.push(update(token, uuids[sent % uuids.length] ?? ''));
    }
    await sleep(2);
  }
  await Promise.all(answers);
  return sent;
}

async function update(token: string, uuid: string): Promise<void> {
  const answer = await send(token, { query: UPDATE, variables: { uuid, name: `Streamed ${randomUUID()}` } }, agent);
  let text = '';
  for await (const piece of answer) text += String(piece);
  if (!text.includes('"revision"')) throw new Error(`a write failed: ${text}`);
}

/** Opens a stream of changes. Calls `onChange` with the time of each change, in ms since 1970. */
async function open(token: string, onChange: (at: number) => void): Promise<IncomingMessage> {
  const answer = await send(token, { query: SUBSCRIPTION }, undefined, 'text/event-stream');
  if (answer.statusCode !== 200) throw new Error(`a stream was refused with ${answer.statusCode}`);
  answer.setEncoding('utf8').on('error', () => {});
  answer.on('data', (piece: string) => {
    for (const [, at = ''] of piece.matchAll(/"at":"([^"]+)"/g)) onChange(Date.parse(at));
  });
  return answer;
}

function send(
  token: string,
  body: object,
  over: Agent | undefined,
  accept = 'application/json',
): Promise<IncomingMessage> {
  const headers = { authorization: `Token ${token}`, 'content-type': 'application/json', accept };
  return new Promise((resolve, reject) => {
    const asking = request({
      host: '127.0.0.1',
      port: PORT,
      path: '/graphql',
      method: 'POST',
      headers,
      agent: over ?? false,
    });
    asking.on('error', reject).on('response', resolve).end(JSON.stringify(body));
  });
}
