import { expect, it } from 'vitest';
import { openWorld } from '../support/world.ts';
import { tokenKey } from '../support/fixture.ts';

const world = await openWorld({ rateLimit: { requests: 5, seconds: 3600 } });

interface Seen {
  readonly viewer: {
    readonly rateLimit: { readonly limit: number; readonly remaining: number; readonly resetAt: string };
  };
}

it('counts the requests of a workspace over all its tokens, GraphQL and REST together, and refuses those beyond the limit', async () => {
  const ask = (token: 'admin' | 'editor') =>
    world.as(token).ask<Seen>('{ viewer { rateLimit { limit remaining resetAt } } }');
  const first = await ask('admin');
  expect(first.data?.viewer.rateLimit).toMatchObject({ limit: 5, remaining: 4 });
  expect(Date.parse(first.data?.viewer.rateLimit.resetAt ?? '') - Date.now()).toBeGreaterThan(3_500_000);
  expect((await ask('editor')).data?.viewer.rateLimit.remaining).toBe(3);

  const rest = () =>
    fetch(`${world.url}/api/v2/groups.json`, { headers: { authorization: `Token ${tokenKey('admin')}` } });
  expect((await rest()).status).toBe(200);
  expect((await ask('admin')).data?.viewer.rateLimit.remaining).toBe(1);
  expect((await ask('admin')).data?.viewer.rateLimit.remaining).toBe(0);

  const refused = await ask('editor');
  expect([refused.status, refused.codes]).toEqual([429, ['RATE_LIMITED']]);
  expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(3_500);
  expect((await rest()).status).toBe(429);

  expect((await world.as('admin2').ask('{ viewer { role } }')).status).toBe(200);
});

it('does not count a request whose caller is unknown', async () => {
  for (let i = 0; i < 10; i += 1) expect((await world.as(null).ask('{ viewer { role } }')).status).toBe(401);
  expect((await world.as('editor5').ask<Seen>('{ viewer { rateLimit { remaining } } }')).data).toMatchObject({
    viewer: { rateLimit: { remaining: 4 } },
  });
});
