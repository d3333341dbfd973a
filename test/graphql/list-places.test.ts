import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { foldName } from '../../src/encoding/fold.ts';
import type { Ordering } from '../../src/model/page.ts';
import { formatTime } from '../../src/model/time.ts';
import { Client } from '../support/client.ts';
import type { Connection } from '../support/connection.ts';
import { CONNECTION, filterInput, orderBy, uuids } from '../support/connection.ts';
import { runsOf } from '../support/engine.ts';
import {
  campaignSeeds,
  compareCodePoints,
  filters,
  GROUPS,
  listed,
  orderings,
  pageSizes,
  TIMESTAMPS,
} from '../support/lists.ts';
import type { MadeCampaign } from '../support/workspace.ts';
import { makeWorkspace } from '../support/workspace.ts';
import { openWorld } from '../support/world.ts';

const world = await openWorld();
const viewer = world.as('viewer');

const LIST = `
  query ($first: Int, $last: Int, $startAt: ListPlace, $filter: CampaignFilter, $orderBy: CampaignOrder) {
    campaigns(first: $first, last: $last, startAt: $startAt, filter: $filter, orderBy: $orderBy) ${CONNECTION}
  }`;

const PLACES = {
  name: fc.constantFrom('', 'a', 'É', 'STRASSE1', 'ςας', 'z', '50%', '日', '\u{10FFFF}'),
  created: fc.constantFrom(...TIMESTAMPS, 0, 1_650_000_000_000_000),
};

/** Whether a campaign comes before this key in the list. */
function isBefore({ name, created }: MadeCampaign, { field, direction }: Ordering, place: string | number): boolean {
  const difference = field === 'name' ? compareCodePoints(foldName(name), foldName(String(place))) : created - +place;
  return direction === 'asc' ? difference < 0 : difference > 0;
}

describe('a page of campaigns at a place in the list', () => {
  it('has what follows the place, or what comes before it, in any order and by any filter', async () => {
    const cases = fc.record({
      seeds: campaignSeeds(40),
      filter: filters,
      ordering: orderings,
      size: pageSizes,
      ...PLACES,
    });
    await fc.assert(
      fc.asyncProperty(cases, async ({ seeds, filter, ordering, size, name, created }) => {
        const workspace = await makeWorkspace(world.database, { groups: GROUPS, campaigns: seeds });
        const client = new Client(world.url, workspace.key);
        const list = listed(workspace.campaigns, filter, ordering);
        const place = ordering.field === 'name' ? name : created;
        const startAt = ordering.field === 'name' ? { name } : { createdOn: formatTime(created) };
        const [before, after] = [true, false].map((is) => list.filter((one) => isBefore(one, ordering, place) === is));
        const ask = async (way: object) => {
          const variables = { ...way, startAt, filter: filterInput(filter), orderBy: orderBy(ordering) };
          return (await client.data<{ campaigns: Connection }>(LIST, variables)).campaigns;
        };

        const forwards = await ask({ first: size });
        expect(uuids(forwards.nodes)).toEqual(uuids(after?.slice(0, size) ?? []));
        expect(forwards.totalCount).toBe(list.length);
        expect(forwards.pageInfo).toMatchObject({
          hasNextPage: (after?.length ?? 0) > size,
          hasPreviousPage: before?.length !== 0,
        });
        const backwards = await ask({ last: size });
        expect(uuids(backwards.nodes)).toEqual(uuids(before?.slice(-size) ?? []));
        expect(backwards.pageInfo).toMatchObject({
          hasNextPage: after?.length !== 0,
          hasPreviousPage: (before?.length ?? 0) > size,
        });
      }),
      { numRuns: runsOf(60) },
    );
  });

  it.each([
    ['CREATED', '{ createdOn: "2024-01-01" }'],
    ['NAME', '{ name: "M" }'],
  ])('by %s runs the statement of a page after a cursor', async (field, place) => {
    const order = `orderBy: { field: ${field}, direction: ASC }`;
    const { text } = await viewer.ask(`{ campaigns(first: 1, ${order}) { pageInfo { endCursor } } }`);
    const cursor = /"endCursor":"([^"]+)"/.exec(text)?.[1];
    const statements = async (args: string) => {
      const from = world.statements.length;
      await viewer.data(`{ campaigns(first: 50, ${order}, ${args}) { nodes { uuid } } }`);
      const run = world.statements.slice(from).filter((statement) => statement.includes('from "campaigns"'));
      return run.map((statement) => statement.replaceAll(/'[^']*'|\b\d+(\.\d+)?(e\+\d+)?\b/g, '?'));
    };
    const expected = await statements(`after: "${cursor}"`);
    expect(expected).toHaveLength(1);
    expect(await statements(`startAt: ${place}`)).toEqual(expected);
  });
});

it('groups have places too', async () => {
  const { groups } = await viewer.data<{ groups: { nodes: { name: string }[] } }>(
    '{ groups(first: 1, startAt: { name: "REPORT" }, orderBy: { field: NAME }) { nodes { name } } }',
  );
  expect(groups.nodes).toEqual([{ name: 'Reporters' }]);
});

it.each([
  ['a place of another order', 'startAt: { name: "M" }', 'by the field that the list is ordered by'],
  ['a cursor in addition', 'startAt: { createdOn: "2024-01-01" }, after: "x"', 'not both'],
])('refuses %s', async (_what, args, message) => {
  const { codes, errors } = await viewer.ask(`{ campaigns(first: 1, ${args}) { totalCount } }`);
  expect(codes).toEqual(['BAD_USER_INPUT']);
  expect(errors[0]?.message).toContain(message);
});

it.each(['a\0', '\ud83d'])('refuses a name that no database can hold', async (name) => {
  const { codes, errors } = await viewer.ask(LIST, { first: 1, startAt: { name }, orderBy: { field: 'NAME' } });
  expect(codes).toEqual(['BAD_USER_INPUT']);
  expect(errors[0]?.message).toContain('no name can have');
});
