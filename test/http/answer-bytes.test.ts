import { gunzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { send } from '../contract/wire.ts';
import { tokenKey } from '../support/fixture.ts';
import { openWorld } from '../support/world.ts';

const world = await openWorld();
const NAMES = ['Élevage', 'Ελλάδα', 'كمبين', '活动', '😀 fun', 'back-to-back'];
for (const name of NAMES) {
  await world
    .as('admin')
    .data('mutation ($name: String!) { createGroup(input: { name: $name }) { group { id } } }', { name });
}
const headers = { authorization: `Token ${tokenKey('admin')}` };

describe('names in every script arrive as they are', () => {
  it.each([
    ['REST', { method: 'GET', path: '/api/v2/groups.json', headers }],
    [
      'GraphQL',
      {
        method: 'POST',
        path: '/graphql',
        headers: { ...headers, 'content-type': 'application/json' },
        body: Buffer.from('{"query":"{ groups { nodes { id uuid name createdOn } } }"}'),
      },
    ],
  ])('over %s, compressed or not', async (_what, request) => {
    const plain = await send(world.url, request);
    expect(plain.headers.get('content-length')).toBe(String(plain.body.length));
    for (const name of NAMES) expect(plain.body.toString()).toContain(`"name":"${name}"`);
    const gzip = await send(world.url, { ...request, headers: { ...request.headers, 'accept-encoding': 'gzip' } });
    expect(gzip.headers.get('content-encoding')).toBe('gzip');
    expect(gunzipSync(gzip.body).equals(plain.body)).toBe(true);
  });
});
