import { describe, expect, test, vi } from 'vitest';
import { tokenKey } from '../support/fixture.ts';
import type { RestReply } from '../support/rest-client.ts';
import { openWorld } from '../support/world.ts';
import { differences } from './support/openapi.ts';

const { rest } = await openWorld();

const BROWSER = 'text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8';
const NO_CREDENTIALS = 'Authentication credentials were not provided.';
const NO_PERMISSION = 'You do not have permission to perform this action.';

/** The problem that a reply describes, as a page or as JSON. */
function problemOf({ json, body }: RestReply): unknown {
  if (json !== undefined) return json;
  return /<p class="problem">The request was refused: (.*?)<\/p>/.exec(body.toString())?.[1];
}

describe('a browser that posts gets the page, and is told why', () => {
  test.each([
    { path: '/', as: null, status: 405, problem: 'Method &#34;POST&#34; not allowed.' },
    { path: '/', as: 'editor2', status: 405, problem: 'Method &#34;POST&#34; not allowed.' },
    { path: '/campaigns', as: null, status: 403, problem: NO_CREDENTIALS },
    { path: '/campaigns', as: 'editor2', status: 403, problem: NO_PERMISSION },
    { path: '/groups', as: null, status: 403, problem: NO_CREDENTIALS },
    { path: '/groups', as: 'admin', status: 403, problem: NO_PERMISSION },
  ] as const)('$path as $as: $status', async ({ path, as, status, problem }) => {
    for (const Accept of [BROWSER, 'text/html']) {
      const reply = await rest.ask(path, { method: 'POST', as, headers: { Accept }, body: 'name=x' });
      expect(reply.status).toBe(status);
      expect(reply.headers.get('content-type')).toBe('text/html; charset=utf-8');
      expect(problemOf(reply)).toBe(problem);
      expect(reply.body.toString()).toContain('<h1>');
    }
    const program = await rest.ask(path, { method: 'POST', as, headers: { Accept: 'application/json' }, body: {} });
    expect(program.status).toBe(status);
    expect(program.json).toEqual({ detail: problem.replaceAll('&#34;', '"') });
  });

  test('a page that is not refused shows no problem', async () => {
    expect(problemOf(await rest.ask('/campaigns', { as: null, headers: { Accept: 'text/html' } }))).toBeUndefined();
  });
});

describe('the pages are rendered once', () => {
  const PAGES = ['/', '/campaigns', '/groups', '/explorer/'];
  const ask = (path: string, Host: string, method = 'GET') =>
    rest.ask(path, { as: null, method, headers: { Accept: 'text/html', Host } });

  test('and have the origin of each request', async () => {
    const parsed = vi.spyOn(JSON, 'parse');
    for (const path of PAGES) await ask(path, 'first.example');
    parsed.mockClear();
    for (const path of PAGES) {
      for (const host of ['second.example:8080', 'third.example', '[::1]:80']) {
        const page = (await ask(path, host)).body.toString();
        expect(page).toContain(`http://${host}/api/v2`);
        expect(page).not.toMatch(/first\.example|localhost:4000/);
      }
    }
    expect(parsed.mock.calls.filter(([text]) => text.length > 50_000)).toEqual([]);
    parsed.mockRestore();
  });

  test('and the reason of a refusal is in no other answer', async () => {
    expect(problemOf(await ask('/campaigns', 'here.example', 'POST'))).toBe(NO_CREDENTIALS);
    expect(problemOf(await ask('/campaigns', 'here.example'))).toBeUndefined();
  });

  test('and a host with quotes or dollars cannot end the texts that it is written in', async () => {
    const host = `a'$&b`;
    const page = (await ask('/campaigns', host)).body.toString();
    expect(page).toContain('http://a%27%24%26b/api/v2');
    const { json } = await rest.ask('/openapi.json', { as: null, headers: { Host: host } });
    expect(json).toMatchObject({ servers: [{ url: `http://${host}/api/v2` }] });
  });
});

describe('the header Accept chooses the form', () => {
  test.each([
    [BROWSER, 'text/html; charset=utf-8'],
    ['text/html', 'text/html; charset=utf-8'],
    ['*/*', 'text/html; charset=utf-8'],
    ['application/json', 'application/json'],
    ['application/json; charset=utf-8', 'application/json'],
    ['application/json; indent=4', 'application/json'],
    ['application/json, text/plain, */*', 'application/json'],
    ['application/*', 'application/json'],
    // The most specific media type decides. Among equally specific ones, the server's order of formats decides. `q` has no effect.
    ['application/json, text/html', 'text/html; charset=utf-8'],
    ['application/json;q=0.9, text/html;q=0.1', 'text/html; charset=utf-8'],
    ['text/html;q=0.1, application/json', 'text/html; charset=utf-8'],
    ['application/*, text/*', 'text/html; charset=utf-8'],
    ['application/json;q=0.5, */*', 'application/json'],
    ['application/json;charset=utf-8, text/html', 'application/json'],
    ['text/html;level=1, application/json', 'text/html; charset=utf-8'],
    // The same result as for addresses with `.json` (52-accept, "XML only").
    ['application/xml', null],
    ['nonsense', null],
  ])('%s: %s', async (accept, type) => {
    for (const path of ['/', '/campaigns', '/groups']) {
      const reply = await rest.ask(path, { as: null, headers: { Accept: accept } });
      expect(reply.status).toBe(type === null ? 406 : 200);
      expect(reply.headers.get('content-type')).toBe(type ?? 'application/json');
    }
  });

  test('what .json says cannot be negotiated away at the root either (52-accept, "a page only")', async () => {
    for (const path of ['/.json', '/.json/', '/.json?format=html']) {
      expect((await rest.ask(path, { as: null, headers: { Accept: 'text/html' } })).status).toBe(406);
      expect((await rest.ask(path, { as: null, headers: { Accept: BROWSER } })).json).toMatchObject({
        campaigns: `${rest.base}/api/v2/campaigns`,
      });
    }
  });
});

describe('an address with .api', () => {
  test.each(['/campaigns', '/groups', '/changes', '/workspace', '/'])(
    '%s is the page, with a slash or without',
    async (path) => {
      const ask = (address: string) => rest.ask(address, { as: null, headers: { Accept: BROWSER } });
      const page = await ask(path);
      for (const suffix of ['.api', '.api/', '.api?format=json']) {
        const reply = await ask(path + suffix);
        expect([reply.status, reply.headers.get('content-type')]).toEqual([200, page.headers.get('content-type')]);
        expect(reply.body.toString()).toBe(page.body.toString());
      }
    },
  );

  test('has no other form', async () => {
    const reply = await rest.ask('/campaigns.api', { as: null, headers: { Accept: 'application/json' } });
    expect(reply.status).toBe(406);
  });

  test('takes no writes', async () => {
    const body = { name: 'By the page', group: 'Vets' };
    expect((await rest.ask('/campaigns.api', { body, headers: { Accept: BROWSER } })).status).toBe(403);
    expect((await rest.ask('/groups.api?uuid=x', { method: 'DELETE', headers: { Accept: BROWSER } })).status).toBe(403);
  });
});

describe('a token is not needed', () => {
  test.each([
    ['Token 1234567890', 'Invalid token'],
    ['Token', 'Invalid token header. No credentials provided.'],
    [`Token ${tokenKey('revoked')}`, 'Invalid token'],
    ['Basic eDp5', 'Invalid token or email'],
  ])('but a wrong one is refused: %s', async (authorization, problem) => {
    for (const path of ['/', '/.json', '/campaigns', '/groups']) {
      for (const Accept of ['application/json', BROWSER]) {
        const reply = await rest.ask(path, { headers: { Authorization: authorization, Accept } });
        expect(reply.status).toBe(403);
        expect(problemOf(reply)).toEqual(reply.json === undefined ? problem : { detail: problem });
      }
    }
  });

  test('and the description has the answers to too many wrong ones, at each address', async () => {
    const strict = await openWorld({ authFailureLimit: { requests: 1, seconds: 60 } });
    const headers = { Authorization: 'Token 1234567890', Accept: '*/*' };
    await strict.rest.ask('/', { headers });
    for (const path of ['/', '/campaigns.json', '/campaigns.csv', '/groups.json', '/changes.json', '/workspace.json']) {
      const reply = await strict.rest.ask(path, { headers });
      expect([path, reply.status]).toEqual([path, 429]);
      expect(differences({ method: 'GET', path: `/api/v2${path}`, headers }, reply)).toEqual([]);
    }
  });

  test('and a right one of any role is taken, and its workspace named', async () => {
    for (const as of ['editor', 'agent', 'viewer'] as const) {
      const { status, headers } = await rest.ask('/.json', { as });
      expect([status, headers.get('x-temba-workspace')]).toEqual([200, '8687b18d-8ce1-4c8b-aedd-3a249018775a']);
    }
  });

  test('and no page has the token with which it was asked for', async () => {
    for (const path of ['/', '/campaigns', '/explorer/']) {
      const { status, body } = await rest.ask(path, { as: 'editor', headers: { Accept: 'text/html' } });
      expect([path, status, body.includes(tokenKey('editor'))]).toEqual([path, 200, false]);
    }
  });

  test('another scheme is no credentials (10-auth, "another scheme")', async () => {
    const headers = { Authorization: 'Bearer x' };
    expect((await rest.ask('/.json', { headers })).status).toBe(200);
  });
});

describe('beside REST v2', () => {
  const ask = (path: string, method: string) => fetch(rest.base + path, { method, redirect: 'manual' });

  test.each(['GET', 'HEAD', 'POST', 'PUT', 'DELETE', 'OPTIONS'])('%s /api/ leads to /api/v2/', async (method) => {
    for (const path of ['/api/', '/api', '/api/?format=json']) {
      const response = await ask(path, method);
      expect([response.status, response.headers.get('location')]).toEqual([302, '/api/v2/']);
    }
  });

  test('other versions are not found', async () => {
    expect((await ask('/api/v1/', 'GET')).status).toBe(404);
    expect((await ask('/api/v3/', 'GET')).status).toBe(404);
  });

  test('search engines are asked to stay away', async () => {
    const response = await ask('/robots.txt', 'GET');
    expect(response.headers.get('content-type')).toBe('text/plain; charset=utf-8');
    expect(await response.text()).toBe('User-agent: *\nDisallow: /\n');
  });
});
