import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Client } from '../support/client.ts';
import type { Connection } from '../support/connection.ts';
import { CONNECTION, cursorsOf, expectedPage, filterInput, orderBy, uuids } from '../support/connection.ts';
import { runsOf } from '../support/engine.ts';
import { campaignSeeds, compare, filters, GROUPS, listed, orderings, pageArguments } from '../support/lists.ts';
import { makeWorkspace } from '../support/workspace.ts';
import { openWorld } from '../support/world.ts';

const world = await openWorld();

describe('the campaigns of each group in a page of groups', () => {
  const NESTED = `
    query ($first: Int, $after: String, $last: Int, $before: String, $filter: CampaignFilter, $orderBy: CampaignOrder) {
      groups(first: 10) {
        nodes {
          name
          campaigns(first: $first, after: $after, last: $last, before: $before, filter: $filter, orderBy: $orderBy) ${CONNECTION}
        }
      }
    }`;

  it('are right for each group, by any filter and between any cursors', async () => {
    const cases = fc.record({
      seeds: campaignSeeds(30),
      ordering: orderings,
      asked: fc.array(fc.tuple(filters, pageArguments), { minLength: 2, maxLength: 4 }),
    });
    await fc.assert(
      fc.asyncProperty(cases, async ({ seeds, ordering, asked }) => {
        const workspace = await makeWorkspace(world.database, { groups: GROUPS, campaigns: seeds });
        const client = new Client(world.url, workspace.key);
        const known = await cursorsOf(world.url, workspace, ordering);
        const places = workspace.campaigns.filter(({ uuid }) => known.has(uuid));
        for (const [asksFor, { size, from, after: afterPlace, before: beforePlace }] of asked) {
          const [after, before] = [places[afterPlace ?? -1], places[beforePlace ?? -1]];
          const way = from === 'start' ? { first: size } : { last: size };
          const { groups } = await client.data<{ groups: { nodes: { name: string; campaigns: Connection }[] } }>(
            NESTED,
            {
              ...way,
              ...(after && { after: known.get(after.uuid) }),
              ...(before && { before: known.get(before.uuid) }),
              filter: filterInput(asksFor),
              orderBy: orderBy(ordering),
            },
          );
          expect(groups.nodes.map(({ name }) => name).toSorted()).toEqual(GROUPS.map(({ name }) => name).toSorted());
          for (const { name, campaigns } of groups.nodes) {
            // Group.campaigns ignores the filter's group, because all its campaigns belong to the same group.
            const whole = listed(workspace.campaigns, { ...asksFor, group: { name } }, ordering);
            const { page, ...facts } = expectedPage(
              whole,
              { ...way, ...(after && { after }), ...(before && { before }) },
              (a, b) => compare(a, b, ordering),
            );
            expect(uuids(campaigns.nodes)).toEqual(uuids(page));
            expect(uuids(campaigns.edges.map(({ node }) => node))).toEqual(uuids(page));
            expect(campaigns).toMatchObject({ totalCount: whole.length, pageInfo: facts });
          }
        }
      }),
      { numRuns: runsOf(50) },
    );
  });

  it('are right for more groups than one statement can read for', async () => {
    const groups = Array.from({ length: 600 }, (_, n) => ({
      // The groups that are neither among the first nor among the last by creation come last by name.
      name: `${n >= 250 && n < 350 ? 'Middle' : 'Group'} ${n}`,
      created: n,
    }));
    const workspace = await makeWorkspace(world.database, {
      groups,
      campaigns: groups.map(({ name }, group) => ({ name: `Campaign of ${name}`, group, created: group })),
    });
    const selected = 'nodes { name campaigns(first: 1) { nodes { name } totalCount } }';
    const ordered = 'orderBy: { field: CREATED }';
    const pages = await new Client(world.url, workspace.key).data<
      Record<string, { nodes: { name: string; campaigns: { nodes: { name: string }[]; totalCount: number } }[] }>
    >(
      `{ a: groups(first: 250, ${ordered}) { ${selected} } b: groups(last: 250, ${ordered}) { ${selected} } c: groups(first: 100, orderBy: { field: NAME, direction: DESC }) { ${selected} } d: groups(first: 100) { ${selected} } }`,
    );
    const read = Object.values(pages).flatMap(({ nodes }) => nodes);
    expect(new Set(read.map(({ name }) => name)).size).toBeGreaterThan(500);
    for (const { name, campaigns } of read) {
      expect(campaigns).toEqual({ nodes: [{ name: `Campaign of ${name}` }], totalCount: 1 });
    }
  });
});
