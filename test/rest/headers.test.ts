import { describe, expect, test } from 'vitest';
import { fixture, tokenKey } from '../support/fixture.ts';
import type { RestRequest } from '../support/rest-client.ts';
import { openWorld } from '../support/world.ts';
import { expectNoInsides } from './support/insides.ts';

const { rest } = await openWorld();

describe('the header Accept', () => {
  test.each([
    ['application/json; charset=utf-8', 200],
    ['application/json; indent=4', 200],
    ['text/html, */*; q=0.1', 200],
    ['APPLICATION/JSON', 200],
    ['application/*;q=0.2', 200],
    ['text/*', 406],
    ['application/xml;q=0.9, text/html', 406],
    ['nonsense', 406],
    ['application/json/x', 406],
  ])('%s', async (accept, status) => {
    expect((await rest.ask('/groups.json', { headers: { Accept: accept } })).status).toBe(status);
  });

  test.each([
    ['application/json; indent=4', 4],
    ['application/json;q=0.8;INDENT="2"', 2],
    ['*/*; indent=1', 1],
    ['text/html; indent=4, application/json', 0],
    ['application/json; indent=3, */*; indent=1', 3],
    ['application/json; indent=99', 8],
    ['application/json; indent=-1', 0],
    ['application/json; indent=x', 0],
  ])('%s indents the answer by %i', async (accept, spaces) => {
    for (const path of ['/groups.json', '/groups.json?uuid=none']) {
      const { body, json, headers } = await rest.ask(path, { headers: { Accept: accept } });
      expect(body.toString()).toBe(JSON.stringify(json, null, spaces));
      expect(headers.get('content-type')).toBe('application/json');
    }
  });
});

describe('the header Authorization', () => {
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
    const reply = await rest.ask('/campaigns.json', { headers: { Authorization: authorization } });
    const text = expectNoInsides(reply);
    expect([reply.status, text]).toEqual([403, expect.stringMatching(says)]);
  });

  test('Basic needs the padding of base64, and may have more', async () => {
    const credentials = Buffer.from(`${email('editor2')}:${tokenKey('editor2')}`).toString('base64');
    // The test needs credentials whose base64 form ends with padding.
    expect(credentials).toMatch(/=$/);
    const ask = (value: string) => rest.ask('/groups.json', { headers: { Authorization: `Basic ${value}` } });
    for (const right of [credentials, `${credentials}=`]) expect((await ask(right)).status).toBe(200);
    const { status, json: answer } = await ask(credentials.replace(/=$/, ''));
    expect(status).toBe(403);
    expect(answer).toEqual({ detail: 'Invalid basic header. Credentials not correctly base64 encoded.' });
  });
});

describe('the headers Allow and Vary', () => {
  const CAMPAIGNS = 'GET, POST, HEAD, OPTIONS';
  const GROUPS = 'GET, POST, DELETE, HEAD, OPTIONS';
  const unknown = '00000000-0000-4000-8000-000000000000';

  test.each<{ path: string; ask?: RestRequest; status: number; allow: string }>([
    { path: '/campaigns.json', status: 200, allow: CAMPAIGNS },
    { path: '/campaigns.json/', status: 200, allow: CAMPAIGNS },
    { path: '/campaigns.json', ask: { method: 'HEAD' }, status: 200, allow: CAMPAIGNS },
    { path: '/campaigns.json', ask: { body: { name: 'Headers', group: 'Vets' } }, status: 201, allow: CAMPAIGNS },
    { path: '/campaigns.json?uuid=x', status: 400, allow: CAMPAIGNS },
    { path: '/campaigns.json', ask: { as: null }, status: 403, allow: CAMPAIGNS },
    { path: '/campaigns.json', ask: { as: 'agent' }, status: 403, allow: CAMPAIGNS },
    { path: `/campaigns.json?uuid=${unknown}`, ask: { body: {} }, status: 404, allow: CAMPAIGNS },
    { path: '/campaigns.json?cursor=x', status: 404, allow: CAMPAIGNS },
    { path: '/campaigns.json', ask: { method: 'OPTIONS' }, status: 405, allow: CAMPAIGNS },
    { path: '/campaigns.json', ask: { method: 'DELETE' }, status: 405, allow: CAMPAIGNS },
    { path: '/campaigns.json', ask: { headers: { Accept: 'text/html' } }, status: 406, allow: CAMPAIGNS },
    { path: '/campaigns.json', ask: { method: 'POST', body: 'x' }, status: 415, allow: CAMPAIGNS },
    { path: '/groups.json', status: 200, allow: GROUPS },
    { path: '/groups.json', ask: { method: 'DELETE' }, status: 400, allow: GROUPS },
    { path: '/campaigns', status: 200, allow: CAMPAIGNS },
    { path: '/groups', ask: { method: 'POST' }, status: 403, allow: GROUPS },
    { path: '/', status: 200, allow: 'GET, HEAD, OPTIONS' },
    { path: '/.json', ask: { method: 'POST' }, status: 405, allow: 'GET, HEAD, OPTIONS' },
  ])('$path $ask: $status', async ({ path, ask, status, allow }) => {
    const reply = await rest.ask(path, ask);
    expect(reply.status).toBe(status);
    expect(reply.headers.get('allow')).toBe(allow);
    // The caller's cache may keep this response, and the response depends on the caller. So Vary also names Authorization.
    const kept = status === 200 && path.includes('s.json');
    expect(reply.headers.get('vary')).toBe(kept ? 'Accept, Authorization, Accept-Encoding' : 'Accept');
  });

  test('Vary names the encoding as well where the client takes one', async () => {
    const { headers } = await rest.ask('/campaigns.json?uuid=x', {
      as: 'editor',
      headers: { 'Accept-Encoding': 'identity' },
    });
    expect(headers.get('vary')).toBe('Accept, Accept-Encoding');
  });

  test('an address that does not exist has no methods', async () => {
    const { headers } = await rest.ask('/nothing.json');
    expect([headers.get('allow'), headers.get('vary')]).toEqual([undefined, undefined]);
  });
});

test.each([
  { path: '/campaigns.json', accept: 'text/html', method: 'GET' },
  { path: '/campaigns', accept: 'image/png', method: 'GET' },
  { path: '/', accept: 'image/png', method: 'POST' },
])('a 406 of $path names the workspace of a known token', async ({ path, accept, method }) => {
  const known = await rest.ask(path, { as: 'editor', method, headers: { Accept: accept } });
  expect([known.status, known.headers.get('x-temba-workspace')]).toEqual([
    406,
    expect.stringMatching(/^[\da-f-]{36}$/),
  ]);
  const unknown = await rest.ask(path, { as: null, method, headers: { Accept: accept, Authorization: 'Token x' } });
  expect([unknown.status, unknown.headers.get('x-temba-workspace')]).toEqual([406, undefined]);
});

describe('what is refused first', () => {
  test.each<{ what: string; ask: RestRequest; status: number }>([
    {
      what: 'the Accept header, before a wrong token',
      ask: { method: 'PUT', headers: { Accept: 'text/html', Authorization: 'Token x' } },
      status: 406,
    },
    {
      what: 'a wrong token, before the method',
      ask: { method: 'PUT', headers: { Authorization: 'Token x' } },
      status: 403,
    },
    { what: 'the method, before missing credentials', ask: { method: 'PUT', as: null }, status: 405 },
    { what: 'the method, before the role', ask: { method: 'PUT', as: 'agent' }, status: 405 },
    {
      what: 'missing credentials, before the parameters and the body',
      ask: { method: 'POST', as: null, body: '{' },
      status: 403,
    },
  ])('$what', async ({ ask, status }) => {
    expect((await rest.ask('/campaigns.json?uuid=x', ask)).status).toBe(status);
  });
});

/** The e-mail address of the user of one of the fixture's tokens. */
function email(name: string): string {
  const token = fixture.tokens.find((one) => one.name === name);
  return fixture.users.find(({ id }) => id === token?.user_id)?.email ?? '';
}
