import { connect } from 'node:net';
import { once } from 'node:events';
import { setTimeout } from 'node:timers/promises';
import Sqlite from 'better-sqlite3';
import { describe, expect, it } from 'vitest';
import { KEPT_HOURS } from '../../src/model/idempotent-writes.ts';
import { now } from '../../src/model/time.ts';
import { groupOf, tokenKey } from '../support/fixture.ts';
import type { RestReply, RestRequest } from '../support/rest-client.ts';
import { revisionOf } from '../support/revision.ts';
import { ENGINE } from '../support/engine.ts';
import { openWorld } from '../support/world.ts';

// Each test uses its own keys and names. The default token belongs to an editor of workspace 2.
const { rest, url, file, database, statements, as } = await openWorld();

const HOUR = 3_600_000_000;

/** Sends a request with this idempotency key. The header contains it between quotation marks. */
function withKey(key: string, path: string, { headers, ...request }: RestRequest): Promise<RestReply> {
  return rest.ask(path, { ...request, headers: { 'Idempotency-Key': `"${key}"`, ...headers } });
}

const create = (key: string, name: string, request: RestRequest = {}) =>
  withKey(key, '/campaigns.json', { body: { name, group: 'Vets' }, ...request });

/** The parts of a reply that belong to the write, not to the single request. */
function seen({ status, headers, json }: RestReply) {
  return { status, json, type: headers.get('content-type'), workspace: headers.get('x-temba-workspace') };
}

/** The UUIDs of the campaigns with this name that the default token can see. */
async function named(name: string): Promise<string[]> {
  const { campaigns } = await as('editor2').data<{ campaigns: { nodes: { uuid: string; name: string }[] } }>(
    'query ($search: String) { campaigns(first: 250, filter: { search: $search }) { nodes { uuid name } } }',
    { search: name },
  );
  return campaigns.nodes.filter((campaign) => campaign.name === name).map(({ uuid }) => uuid);
}

const uuidOf = ({ json }: RestReply) => (json as { uuid: string }).uuid;

describe('a repeated POST with the same Idempotency-Key', () => {
  it('answers as the first did, and creates nothing', async () => {
    const first = await create('create', 'Created once');
    const revision = await revisionOf(database, 2);
    const again = await create('create', 'Created once');
    expect(first.status).toBe(201);
    expect(seen(again)).toEqual(seen(first));
    expect(again.body.equals(first.body)).toBe(true);
    expect(await named('Created once')).toEqual([uuidOf(first)]);
    expect(await revisionOf(database, 2)).toBe(revision);
  });

  it('without a key is a second write, which fails here because the name is taken', async () => {
    const body = { name: 'Created without a key', group: 'Vets' };
    expect((await rest.ask('/campaigns.json', { body })).status).toBe(201);
    expect((await rest.ask('/campaigns.json', { body })).status).toBe(400);
  });

  it('does not undo what has happened since: an update is not made again', async () => {
    const path = `/campaigns.json?uuid=${uuidOf(await create('update-0', 'To be updated'))}`;
    const first = await withKey('update-1', path, { body: { name: 'First name', group: 'Busy' } });
    await withKey('update-2', path, { body: { name: 'Second name', group: 'Vets' } });
    const again = await withKey('update-1', path, { body: { name: 'First name', group: 'Busy' } });
    expect(first.status).toBe(200);
    expect(seen(again)).toEqual(seen(first));
    expect(await named('First name')).toEqual([]);
    expect(await named('Second name')).toEqual([uuidOf(first)]);
  });

  it('answers as the first did when the campaign has been deleted since', async () => {
    const first = await create('deleted', 'Deleted since');
    await as('admin2').data(
      'mutation ($uuid: UUID!) { deleteCampaign(input: { uuid: $uuid }) { deletedCampaignId } }',
      {
        uuid: uuidOf(first),
      },
    );
    expect(seen(await create('deleted', 'Deleted since'))).toEqual(seen(first));
    expect(await named('Deleted since')).toEqual([]);
  });

  it('works for groups too: to create and to rename', async () => {
    const made = await withKey('group', '/groups.json', { body: { name: 'Made once' } });
    expect(made.status).toBe(201);
    expect(seen(await withKey('group', '/groups.json', { body: { name: 'Made once' } }))).toEqual(seen(made));

    const path = `/groups.json?uuid=${uuidOf(made)}`;
    const renamed = await withKey('rename', path, { body: { name: 'Renamed once' } });
    await withKey('rename again', path, { body: { name: 'Renamed twice' } });
    const again = await withKey('rename', path, { body: { name: 'Renamed once' } });
    expect(renamed.status).toBe(200);
    expect(seen(again)).toEqual(seen(renamed));
    expect((await rest.ask(path)).json).toMatchObject({ results: [{ name: 'Renamed twice' }] });
  });

  it('is the same request in every form of the body, and with a new boundary', async () => {
    const group = 'Vets';
    const multipart = (boundary: string) => ({
      headers: { 'Content-Type': `multipart/form-data; boundary=${boundary}` },
      body: [...Object.entries({ name: 'In any form', group })]
        .map(([field, value]) => `--${boundary}\r\nContent-Disposition: form-data; name="${field}"\r\n\r\n${value}\r\n`)
        .concat(`--${boundary}--\r\n`)
        .join(''),
    });
    const forms: RestRequest[] = [
      multipart('one'),
      multipart('two'),
      { headers: { 'Content-Type': 'application/x-www-form-urlencoded' }, body: `name=In+any+form&group=${group}` },
      { body: { group, name: 'In any form' } },
    ];
    const replies: RestReply[] = [];
    for (const form of forms) replies.push(await withKey('forms', '/campaigns.json', form));
    const [first] = replies;
    expect(first?.status).toBe(201);
    for (const reply of replies) expect(reply.body).toEqual(first?.body);
  });

  it('gets the answer that was lost with the connection', async () => {
    const body = JSON.stringify({ name: 'Lost answer', group: 'Vets' });
    const socket = connect(Number(new URL(url).port), '127.0.0.1');
    await once(socket, 'connect');
    socket.write(
      [
        'POST /api/v2/campaigns.json HTTP/1.1',
        'Host: localhost',
        `Authorization: Token ${tokenKey('editor2')}`,
        'Idempotency-Key: "lost"',
        'Content-Type: application/json',
        `Content-Length: ${body.length}`,
        '',
        body,
      ].join('\r\n'),
    );
    socket.resume();
    // The client closes the connection as soon as the campaign exists. The response may or may not have been sent.
    for (let left = 500; left > 0 && (await named('Lost answer')).length === 0; left -= 1) await setTimeout(10);
    socket.destroy();
    const [uuid] = await named('Lost answer');
    const again = await create('lost', 'Lost answer');
    expect(again.status).toBe(201);
    expect(uuidOf(again)).toBe(uuid);
    expect(await named('Lost answer')).toEqual([uuid]);
  });

  it('writes once when twenty arrive at the same time, and all get the same answer', async () => {
    const revision = await revisionOf(database, 2);
    const replies = await Promise.all(Array.from({ length: 20 }, () => create('together', 'Together')));
    expect(new Set(replies.map(({ status }) => status))).toEqual(new Set([201]));
    expect(new Set(replies.map(({ body }) => body.toString())).size).toBe(1);
    expect(await named('Together')).toHaveLength(1);
    expect(await revisionOf(database, 2)).toBe(revision + 1);
  });

  it('is refused again when the first was refused for its fields, even if it would succeed now', async () => {
    const body = { name: 'For a new group', group: 'Not there yet' };
    const first = await withKey('refused', '/campaigns.json', { body });
    expect(first.status).toBe(400);
    await rest.ask('/groups.json', { body: { name: 'Not there yet' } });
    expect(seen(await withKey('refused', '/campaigns.json', { body }))).toEqual(seen(first));
    expect((await withKey('another', '/campaigns.json', { body })).status).toBe(201);
  });

  it('is judged anew when the first was refused before it came to the data', async () => {
    const incomplete = await withKey('incomplete', '/campaigns.json', { body: { name: 'Completed' } });
    expect(incomplete.status).toBe(400);
    expect((await create('incomplete', 'Completed')).status).toBe(201);
  });
});

describe('a key that came with another request', () => {
  it.each([
    ['another name', '/campaigns.json', { name: 'Another', group: 'Vets' }],
    ['another group', '/campaigns.json', { name: 'Reused', group: 'Busy' }],
    [
      'an update',
      '/campaigns.json?uuid=00000000-0000-4000-8000-000000000000',
      { name: 'Reused', group: groupOf(2, 'Vets').name },
    ],
    ['another endpoint', '/groups.json', { name: 'Reused' }],
  ])('is refused with 422, and nothing changes: %s', async (_what, path, body) => {
    await create('reused', 'Reused');
    const revision = await revisionOf(database, 2);
    const reply = await withKey('reused', path, { body });
    expect(reply.status).toBe(422);
    expect(reply.headers.get('content-type')).toBe('application/json');
    expect(reply.json).toEqual({ detail: expect.stringContaining('Use a new key for each new request.') });
    expect(await revisionOf(database, 2)).toBe(revision);
    expect((await create('reused', 'Reused')).status).toBe(201);
  });

  it('of another caller is a key of its own, also in the same workspace', async () => {
    await create('shared', 'Of the editor');
    const reply = await create('shared', 'Of the administrator', { as: 'admin2' });
    expect(reply.status).toBe(201);
    expect(reply.json).toMatchObject({ name: 'Of the administrator' });
  });

  it('of another workspace is a key of its own, also for the same request', async () => {
    const body = { name: 'In both workspaces', group: 'Reporters' };
    const replies = [
      await withKey('workspaces', '/campaigns.json', { as: 'admin', body }),
      await withKey('workspaces', '/campaigns.json', { as: 'admin2', body }),
    ];
    expect(replies.map(({ status }) => status)).toEqual([201, 201]);
    expect(new Set(replies.map(uuidOf)).size).toBe(2);
    expect(new Set(replies.map(({ headers }) => headers.get('x-temba-workspace'))).size).toBe(2);
  });
});

describe('a result', () => {
  /** Makes all stored results older by this time. */
  const age = (micros: number) =>
    database.administer(({ db }) =>
      db
        .updateTable('idempotency_keys')
        .set((old) => ({ created_on: old('created_on', '-', micros) }))
        .execute(),
    );
  /** The times at which the results of workspace 2 were stored. */
  const kept = async () =>
    (
      await database.reader.db
        .selectFrom('idempotency_keys')
        .select('created_on')
        .where('workspace_id', '=', 2 as never)
        .execute()
    ).map(({ created_on }) => created_on);

  it(`is kept for ${KEPT_HOURS} hours. Then the key can be used for another request`, async () => {
    const first = await create('aged', 'Aged');
    await age((KEPT_HOURS - 1) * HOUR);
    expect(uuidOf(await create('aged', 'Aged'))).toBe(uuidOf(first));
    await age(HOUR);
    expect((await create('aged', 'Aged')).status).toBe(400);
    await age(KEPT_HOURS * HOUR);
    const other = await create('aged', 'Rejuvenated');
    expect(other.status).toBe(201);
    expect(uuidOf(await create('aged', 'Rejuvenated'))).toBe(uuidOf(other));
  });

  it('is removed when it is older, a few at each write with a key', async () => {
    for (let place = 0; place < 15; place += 1) await create(`old ${place}`, `Old ${place}`);
    await age(KEPT_HOURS * HOUR);
    const before = (await kept()).length;
    expect(before).toBeGreaterThanOrEqual(15);
    await create('new', 'New');
    expect(await kept()).toHaveLength(before + 1 - 10);
    for (let place = 0; place < before; place += 10) await create(`newer ${place}`, `Newer ${place}`);
    expect(Math.min(...(await kept()))).toBeGreaterThan(now() - HOUR);
  });
});

it.runIf(ENGINE === 'sqlite')('is found, kept and removed by indexes, however many there are', async () => {
  const before = statements.length;
  await create('plans', 'Plans');
  const own = statements.slice(before).filter((statement) => statement.includes('idempotency_keys'));
  expect(own.map((statement) => statement.split(' ')[0])).toEqual(['select', 'insert', 'delete']);
  const explainer = new Sqlite(file, { readonly: true });
  const plans = own.flatMap((statement) =>
    explainer.prepare<[], { detail: string }>(`explain query plan ${statement}`).all(),
  );
  explainer.close();
  expect(plans.map(({ detail }) => detail).filter((detail) => /SCAN|TEMP B-TREE/.test(detail))).toEqual([]);
});

describe('the header', () => {
  it.each(['""', '"open', '"a", "b"', 'two words', `"${'k'.repeat(256)}"`])(
    'is refused with 400 when it is malformed: %s',
    async (header) => {
      const reply = await rest.ask('/campaigns.json', {
        headers: { 'Idempotency-Key': header },
        body: { name: 'Malformed', group: 'Vets' },
      });
      expect(reply.status).toBe(400);
      expect(reply.json).toEqual({ detail: expect.stringContaining('Idempotency-Key must be one key') });
      expect(await named('Malformed')).toEqual([]);
    },
  );

  it('may be without quotation marks; the key is the same', async () => {
    const first = await create('bare', 'Bare');
    expect(uuidOf(await create('', 'Bare', { headers: { 'Idempotency-Key': 'bare' } }))).toBe(uuidOf(first));
  });

  it('does not count for other methods, which can be repeated without it', async () => {
    expect((await withKey('get', '/campaigns.json', {})).status).toBe(200);
    const groups = ['One', 'Two'].map(async (name) => uuidOf(await rest.ask('/groups.json', { body: { name } })));
    for (const uuid of await Promise.all(groups)) {
      const path = `/groups.json?uuid=${uuid}`;
      expect((await withKey('delete', path, { method: 'DELETE' })).status).toBe(204);
      expect((await withKey('delete', path, { method: 'DELETE' })).status).toBe(404);
    }
  });
});
