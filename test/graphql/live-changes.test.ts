import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { revokeToken } from '../../src/access/administration.ts';
import { Groups } from '../../src/model/groups.ts';
import { readConfig } from '../../src/config.ts';
import { afterwards } from '../support/afterwards.ts';
import { AUTHOR } from '../support/author.ts';
import { openAt } from '../support/engine.ts';
import { Client } from '../support/client.ts';
import { tokenKey } from '../support/fixture.ts';
import { temporaryFolder } from '../support/folder.ts';
import { readMetric } from '../support/metrics.ts';
import { openStream } from '../support/stream.ts';
import { makeWorkspace } from '../support/workspace.ts';
import { openWorld } from '../support/world.ts';
import type { Asked, Batch } from './support/live.ts';
import { batch, followAt, followByGetAt, LIVE, rest } from './support/live.ts';
import { Caretaker } from './support/people.ts';

/** In ms. The server needs a quarter of a second; the rest is a margin for a busy machine. */
const SOON = 2_000;

const world = await openWorld({ metricsToken: null, adminPort: 0 });
const client = world.as('admin2');

const follow = (asked?: Asked) => followAt(world.url, asked);
const followByGet = (parameters: Record<string, string>) => followByGetAt(world.url, parameters);

const names = ({ changes }: Batch) => changes.map(({ subject }) => subject?.name);

let made = 0;
async function create(): Promise<string> {
  const name = `Live ${made++}`;
  await client.data(
    'mutation ($name: String!) { createCampaign(input: { name: $name, group: { name: "Vets" } }) { campaign { id } } }',
    { name },
  );
  return name;
}

describe('a stream of changes', () => {
  it('begins with its position, and then has each change as it is made', async () => {
    const stream = await follow();
    expect(stream.response.headers).toMatchObject({
      'content-type': 'text/event-stream',
      'cache-control': 'no-store, no-transform',
      'x-accel-buffering': 'no',
    });
    expect(await batch(stream)).toMatchObject({ changes: [], upToDate: true });
    for (let round = 0; round < 3; round++) {
      const name = await create();
      const { changes, upToDate } = await batch(stream);
      expect([changes, upToDate]).toMatchObject([[{ action: 'CREATED', subject: { name } }], true]);
    }
  });

  it('goes on after a cursor, in batches as large as was asked for', async () => {
    const { cursor } = await batch(await follow());
    const created = [await create(), await create(), await create(), await create(), await create()];
    for (const [first, expected] of [
      [2, [false, false, true]],
      [5, [true]],
    ] as const) {
      const stream = await follow({ variables: { after: cursor, first } });
      const batches = await Promise.all(expected.map(() => batch(stream)));
      expect(batches.flatMap(names)).toEqual(created);
      expect(batches.map(({ upToDate }) => upToDate)).toEqual(expected);
    }
  });

  it('goes on after the last event that a client has got, whatever its document says', async () => {
    const first = await follow();
    const { cursor } = await batch(first);
    await create();
    const seen = await batch(first);
    first.close();
    const missed = await create();
    const again = await follow({ variables: { after: cursor }, headers: { 'last-event-id': seen.cursor } });
    expect(names(await batch(again))).toEqual([missed]);
  });

  it('has only what the filter matches, and a cursor that is after the rest', async () => {
    const stream = await follow({ variables: { filter: { types: ['GROUP'] } } });
    const { cursor } = await batch(stream);
    await create();
    await client.data('mutation { createGroup(input: { name: "Live group" }) { group { id } } }');
    expect(names(await batch(stream))).toEqual(['Live group']);
    const later = await follow({ variables: { after: cursor, filter: { types: ['GROUP'], actions: ['DELETED'] } } });
    const { changes, cursor: end } = await batch(later);
    expect(changes).toEqual([]);
    expect(end).not.toBe(cursor);
  });

  it('has nothing of another workspace', async () => {
    const [own, other] = [await follow(), await follow({ as: 'admin' })];
    await batch(own);
    await batch(other);
    await create();
    await batch(own);
    await world
      .as('admin')
      .data('mutation { createGroup(input: { name: "Of the first workspace" }) { group { id } } }');
    expect(names(await batch(other))).toEqual(['Of the first workspace']);
  });

  it('has what another process changes', async () => {
    const { id, key } = await makeWorkspace(world.database);
    const stream = await follow({ headers: { authorization: `Bearer ${key}` } });
    await batch(stream);
    // The database is opened a second time. The server learns of this write only as it would of a write by another process.
    const elsewhere = openAt(readConfig(world.settings).database);
    afterwards(() => elsewhere.close());
    const started = performance.now();
    await new Groups(elsewhere, id, AUTHOR).create({ name: 'From elsewhere' });
    expect(names(await batch(stream))).toEqual(['From elsewhere']);
    expect(performance.now() - started).toBeLessThan(SOON);
  });

  it('is not held back for clients that take compressed answers', async () => {
    const stream = await follow({ headers: { 'accept-encoding': 'gzip' } });
    expect(stream.response.headers['content-encoding']).toBeUndefined();
    await batch(stream);
  });

  it('lets others work between old changes', async () => {
    const { key } = await makeWorkspace(world.database);
    const campaigns = (from: number) =>
      Array.from({ length: 250 }, (_, n) => ({ name: `Old ${from + n}`, group: { name: 'Everyone' } }));
    const writer = new Client(world.url, key);
    for (let from = 0; from < 1_000; from += 250) {
      await writer.data(
        'mutation ($c: [NewCampaign!]!) { createCampaigns(input: { campaigns: $c }) { campaigns { id } } }',
        {
          c: campaigns(from),
        },
      );
    }
    const stream = await follow({
      headers: { authorization: `Bearer ${key}` },
      query: 'subscription { changes(from: OLDEST, first: 1) { cursor } }',
    });
    let turns = 0;
    const count = () => {
      turns += 1;
      immediate = setImmediate(count);
    };
    await batch(stream);
    let immediate = setImmediate(count);
    for (let read = 1; read < 1_000; read += 1) await batch(stream);
    clearImmediate(immediate);
    // A turn of the event loop is for work of a few milliseconds, and a batch takes a tenth of one.
    expect(turns).toBeGreaterThan(20);
  });

  it('is there by GET too', async () => {
    const stream = await followByGet({ query: LIVE, variables: JSON.stringify({ first: 1 }) });
    await batch(stream);
    const name = await create();
    expect(names(await batch(stream))).toEqual([name]);
  });
});

describe('a stream on which nothing happens shows that it is alive', async () => {
  const INTERVAL = 400;
  const quiet = await openWorld({}, undefined, { bookmarkInterval: INTERVAL });
  const authorization = `Bearer ${tokenKey('admin2')}`;
  const open = (variables: object, accept = 'text/event-stream') =>
    openStream(`${quiet.url}/graphql`, { headers: { authorization, accept }, body: { query: LIVE, variables } });
  /**
   * Expects that this many empty batches took at least the interval each since the stream was opened. The time between two batches
   * says less: it is too short if the first one was read late.
   */
  const expectQuiet = (batches: number, opened: number) =>
    // 20 ms less, because timers are not exact.
    expect(performance.now() - opened).toBeGreaterThan(batches * (INTERVAL - 20));

  it('by empty batches, whose cursor is after the changes that the filter has left out', async () => {
    const opened = performance.now();
    const stream = await open({ filter: { types: ['GROUP'] } });
    const { cursor } = await batch(stream);
    for (let round = 1; round <= 2; round += 1) {
      const started = performance.now();
      expect(await batch(stream)).toEqual({ changes: [], cursor, upToDate: true });
      expect(performance.now() - started).toBeLessThan(SOON);
      expectQuiet(round, opened);
    }
    await quiet
      .as('admin2')
      .data('mutation { createCampaign(input: { name: "Left out", group: { name: "Vets" } }) { campaign { id } } }');
    const bookmark = await batch(stream);
    expect(bookmark).toMatchObject({ changes: [], upToDate: true });
    expect(bookmark.cursor).not.toBe(cursor);
    expect(await batch(await open({ after: bookmark.cursor }))).toMatchObject({ changes: [], cursor: bookmark.cursor });
  });

  it('in the multipart protocol too', async () => {
    const opened = performance.now();
    const { response } = await open({}, 'multipart/mixed;subscriptionSpec=1.0');
    let text = '';
    const parts = () => text.split('\r\n--graphql').filter((part) => part !== '');
    for await (const piece of response) {
      text += piece as string;
      if (parts().length === 3) break;
    }
    expectQuiet(2, opened);
    const batches = parts().map((part) => JSON.parse(part.split('\r\n\r\n')[1] ?? '') as object);
    const first = batches[0] as { payload: { data: { changes: Batch } } };
    expect(first.payload.data.changes).toMatchObject({ changes: [], upToDate: true });
    expect(batches).toEqual([first, first, first]);
  });

  it('and in REST', async () => {
    const opened = performance.now();
    const stream = await openStream(`${quiet.url}/api/v2/changes.json?after=now`, {
      method: 'GET',
      headers: { authorization: `Token ${tokenKey('admin2')}` },
    });
    const first = await stream.next();
    expect(await stream.next()).toEqual(first);
    expectQuiet(1, opened);
  });
});

describe('the end of a stream', () => {
  it('comes soon after its token was revoked, and says why', async () => {
    const { key } = await makeWorkspace(world.database);
    const stream = await follow({ headers: { authorization: `Bearer ${key}` } });
    await batch(stream);
    const started = performance.now();
    await revokeToken(world.database, { token: key });
    // Look only at the last two events: the revocation is a change too, and the stream may still send it.
    expect((await rest(stream)).slice(-2)).toMatchObject([
      { event: 'next', data: { errors: [{ extensions: { code: 'UNAUTHENTICATED' } }] } },
      { event: 'complete' },
    ]);
    expect(performance.now() - started).toBeLessThan(SOON);
  });

  it('comes soon after the role of its caller has changed, and is not said, so that clients come back with the new role', async () => {
    const { key } = await makeWorkspace(world.database);
    const admin = new Caretaker(world.url, key);
    const other = await admin.invited(world.url, 'other@clinic.example', 'ADMINISTRATOR');
    const headers = { authorization: `Token ${other.key}` };
    const stream = await follow({ headers });
    await batch(stream);
    const restStream = await openStream(`${world.url}/api/v2/changes.json?after=now`, { method: 'GET', headers });
    await restStream.next();
    const member = (await admin.members()).find(({ email }) => email === 'other@clinic.example');
    expect((await admin.changeRole(member?.uuid ?? '', 'VIEWER')).userErrors).toEqual([]);
    const codes = (await rest(stream)).map((event) => JSON.stringify(event).includes('errors'));
    expect(codes).not.toContain(true);
    expect((await rest(restStream)).filter((event) => JSON.stringify(event).includes('error'))).toEqual([]);
    const again = await follow({ headers });
    await batch(again);
  });

  it('is not said when the server stops, so that clients come back', async () => {
    const other = await openWorld();
    const stream = await openStream(`${other.url}/graphql`, {
      headers: { authorization: `Bearer ${tokenKey('admin2')}` },
      body: { query: LIVE },
    });
    await batch(stream);
    await other.close();
    expect(await rest(stream)).toEqual([]);
  });
});

describe('a stream is asked for like every other operation', () => {
  const headers = { authorization: `Bearer ${tokenKey('admin2')}` };

  it('counts once against the rate limit', async () => {
    const { url } = await openWorld({ rateLimit: { requests: 1, seconds: 600 } });
    const stream = await openStream(`${url}/graphql`, { headers, body: { query: LIVE } });
    await batch(stream);
    const { response } = await openStream(`${url}/graphql`, { headers, body: { query: LIVE } });
    expect([response.statusCode, response.headers['retry-after']]).toEqual([429, expect.stringMatching(/^\d+$/)]);
  });

  it('must be a registered document where only those run', async () => {
    const folder = temporaryFolder();
    writeFileSync(join(folder, 'live.json'), JSON.stringify({ live: LIVE }));
    const { url } = await openWorld({ trustedDocuments: 'only', trustedDocumentsFolder: folder });
    const { response } = await openStream(`${url}/graphql`, {
      headers,
      body: { query: 'subscription { changes { cursor } }' },
    });
    expect(response.statusCode).toBe(400);
    await batch(await openStream(`${url}/graphql`, { headers, body: { documentId: 'live' } }));
    const byGet = `${url}/graphql?${new URLSearchParams({ documentId: 'live' }).toString()}`;
    await batch(await openStream(byGet, { method: 'GET', headers }));
  });
});

it('has limits of its own: streams take no places of other requests', async () => {
  const streams = await Promise.all(Array.from({ length: 100 }, async () => follow({ as: 'editor2' })));
  await Promise.all(streams.map(batch));
  const metrics = `http://127.0.0.1:${world.adminPort}`;
  expect(await readMetric(metrics, 'campaigns_streams')).toBeGreaterThanOrEqual(100);
  expect(await readMetric(metrics, 'campaigns_requests_admitted')).toBe(0);
  const { response } = await follow({ as: 'editor2' });
  expect([response.statusCode, response.headers['retry-after']]).toEqual([429, '30']);
  const rest = await world.rest.ask('/changes.json', { headers: { Prefer: 'wait=1' } });
  expect([rest.status, rest.headers.get('retry-after')]).toEqual([429, '30']);
  for (const stream of streams) stream.close();
  await expect.poll(async () => (await follow({ as: 'editor2' })).response.statusCode).toBe(200);
});
