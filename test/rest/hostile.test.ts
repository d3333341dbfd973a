import { connect } from 'node:net';
import { describe, expect, test } from 'vitest';
import { BODY_LIMIT } from '../../src/graphql/body.ts';
import type { RestRequest } from '../support/rest-client.ts';
import { openWorld } from '../support/world.ts';

const { rest } = await openWorld();

/** Text that no reply may contain, because it is about the server's insides: stacks, SQL, paths, names of exceptions. */
const INNER = /\bat .+:\d+:\d+|\/src\/|node_modules|select |insert |sqlite|(Type|Range|Syntax|Reference)Error/i;

async function refused(path: string, ask: RestRequest): Promise<{ status: number; text: string }> {
  const reply = await rest.ask(path, ask);
  const text = reply.body.toString('utf8');
  expect(text).not.toMatch(INNER);
  expect(reply.status).toBeGreaterThanOrEqual(200);
  expect(reply.status).toBeLessThan(500);
  return { status: reply.status, text };
}

const json = { 'Content-Type': 'application/json' };
const form = { 'Content-Type': 'application/x-www-form-urlencoded' };
const multipart = { 'Content-Type': 'multipart/form-data; boundary=b' };

function part(disposition: string, content: string): string {
  return `--b\r\nContent-Disposition: form-data; ${disposition}\r\n\r\n${content}\r\n`;
}

describe('bodies that are refused', () => {
  test.each<{ what: string; headers: Record<string, string>; body: string | Buffer; status: number; says: RegExp }>([
    {
      what: 'JSON nested deeply',
      headers: json,
      body: '['.repeat(200_000),
      status: 400,
      says: /^\{"detail":"JSON parse error - /,
    },
    {
      what: 'JSON nested deeply and well formed',
      headers: json,
      body: `{"name": ${'['.repeat(100_000)}${']'.repeat(100_000)}}`,
      status: 400,
      says: /./,
    },
    {
      what: 'JSON that is not UTF-8',
      headers: json,
      body: Buffer.from('{"name": "\xff"}', 'latin1'),
      status: 400,
      says: /JSON parse error - /,
    },
    { what: 'JSON with a byte order mark', headers: json, body: '\ufeff{}', status: 400, says: /JSON parse error - / },
    { what: 'JSON cut short', headers: json, body: '{"name": "x', status: 400, says: /JSON parse error - / },
    {
      what: 'a name of 1e400',
      headers: json,
      body: '{"name": 1e400}',
      status: 400,
      says: /"group":\["This field is required/,
    },
    {
      what: 'a name of many digits',
      headers: json,
      body: `{"name": ${'9'.repeat(65)}, "group": "Vets"}`,
      status: 400,
      says: /Cannot be longer than 64 characters/,
    },
    {
      what: 'a group of 1e400',
      headers: json,
      body: '{"name": "x", "group": 1e400}',
      status: 400,
      says: /Must be a string or integer/,
    },
    {
      what: 'a group of thirty digits',
      headers: json,
      body: `{"name": "x", "group": ${'8'.repeat(30)}}`,
      status: 400,
      says: /No such object: 8{30}/,
    },
    {
      what: 'a group with NUL',
      headers: json,
      body: '{"name": "x", "group": "a\\u0000"}',
      status: 400,
      says: /No such object: a/,
    },
    {
      what: 'a group with half a character',
      headers: json,
      body: '{"name": "x", "group": "\\ud800"}',
      status: 400,
      says: /No such object/,
    },
    {
      what: 'half a character in the name',
      headers: json,
      body: '{"name": "\\udfff", "group": "Vets"}',
      status: 400,
      says: /Surrogate characters are not allowed: U\+DFFF/,
    },
    {
      what: 'members of the prototype',
      headers: json,
      body: '{"__proto__": {"name": "x"}, "constructor": 1}',
      status: 400,
      says: /"name":\["This field is required/,
    },
    {
      what: 'a form of nothing but signs',
      headers: form,
      body: '&=&=%&%zz=%ff&&',
      status: 400,
      says: /"name":\["This field is required/,
    },
    {
      what: 'a form with bytes that are no text',
      headers: form,
      body: 'name=%ff%fe&group=Nobody',
      status: 400,
      says: /No such object: Nobody/,
    },
    {
      what: 'a form with NUL',
      headers: form,
      body: 'name=a%00&group=Vets',
      status: 400,
      says: /Null characters are not allowed/,
    },
    {
      what: 'multipart without a boundary',
      headers: { 'Content-Type': 'multipart/form-data' },
      body: 'x',
      status: 400,
      says: /Multipart form parse error/,
    },
    {
      what: 'multipart cut short',
      headers: multipart,
      body: part('name="name"', 'x').slice(0, -8),
      status: 400,
      says: /Multipart form parse error/,
    },
    {
      what: 'files',
      headers: multipart,
      body: `${part('name="name"; filename="x.txt"', 'x')}${part('name="group"; filename="y"', 'Vets')}--b--\r\n`,
      status: 400,
      says: /Not a valid string/,
    },
    {
      what: 'a type that is none',
      headers: { 'Content-Type': ';;;' },
      body: 'x',
      status: 415,
      says: /Unsupported media type/,
    },
  ])('$what', async ({ headers, body, status, says }) => {
    const reply = await refused('/campaigns.json', { headers, body });
    expect(reply.text).toMatch(says);
    expect(reply.status).toBe(status);
  });
});

describe('bodies in other encodings and types', () => {
  test.each<{ what: string; headers: Record<string, string>; body: string | Buffer; name: string }>([
    {
      what: 'a form with letters that are not encoded',
      headers: form,
      body: 'name=Fièvre à Abidjan&group=Vets',
      name: 'Fièvre à Abidjan',
    },
    {
      what: 'a form in Latin-1',
      headers: { 'Content-Type': 'application/x-www-form-urlencoded; charset=iso-8859-1' },
      body: 'name=Bl%E9&group=Vets',
      name: 'Blé',
    },
    {
      what: 'JSON in Latin-1',
      headers: { 'Content-Type': 'application/json; charset=latin1' },
      body: Buffer.from('{"name": "Maïs", "group": "Vets"}', 'latin1'),
      name: 'Maïs',
    },
    {
      what: 'JSON in a charset that nobody knows is UTF-8',
      headers: { 'Content-Type': 'application/json; charset=x-klingon' },
      body: '{"name": "Œuf", "group": "Vets"}',
      name: 'Œuf',
    },
    {
      what: 'a form in which the last of two counts',
      headers: form,
      body: 'name=One&name=Two%3D2&group=Vets',
      name: 'Two=2',
    },
    {
      what: 'multipart with more than is asked',
      headers: multipart,
      body: `${part('name="name"', 'Señal')}${part('name="other"; filename="x"', '\0')}${part('name="group"', 'Vets')}--b--\r\n`,
      name: 'Señal',
    },
    {
      what: 'JSON of a type in capitals',
      headers: { 'Content-Type': 'Application/JSON' },
      body: '{"name": "Caps", "group": "Vets"}',
      name: 'Caps',
    },
    { what: 'a number in powers of ten', headers: json, body: '{"name": 1e400, "group": "Vets"}', name: 'inf' },
    {
      what: 'an integer of thirty digits',
      headers: json,
      body: `{"name": ${'7'.repeat(30)}, "group": "Vets"}`,
      name: '7'.repeat(30),
    },
  ])('$what', async ({ headers, body, name }) => {
    expect((await rest.ask('/campaigns.json', { headers, body })).json).toMatchObject({ name });
  });
});

describe('a body over the limit', () => {
  const body = JSON.stringify({ name: 'x'.repeat(BODY_LIMIT), group: 'Vets' });
  const detail = `The body is too large: at most ${BODY_LIMIT} bytes are taken.`;

  test('with its length in Content-Length', async () => {
    const reply = await rest.ask('/campaigns.json', { headers: json, body });
    expect([reply.status, reply.json]).toEqual([413, { detail }]);
  });

  test('in chunks', async () => {
    const reply = await rest.ask('/campaigns.json', { headers: { ...json, 'Transfer-Encoding': 'chunked' }, body });
    expect([reply.status, reply.json]).toEqual([413, { detail }]);
  });

  test('one that just fits is read', async () => {
    const fitting = `{"name": "Fits", "group": "Vets"${' '.repeat(BODY_LIMIT - 33)}}`;
    expect(Buffer.byteLength(fitting)).toBe(BODY_LIMIT);
    expect((await rest.ask('/campaigns.json', { headers: json, body: fitting })).status).toBe(201);
  });
});

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
    { path: '/groups.json?name=%00', status: 200, says: /"results":\[\]/ },
    { path: '/groups.json?name=%ED%A0%80', status: 200, says: /"results":\[\]/ },
    { path: `/groups.json?name=${'x'.repeat(8000)}`, status: 200, says: /"results":\[\]/ },
    { path: '/%zz', status: 404 },
    { path: '/%ff', status: 404 },
    { path: '/campaigns.json%00', status: 404 },
    { path: '/campaigns.json//', status: 404 },
    { path: '/../../package.json', status: 404 },
    { path: '/assets/%2e%2e/routes.ts', status: 404 },
    { path: '/assets/__proto__', status: 404 },
    { path: `/campaigns.json?x=${'x'.repeat(20_000)}`, status: 431 },
  ])('$path', async ({ path, status, says = /(?:)/ }) => {
    const reply = await refused(path, {});
    expect(reply.text).toMatch(says);
    expect(reply.status).toBe(status);
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

describe('what is accepted', () => {
  test.each([
    ['application/json; charset=utf-8', 200],
    ['application/json; indent=4', 200],
    ['text/html, */*; q=0.1', 200],
    ['APPLICATION/JSON', 200],
    ['application/*;q=0.2', 200],
    ['text/*', 406],
    ['application/xml;q=0.9, text/html', 406],
    ['nonsense', 406],
  ])('%s', async (accept, status) => {
    expect((await rest.ask('/groups.json', { headers: { Accept: accept } })).status).toBe(status);
  });
});

describe('credentials', () => {
  test.each([
    ['Token', /No credentials provided/],
    ['Token a b', /should not contain spaces/],
    ['Token \u00ff', /Invalid token/],
    ['Basic', /Invalid basic header\. No credentials provided/],
    ['Basic a b', /Credentials string should not contain spaces/],
    ['Basic YQ', /not correctly base64 encoded/],
    ['Basic YQ==', /not correctly base64 encoded/],
    ['Digest x', /Authentication credentials were not provided/],
  ])('%s', async (authorization, says) => {
    const reply = await refused('/campaigns.json', { headers: { Authorization: authorization } });
    expect([reply.status, reply.text]).toEqual([403, expect.stringMatching(says)]);
  });
});
