import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { searchKey } from '../../src/encoding/fold.ts';
import { Client } from '../support/client.ts';
import type { Connection, ConnectionArguments } from '../support/connection.ts';
import { CONNECTION, expectedPage, orderBy, uuids } from '../support/connection.ts';
import { runsOf } from '../support/engine.ts';
import { compareCodePoints, orderings, pageArguments } from '../support/lists.ts';
import { makeWorkspace } from '../support/workspace.ts';
import { openWorld } from '../support/world.ts';

const world = await openWorld();

describe('a page of groups', () => {
  const LIST_GROUPS = `
    query ($first: Int, $after: String, $last: Int, $before: String, $filter: GroupFilter, $orderBy: GroupOrder) {
      groups(first: $first, after: $after, last: $last, before: $before, filter: $filter, orderBy: $orderBy) ${CONNECTION}
    }`;

  const groupSeeds = fc
    .array(
      fc.record({
        stem: fc.constantFrom('Élèves', 'élan', 'farm', '50%', '日本', '😀', 'Ａ'),
        created: fc.nat({ max: 4 }),
        kind: fc.constantFrom('manual', 'smart', 'status'),
        status: fc.constantFrom('initializing', 'evaluating', 'ready', 'invalid'),
        deleted: fc.integer({ min: 0, max: 5 }).map((chance) => chance === 0),
      }),
      { maxLength: 25 },
    )
    .map((seeds) => seeds.map(({ stem, ...seed }, place) => ({ ...seed, name: `${stem} ${place}` })));

  const groupFilters = fc.record(
    {
      kind: fc.constantFrom('manual', 'smart'),
      statuses: fc.subarray(['initializing', 'evaluating', 'ready', 'invalid']),
      search: fc.constantFrom('ÉL', '1', '%', '_', 'FARM', 'x'),
      name: fc.constantFrom('ÉLÈVES 1', 'farm 2', 'nobody'),
    },
    { requiredKeys: [] },
  );

  it('is right from either end, between any cursors, by any filter', async () => {
    const cases = fc.record({
      seeds: groupSeeds,
      ordering: orderings,
      asked: fc.array(fc.tuple(groupFilters, pageArguments), { minLength: 3, maxLength: 6 }),
    });
    await fc.assert(
      fc.asyncProperty(cases, async ({ seeds, ordering, asked }) => {
        const workspace = await makeWorkspace(world.database, { groups: seeds });
        const client = new Client(world.url, workspace.key);
        type Made = (typeof workspace.groups)[number];
        const order = (a: Made, b: Made) =>
          ((ordering.field === 'created'
            ? a.created - b.created
            : compareCodePoints(a.name.toLowerCase(), b.name.toLowerCase())) || a.id - b.id) *
          (ordering.direction === 'asc' ? 1 : -1);
        const shown = workspace.groups.filter(({ kind, deleted }) => kind !== 'status' && !deleted).toSorted(order);
        const list = async (args: ConnectionArguments, filter: Record<string, unknown>) => {
          const variables = { ...args, filter, orderBy: orderBy(ordering) };
          return (await client.data<{ groups: Connection }>(LIST_GROUPS, variables)).groups;
        };
        const { edges } = await list({ first: 250 }, {});
        expect(uuids(edges.map(({ node }) => node))).toEqual(uuids(shown));

        for (const [
          { kind, statuses, search, name },
          { size, from, after: afterPlace, before: beforePlace },
        ] of asked) {
          const [after, before] = [shown[afterPlace ?? -1], shown[beforePlace ?? -1]];
          const way = from === 'start' ? { first: size } : { last: size };
          const found = await list(
            {
              ...way,
              ...(after && { after: edges[afterPlace ?? -1]?.cursor ?? '' }),
              ...(before && { before: edges[beforePlace ?? -1]?.cursor ?? '' }),
            },
            {
              ...(kind && { kind: kind.toUpperCase() }),
              ...(statuses && { statuses: statuses.map((status) => status.toUpperCase()) }),
              ...(search !== undefined && { search }),
              ...(name !== undefined && { name }),
            },
          );
          const whole = shown.filter(
            (group) =>
              (!kind || group.kind === kind) &&
              (!statuses || statuses.includes(group.status)) &&
              (search === undefined || searchKey(group.name).includes(searchKey(search))) &&
              (name === undefined || group.name.toLowerCase() === name.toLowerCase()),
          );
          const { page, ...facts } = expectedPage(
            whole,
            { ...way, ...(after && { after }), ...(before && { before }) },
            order,
          );
          expect(uuids(found.nodes)).toEqual(uuids(page));
          expect(found).toMatchObject({ totalCount: whole.length, pageInfo: facts });
        }
      }),
      { numRuns: runsOf(50) },
    );
  });
});
