import { text } from 'node:stream/consumers';
import { describe, expect, it } from 'vitest';
import { revokeToken } from '../../src/access/administration.ts';
import { removeChanges } from '../../src/model/keep-changes.ts';
import { clockTime } from '../../src/model/time.ts';
import { groupOf, tokenKey } from '../support/fixture.ts';
import type { StreamEvent } from '../support/stream.ts';
import { openStream } from '../support/stream.ts';
import { makeWorkspace } from '../support/workspace.ts';
import { openWorld } from '../support/world.ts';

const world = await openWorld();

interface Changes {
  readonly results: readonly {
    readonly revision: number;
    readonly action: string;
    readonly fields: readonly { readonly name: string; readonly before: unknown; readonly after: unknown }[];
  }[];
  readonly cursor: string;
  readonly up_to_date: boolean;
}

const ask = (query = '', headers: Record<string, string> = {}) => world.rest.ask(`/changes.json${query}`, { headers });
const get = async (query = '', headers: Record<string, string> = {}) => {
  const { status, json } = await ask(query, headers);
  expect(status).toBe(200);
  return json as Changes;
};

let made = 0;
async function create(): Promise<string> {
  const name = `Feed ${made++}`;
  expect((await world.rest.ask('/campaigns.json', { body: { name, group: 'Vets' } })).status).toBe(201);
  return name;
}

const names = ({ results }: Changes) => results.map(({ fields }) => fields.find(({ name }) => name === 'name')?.after);

describe('GET changes.json', () => {
  it('lists the changes after a cursor, oldest first, with a cursor to go on from', async () => {
    const { cursor } = await get('?after=now');
    const created = [await create(), await create(), await create()];
    const first = await get(`?after=${cursor}&limit=2`);
    expect([names(first), first.up_to_date]).toEqual([created.slice(0, 2), false]);
    const second = await get(`?after=${first.cursor}&limit=2`);
    expect([names(second), second.up_to_date]).toEqual([created.slice(2), true]);
    expect((await get(`?after=${cursor}&limit=3`)).up_to_date).toBe(true);
    expect(await get(`?after=${second.cursor}`)).toEqual({ results: [], cursor: second.cursor, up_to_date: true });
  });

  it('begins with the oldest change that is kept', async () => {
    const name = await create();
    const all = await get('?limit=250');
    expect(all.results[0]?.revision).toBe(1);
    expect(names(all).at(-1)).toBe(name);
  });

  it('shows a change in the form of REST', async () => {
    const { cursor } = await get('?after=now');
    const name = await create();
    const { results } = (await world.rest.ask('/campaigns.json')).json as { results: { uuid: string }[] };
    const vets = groupOf(2, 'Vets');
    expect((await get(`?after=${cursor}`)).results).toEqual([
      {
        uuid: expect.stringMatching(/^[\da-f-]{36}$/) as string,
        revision: expect.any(Number) as number,
        changed_on: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{6})?Z$/) as string,
        action: 'created',
        type: 'campaign',
        object: results[0]?.uuid,
        fields: [
          { name: 'name', before: null, after: name },
          { name: 'group', before: null, after: { uuid: vets.uuid, name: 'Vets' } },
          { name: 'archived', before: null, after: false },
        ],
        actor: { email: 'editor@mto.example', token: 'editor2' },
        origin: 'rest',
      },
    ]);
  });

  it('names the fields as REST does', async () => {
    const { cursor } = await get('?after=now');
    expect((await world.rest.ask('/groups.json', { body: { name: 'Named' } })).status).toBe(201);
    const [change] = (await get(`?after=${cursor}`)).results;
    expect(change?.fields.map(({ name }) => name)).toEqual(['name', 'status', 'system', 'count']);
  });

  it.each([
    ['?limit=0', 400, "Param 'limit': 0 is not a number from 1 to 250."],
    ['?limit=251', 400, "Param 'limit': 251 is not a number from 1 to 250."],
    ['?limit=x', 400, "Param 'limit': x is not a number from 1 to 250."],
    ['?after=x', 400, "Param 'after': this is not a cursor of the changes."],
  ])('refuses %s', async (query, status, detail) => {
    expect(await ask(query)).toMatchObject({ status, json: { detail } });
  });

  it('is for those who may use REST', async () => {
    for (const as of ['agent2', null] as const) {
      expect((await world.rest.ask('/changes.json', { as })).status).toBe(403);
    }
    expect((await world.rest.ask('/changes.json', { method: 'POST', body: {} })).status).toBe(405);
  });

  it('is not in the list of endpoints, and has a page', async () => {
    const { json } = await world.rest.ask('/', { headers: { Accept: 'application/json' } });
    expect(Object.keys(json as object)).toEqual(['campaigns', 'groups']);
    expect((await world.rest.ask('/changes', { as: null, headers: { Accept: 'text/html' } })).status).toBe(200);
  });

  it('has a tag', async () => {
    const { headers } = await ask('?after=now');
    const tag = headers.get('etag') ?? '';
    expect((await ask('?after=now', { 'If-None-Match': tag })).status).toBe(304);
  });

  it('is gone when changes after the cursor are not kept any more', async () => {
    const { cursor } = await get('?after=now');
    await create();
    await removeChanges(world.database, clockTime());
    expect(await ask(`?after=${cursor}`)).toMatchObject({
      status: 410,
      json: { detail: expect.stringContaining('Read all lists again') as string },
    });
  });
});

describe('Prefer: wait', () => {
  it('answers when there is a change', async () => {
    const { cursor } = await get('?after=now');
    const waiting = ask(`?after=${cursor}`, { Prefer: 'respond-async, wait=25' });
    const name = await create();
    const { status, headers, json } = await waiting;
    expect([status, headers.get('preference-applied'), headers.get('cache-control')]).toEqual([
      200,
      'wait=25',
      'no-store',
    ]);
    expect(names(json as Changes)).toEqual([name]);
  });

  it('answers at once when there is one already', async () => {
    const { cursor } = await get('?after=now');
    const name = await create();
    expect(names(await get(`?after=${cursor}`, { Prefer: 'wait=25' }))).toEqual([name]);
  });

  it('answers without one when the time is over', async () => {
    const { cursor } = await get('?after=now');
    const started = performance.now();
    expect(await get(`?after=${cursor}`, { Prefer: 'wait=1' })).toEqual({ results: [], cursor, up_to_date: true });
    expect(performance.now() - started).toBeGreaterThan(900);
  });

  it('is refused at once where the cursor is wrong', async () => {
    expect((await ask('?after=x', { Prefer: 'wait=25' })).status).toBe(400);
  });

  it('ends when the server stops, and the client can go on elsewhere', async () => {
    const other = await openWorld();
    const waiting = other.rest.ask('/changes.json?after=now', { headers: { Prefer: 'wait=25' } });
    await new Promise((resolve) => setTimeout(resolve, 200));
    await other.close();
    expect((await waiting).json).toMatchObject({ results: [], up_to_date: true });
  });
});

describe('Accept: text/event-stream', () => {
  const follow = (query: string, headers: Record<string, string> = {}, key = tokenKey('editor2')) =>
    openStream(`${world.url}/api/v2/changes.json${query}`, {
      method: 'GET',
      headers: { authorization: `Token ${key}`, ...headers },
    });
  const changes = (event: StreamEvent | null) => {
    const data = event?.data as Changes;
    expect(event).toMatchObject({ event: 'changes', id: data.cursor });
    return data;
  };

  it('sends changes as they are made', async () => {
    const stream = await follow('?after=now');
    expect(stream.response.headers['content-type']).toBe('text/event-stream');
    expect(changes(await stream.next()).results).toEqual([]);
    const name = await create();
    expect(names(changes(await stream.next()))).toEqual([name]);
  });

  it('goes on after the last event that the client has got', async () => {
    const { cursor } = await get('?after=now');
    const name = await create();
    const stream = await follow('?after=now', { 'last-event-id': cursor });
    expect(names(changes(await stream.next()))).toEqual([name]);
  });

  it.each([
    ['?after=now', { 'last-event-id': 'x' }, 'Header Last-Event-ID'],
    ['?after=x', {}, "Param 'after'"],
  ])('says where a wrong cursor stands: %s, %j', async (query, headers, where) => {
    const { response } = await follow(query, headers);
    expect([response.statusCode, JSON.parse(await text(response))]).toEqual([
      400,
      { detail: `${where}: this is not a cursor of the changes.` },
    ]);
  });

  it('ends with an error when the token is revoked', async () => {
    const { key } = await makeWorkspace(world.database);
    const stream = await follow('?after=now', {}, key);
    await stream.next();
    await revokeToken(world.database, { token: key });
    // Look only at the last event: the revocation is a change too, and the stream may still send it.
    const events = [];
    for (let event = await stream.next(); event; event = await stream.next()) events.push(event);
    expect(events.at(-1)).toEqual({ event: 'error', id: undefined, data: { detail: 'Invalid token' } });
  });

  it('is refused by a status', async () => {
    expect((await follow('?limit=0')).response.statusCode).toBe(400);
    expect((await follow('?after=x')).response.statusCode).toBe(400);
    expect((await follow('?after=now', {}, 'wrong')).response.statusCode).toBe(403);
  });
});
