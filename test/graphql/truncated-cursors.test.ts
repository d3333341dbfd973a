import { describe, expect, it } from 'vitest';
import { orderBy } from '../support/connection.ts';
import { ORDERINGS } from '../support/lists.ts';
import { openWorld } from '../support/world.ts';

// The server must not read a cursor without its end as another position.

const world = await openWorld();
const viewer = world.as('viewer');

const orders = ORDERINGS.map((ordering) => {
  const { field, direction } = orderBy(ordering);
  return `{ field: ${field}, direction: ${direction} }`;
});

/** The cursor's beginnings: of every length from 0 to one less than the whole. */
const truncations = (cursor: string) => Array.from(cursor, (_character, length) => cursor.slice(0, length));

describe.each(['campaigns', 'groups'])('%s', (list) => {
  it.each(orders)('refuse every truncation of a cursor of the order %s', async (order) => {
    type Page = { list: { edges: { cursor: string }[] } };
    const query = `query ($after: String) { list: ${list}(first: 3, after: $after, orderBy: ${order}) { edges { cursor } } }`;
    const { list: page } = await viewer.data<Page>(query);
    expect(page.edges).toHaveLength(3);
    for (const { cursor } of page.edges) {
      expect((await viewer.ask(query, { after: cursor })).codes).toEqual([]);
      for (const after of truncations(cursor)) {
        const { codes } = await viewer.ask(query, { after });
        expect([after, codes]).toEqual([after, ['INVALID_CURSOR']]);
      }
    }
  });
});

it('REST refuses every truncation of the cursor in next', async () => {
  const ask = (path: string) => world.rest.ask(path, { as: 'editor' });
  const { next } = (await ask('/campaigns.json')).json as { next: string };
  const cursor = new URL(next).searchParams.get('cursor') ?? '';
  expect((await ask(`/campaigns.json?cursor=${cursor}`)).status).toBe(200);
  for (const truncated of truncations(cursor).filter((text) => text !== '')) {
    const { status, json } = await ask(`/campaigns.json?cursor=${truncated}`);
    expect([truncated, status, json]).toEqual([truncated, 404, { detail: 'Invalid cursor' }]);
  }
});
