import { describe, expect, it } from 'vitest';
import { Client } from '../support/client.ts';
import { makeWorkspace } from '../support/workspace.ts';
import { openWorld } from '../support/world.ts';

// A cursor of a list by name contains a name, and the name may contain the characters that delimit the parts of a cursor.

const world = await openWorld();

const NAMES = [
  ':',
  '::',
  'a',
  'a:',
  ':a',
  'a:b',
  'a:b:c',
  '1:2',
  'c:1:name',
  '{',
  '[1,2]',
  "it's",
  'a b',
  'a%3Ab',
  '😀:',
];

const workspace = await makeWorkspace(world.database, {
  groups: NAMES.map((name) => ({ name })),
  campaigns: NAMES.map((name) => ({ name, created: 0 })),
});
const client = new Client(world.url, workspace.key);

interface Page {
  readonly list: {
    readonly nodes: readonly { readonly name: string }[];
    readonly pageInfo: {
      readonly startCursor: string | null;
      readonly endCursor: string | null;
      readonly hasNextPage: boolean;
      readonly hasPreviousPage: boolean;
    };
  };
}

const ORDERS = ['{ field: NAME, direction: ASC }', '{ field: NAME, direction: DESC }'];

describe.each(['campaigns', 'groups'])('%s', (list) => {
  const page = (args: string) =>
    client.data<Page>(
      `{ list: ${list}(${args}) { nodes { name } pageInfo { startCursor endCursor hasNextPage hasPreviousPage } } }`,
    );

  it.each(ORDERS)('are paged through one by one, forwards and backwards, in the order %s', async (order) => {
    const whole = (await page(`first: 250, orderBy: ${order}`)).list.nodes.map(({ name }) => name);
    expect(whole.toSorted()).toEqual(NAMES.toSorted());

    const forwards: string[] = [];
    for (let bound = ''; ;) {
      const { nodes, pageInfo } = (await page(`first: 1, orderBy: ${order}${bound}`)).list;
      forwards.push(...nodes.map(({ name }) => name));
      if (!pageInfo.hasNextPage || forwards.length > NAMES.length) break;
      bound = `, after: "${pageInfo.endCursor}"`;
    }
    expect(forwards).toEqual(whole);

    const backwards: string[] = [];
    for (let bound = ''; ;) {
      const { nodes, pageInfo } = (await page(`last: 1, orderBy: ${order}${bound}`)).list;
      backwards.unshift(...nodes.map(({ name }) => name));
      if (!pageInfo.hasPreviousPage || backwards.length > NAMES.length) break;
      bound = `, before: "${pageInfo.startCursor}"`;
    }
    expect(backwards).toEqual(whole);
  });
});
