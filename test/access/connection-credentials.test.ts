import { Agent, request } from 'node:http';
import { json } from 'node:stream/consumers';
import { expect, it } from 'vitest';
import { afterwards } from '../support/afterwards.ts';
import { tokenKey } from '../support/fixture.ts';
import { openWorld } from '../support/world.ts';

const world = await openWorld();
/** Sends all requests over one connection. */
const agent = new Agent({ keepAlive: true, maxSockets: 1 });
afterwards(() => agent.destroy());

const QUERY = '/graphql?query={viewer{user{email}role}}';

interface Answered {
  readonly status: number;
  readonly port: number;
  readonly body: unknown;
}

function get(path: string, authorization?: string): Promise<Answered> {
  return new Promise((resolve, reject) => {
    const headers = authorization === undefined ? {} : { authorization };
    const sent = request(world.url + path, { agent, headers }, (response) => {
      const port = response.socket.localPort ?? 0;
      json(response).then((body) => resolve({ status: response.statusCode ?? 0, port, body }), reject);
    });
    sent.on('error', reject);
    sent.end();
  });
}

const viewerOf = ({ body }: Answered) => (body as { data?: { viewer: { user: { email: string } } } }).data?.viewer;

it('each request of a connection is for whom its own header names', async () => {
  const admin = `Bearer ${tokenKey('admin')}`;
  const editor = `Bearer ${tokenKey('editor')}`;
  const answers = [
    await get(QUERY, admin),
    await get(QUERY, editor),
    await get(QUERY, admin),
    await get(QUERY),
    await get(QUERY, 'Bearer wrong'),
    await get(QUERY, admin),
  ];
  expect(new Set(answers.map(({ port }) => port)).size).toBe(1);
  expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 401, 401, 200]);
  const [first, second, third, , , last] = answers.map(viewerOf);
  expect(first).toMatchObject({ role: 'ADMINISTRATOR' });
  expect(second).toMatchObject({ role: 'EDITOR' });
  expect(third).toEqual(first);
  expect(last).toEqual(first);
});

it('a scheme that one surface takes is not taken by the other one on the same connection', async () => {
  const bearer = `Bearer ${tokenKey('admin')}`;
  expect((await get('/api/v2/groups.json', bearer)).status).toBe(403);
  expect((await get(QUERY, bearer)).status).toBe(200);
  expect((await get('/api/v2/groups.json', bearer)).status).toBe(403);
  const email = viewerOf(await get(QUERY, bearer))?.user.email ?? '';
  const basic = `Basic ${Buffer.from(`${email}:${tokenKey('admin')}`).toString('base64')}`;
  expect((await get('/api/v2/groups.json', basic)).status).toBe(200);
  expect((await get(QUERY, basic)).status).toBe(401);
  expect((await get('/api/v2/groups.json', basic)).status).toBe(200);
});
