import { describe, expect, it } from 'vitest';
import { tokenKey } from '../support/fixture.ts';
import { openWorld } from '../support/world.ts';

const FRONTEND = 'https://frontend.example';
const OTHER = 'https://other.example';

const closed = await openWorld();
const listed = await openWorld({ corsOrigins: ['https://first.example', FRONTEND] });
const open = await openWorld({ corsOrigins: '*' });

const SURFACES = [
  ['GraphQL', '/graphql'],
  ['REST', '/api/v2/groups.json'],
] as const;

/** Sends the preflight request that browsers send before a request with these headers. */
function preflight(url: string, origin: string): Promise<Response> {
  return fetch(url, {
    method: 'OPTIONS',
    headers: {
      origin,
      'access-control-request-method': 'POST',
      'access-control-request-headers': 'authorization,content-type,idempotency-key,if-none-match',
    },
  });
}

/** The answers to two requests: one with a right token, and one with a wrong token. */
async function answers(url: string, origin: string): Promise<Response[]> {
  const query = `?query=${encodeURIComponent('{ viewer { role } }')}`;
  return Promise.all(
    [tokenKey('admin'), 'wrong'].map((key) =>
      fetch(url.endsWith('/graphql') ? url + query : url, { headers: { origin, authorization: `Token ${key}` } }),
    ),
  );
}

const corsHeaders = ({ headers }: Response) => [...headers.keys()].filter((name) => name.startsWith('access-control'));

describe.each(SURFACES)('a page of another site that calls %s', (_surface, path) => {
  it.each([
    ['no site is named', closed.url, FRONTEND],
    ['other sites are named', listed.url, OTHER],
    ['the site is named with another scheme', listed.url, 'http://frontend.example'],
    ['a part of its name is named', listed.url, 'https://frontend.example.attacker.example'],
    ['its origin is hidden', listed.url, 'null'],
  ])('gets no CORS headers where %s', async (_what, base, origin) => {
    const before = await preflight(base + path, origin);
    expect(before.status).toBe(204);
    const [right, wrong] = await answers(base + path, origin);
    expect(right?.status).toBe(200);
    expect(wrong?.ok).toBe(false);
    for (const response of [before, right, wrong]) expect(response && corsHeaders(response)).toEqual([]);
  });

  it.each([
    ['it is named', listed.url, FRONTEND],
    ['all sites are', open.url, '*'],
  ])(
    'may send a token and JSON, and read the answer and why it was refused, where %s',
    async (_what, base, allowed) => {
      const before = await preflight(base + path, FRONTEND);
      expect(before.status).toBe(204);
      expect(before.headers.get('access-control-allow-origin')).toBe(allowed);
      expect(before.headers.get('access-control-allow-methods')).toBe('GET,HEAD,POST,DELETE');
      const sent = 'authorization,content-type,idempotency-key,if-none-match';
      expect(before.headers.get('access-control-allow-headers')).toBe(sent);
      // Without this header browsers send no credentials of their own, such as cookies.
      expect(before.headers.has('access-control-allow-credentials')).toBe(false);

      for (const response of await answers(base + path, FRONTEND)) {
        expect(response.headers.get('access-control-allow-origin')).toBe(allowed);
        expect(response.headers.get('access-control-expose-headers')).toBe(
          'content-disposition,etag,retry-after,x-request-id,x-temba-workspace',
        );
      }
    },
  );

  it('is told apart by caches, also in what other clients get', async () => {
    const authorization = `Token ${tokenKey('admin')}`;
    for (const headers of [{ authorization, origin: FRONTEND }, { authorization, origin: OTHER }, { authorization }]) {
      expect((await fetch(listed.url + path, { headers })).headers.get('vary')).toMatch(/origin/i);
    }
  });
});

it('is no reason to answer OPTIONS of other clients', async () => {
  const options = (headers: Record<string, string>) =>
    fetch(`${open.url}/api/v2/groups.json`, { method: 'OPTIONS', headers });
  expect((await options({ origin: FRONTEND })).status).toBe(405);
  expect((await options({ authorization: `Token ${tokenKey('admin')}` })).status).toBe(405);
});
