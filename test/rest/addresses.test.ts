import { connect } from 'node:net';
import { describe, expect, test } from 'vitest';
import type { RestRequest } from '../support/rest-client.ts';
import { openWorld } from '../support/world.ts';
import { expectNoInsides } from './support/insides.ts';

const { rest } = await openWorld();

describe('addresses', () => {
  test.each<{ path: string; status: number; says?: RegExp }>([
    { path: '/campaigns.json?uuid=%zz', status: 400, says: /Param 'uuid': %zz is not a valid UUID/ },
    { path: '/campaigns.json?uuid=%ff', status: 400, says: /is not a valid UUID/ },
    { path: '/campaigns.json?uuid=%00', status: 400, says: /is not a valid UUID/ },
    { path: '/campaigns.json?before=%00', status: 400, says: /is not a valid datetime/ },
    { path: '/campaigns.json?cursor=%00', status: 404, says: /Invalid cursor/ },
    { path: '/campaigns.json?cursor=after.%ff', status: 404, says: /Invalid cursor/ },
    { path: '/campaigns.json?cursor=after.', status: 404, says: /Invalid cursor/ },
    { path: `/campaigns.json?cursor=after.${'A'.repeat(4000)}`, status: 404, says: /Invalid cursor/ },
    { path: '/campaigns.json?cursor=x&uuid=y', status: 400, says: /Param 'uuid'/ },
    { path: '/campaigns.json?before=x&after=y', status: 400, says: /Param 'before'/ },
    { path: '/campaigns.json?group=%00&__proto__=1&constructor=2', status: 200, says: /"results":\[\]/ },
    { path: '/campaigns.json?%zz=%&=&&?', status: 200 },
    { path: '/groups.json?name=%00', status: 400, says: /Param 'name': null characters are not allowed/ },
    { path: '/groups.json?name=a%00b', status: 400, says: /Param 'name': null characters are not allowed/ },
    { path: '/groups.json?name=%ED%A0%80', status: 200, says: /"results":\[\]/ },
    { path: `/groups.json?name=${'x'.repeat(8000)}`, status: 200, says: /"results":\[\]/ },
    // Django splits a query only at `&`, compares parameter names exactly, and ignores unknown parameters.
    { path: '/campaigns.json?uuid=x;before=y', status: 400, says: /Param 'uuid': x;before=y is not a valid UUID/ },
    { path: '/campaigns.json?;&UUID=x&uuid[]=x&Before=x&%20after=x', status: 200, says: /"results":\[\{/ },
    { path: '/campaigns.json?limit=x&offset=x&page=x&page_size=x&name=x', status: 200, says: /"results":\[\{/ },
    // `.json` in the path takes precedence over the `format` parameter.
    { path: '/campaigns.json?format=xml', status: 200, says: /"results":\[\{/ },
    { path: '/campaigns.json?uuid', status: 400, says: /Param 'uuid': {2}is not a valid UUID/ },
    { path: '/campaigns.json?cursor=&cursor=x', status: 404, says: /Invalid cursor/ },
    // A cursor of Django REST framework.
    { path: '/campaigns.json?cursor=cD0yMDI0LTA1LTMw', status: 404, says: /Invalid cursor/ },
    { path: '/groups.json?name=x&name=Reporters', status: 200, says: /"results":\[\{[^{]*"name":"Reporters"/ },
    { path: '/%63ampaigns%2Ejson?uuid=x%20y', status: 400, says: /Param 'uuid': x y is not a valid UUID/ },
    { path: '/%2fcampaigns.json', status: 404 },
    { path: '/c%61mpaigns.json', status: 200, says: /"results":\[\{/ },
    { path: `/campaigns.json?${'a&'.repeat(999)}a`, status: 200, says: /"results":\[\{/ },
    { path: `/campaigns.json?${'a&'.repeat(1_000)}a`, status: 400, says: /At most 1000 parameters are taken/ },
    { path: '/Campaigns.json', status: 404 },
    { path: '/campaigns.JSON', status: 404 },
    { path: '//campaigns.json', status: 404 },
    { path: '/campaigns.json.json', status: 404 },
    { path: '/campaigns.json;x=1', status: 404 },
    { path: '/campaigns.api.json', status: 404 },
    { path: '/%zz', status: 404 },
    { path: '/%ff', status: 404 },
    { path: '/campaigns.json%00', status: 404 },
    { path: '/campaigns.json//', status: 404 },
    { path: '/../../package.json', status: 404 },
    { path: '/assets/%2e%2e/routes.ts', status: 404 },
    { path: '/assets/__proto__', status: 404 },
    { path: `/campaigns.json?x=${'x'.repeat(20_000)}`, status: 431 },
  ])('$path', async ({ path, status, says = /(?:)/ }) => {
    const reply = await rest.ask(path);
    const text = expectNoInsides(reply);
    expect([reply.status, text]).toEqual([status, expect.stringMatching(says)]);
  });

  test('letters that are not encoded are refused', async () => {
    const socket = connect(Number(new URL(rest.base).port), '127.0.0.1');
    socket.write('GET /api/v2/groups.json?name=été HTTP/1.1\r\nHost: a.example\r\nConnection: close\r\n\r\n');
    const chunks: Buffer[] = [];
    for await (const chunk of socket) chunks.push(chunk as Buffer);
    expect(Buffer.concat(chunks).toString()).toMatch(/^HTTP\/1\.1 400 /);
  });

  test('links keep the other parameters exactly as they were sent', async () => {
    const { json: page } = await rest.ask('/campaigns.json?x=%C3%A9?&cursor=&y', { as: 'editor' });
    expect(page).toMatchObject({ next: expect.stringMatching(/campaigns\.json\?x=%C3%A9\?&y&cursor=after\./) });
  });
});

describe('uuid, given several times', () => {
  const first = '212b6904-a7e8-44e7-8edc-fda73b5d91c7';
  const second = '4d06dbbd-e81c-4db9-9f98-a78bfdae2b71';
  const times = (count: number) => Array.from({ length: count }, () => `uuid=${first}`).join('&');

  test('100 times is taken, and 101 times is refused', async () => {
    const { json: page } = await rest.ask(`/campaigns.json?${times(100)}`);
    expect(page).toMatchObject({ results: [{ uuid: first }] });
    expect(await refusal(`/campaigns.json?${times(101)}`, {})).toEqual({
      status: 400,
      text: `{"detail":"Param 'uuid' can have a maximum of 100 values."}`,
    });
  });

  test('of several the first filters a list, in any spelling', async () => {
    const query = `uuid=${first.toUpperCase()}&uuid=${second}`;
    expect((await rest.ask(`/campaigns.json?${query}`)).json).toMatchObject({ results: [{ uuid: first }] });
  });

  test('of several the last is changed or deleted, in any spelling, as by Django’s QueryDict', async () => {
    const query = `uuid=${second}&uuid=${first.toUpperCase()}`;
    const body = { name: 'The last of two', group: 'Vets' };
    expect((await rest.ask(`/campaigns.json?${query}`, { body })).json).toMatchObject({ uuid: first, name: body.name });

    const made = async (name: string) =>
      ((await rest.ask('/groups.json', { body: { name } })).json as { uuid: string }).uuid;
    const [one, other] = [await made('One of two'), await made('Other of two')];
    const both = `/groups.json?uuid=${one}&uuid=${other}`;
    expect((await rest.ask(both, { body: { name: 'Last of two' } })).json).toMatchObject({ uuid: other });
    expect((await rest.ask(both, { method: 'DELETE' })).status).toBe(204);
    expect((await rest.ask(`/groups.json?uuid=${one}`)).json).toMatchObject({ results: [{ name: 'One of two' }] });
    expect((await rest.ask(`/groups.json?uuid=${other}`)).json).toMatchObject({ results: [] });
  });

  test('what stands before the last is not looked at when something is changed or deleted', async () => {
    const body = { name: 'The last of many', group: 'Vets' };
    for (const before of ['uuid=x', 'uuid=', times(100)]) {
      const reply = await rest.ask(`/campaigns.json?${before}&uuid=${first}`, { body });
      expect([reply.status, reply.json]).toEqual([200, expect.objectContaining({ uuid: first })]);
    }
    const { uuid } = (await rest.ask('/groups.json', { body: { name: 'After no UUID' } })).json as { uuid: string };
    expect((await rest.ask(`/groups.json?uuid=x&uuid=${uuid}`, { method: 'DELETE' })).status).toBe(204);
    const wrong = await refusal(`/campaigns.json?uuid=x&uuid=${first}`, {});
    expect(wrong).toEqual({ status: 400, text: `{"detail":"Param 'uuid': x is not a valid UUID."}` });
  });

  test.each<{ method: string; path: string; body?: object }>([
    { method: 'GET', path: '/campaigns.json' },
    { method: 'POST', path: '/campaigns.json', body: { name: 'x', group: 'Vets' } },
    { method: 'GET', path: '/groups.json' },
    { method: 'POST', path: '/groups.json', body: { name: 'x' } },
    { method: 'DELETE', path: '/groups.json' },
  ])('$method $path refuses a last one that is no UUID', async ({ path, ...ask }) => {
    for (const wrong of ['x', '']) {
      const detail = `Param 'uuid': ${wrong} is not a valid UUID.`;
      expect(await refusal(`${path}?uuid=${first}&uuid=${wrong}`, ask)).toEqual({
        status: 400,
        text: JSON.stringify({ detail }),
      });
    }
  });
});

/** The response to a refused request. Expects that it shows nothing of the server's internals. */
async function refusal(path: string, ask: RestRequest): Promise<{ status: number; text: string }> {
  const reply = await rest.ask(path, ask);
  return { status: reply.status, text: expectNoInsides(reply) };
}

describe('OPTIONS', () => {
  test.each([
    ['/campaigns.json', 405, 'GET, POST, HEAD, OPTIONS', 'Method "OPTIONS" not allowed.'],
    ['/groups.json', 405, 'GET, POST, DELETE, HEAD, OPTIONS', 'Method "OPTIONS" not allowed.'],
    ['/', 405, 'GET, HEAD, OPTIONS', 'Method "OPTIONS" not allowed.'],
    ['/campaigns', 403, 'GET, POST, HEAD, OPTIONS', 'Authentication credentials were not provided.'],
  ])('%s is refused with %d, also without a token', async (path, status, allow, detail) => {
    const reply = await rest.ask(path, { method: 'OPTIONS', as: null, headers: { Accept: 'application/json' } });
    expect([reply.status, reply.headers.get('allow'), reply.json]).toEqual([status, allow, { detail }]);
  });
});

describe('HEAD', () => {
  test.each(['/campaigns.json', '/groups.json', '/', '/campaigns', '/openapi.json', '/explorer/'])(
    '%s',
    async (path) => {
      const [head, get] = [await rest.ask(path, { method: 'HEAD' }), await rest.ask(path)];
      expect(head.status).toBe(200);
      expect(head.body.length).toBe(0);
      expect(head.headers.get('content-type')).toBe(get.headers.get('content-type'));
      expect(head.headers.get('content-length')).toBe(get.headers.get('content-length'));
    },
  );
});
