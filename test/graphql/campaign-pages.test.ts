import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { rebuildDerivedData } from '../../src/model/derived-data.ts';
import type { Connection, ConnectionArguments } from '../support/connection.ts';
import { cursorsOf, expectedPage, LIST_CAMPAIGNS, lister, uuids } from '../support/connection.ts';
import { runsOf } from '../support/engine.ts';
import { campaignSeeds, compare, filters, GROUPS, listed, orderings, pageArguments } from '../support/lists.ts';
import type { CampaignSeed, MadeCampaign } from '../support/workspace.ts';
import { makeWorkspace } from '../support/workspace.ts';
import { openWorld } from '../support/world.ts';

const world = await openWorld();

/** Deletes campaigns directly in the database, as if another client had done it. */
async function remove(gone: readonly MadeCampaign[]): Promise<void> {
  await world.database.administer(async (session) => {
    await session.db
      .updateTable('campaigns')
      .set({ is_active: 0 })
      .where(
        'id',
        'in',
        gone.map(({ id }) => id),
      )
      .execute();
    await rebuildDerivedData(session);
  });
}

describe('a page of campaigns', () => {
  it('is right from either end, between any cursors, also those of deleted campaigns', async () => {
    const cases = fc.record({
      seeds: campaignSeeds(30),
      later: campaignSeeds(5),
      gone: fc.array(fc.nat({ max: 30 }), { maxLength: 8 }),
      ordering: orderings,
      asked: fc.array(fc.tuple(filters, pageArguments), { minLength: 4, maxLength: 8 }),
    });
    await fc.assert(
      fc.asyncProperty(cases, async ({ seeds, later, gone, ordering, asked }) => {
        const workspace = await makeWorkspace(world.database, { groups: GROUPS, campaigns: seeds });
        const known = await cursorsOf(world.url, workspace, ordering);
        const places = workspace.campaigns.filter(({ uuid }) => known.has(uuid));

        const removed = places.filter((_campaign, place) => gone.includes(place));
        if (removed.length) await remove(removed);
        const added = await workspace.add(later.map((seed) => ({ ...seed, name: `later ${seed.name}` })));
        const there = [...workspace.campaigns.filter((campaign) => !removed.includes(campaign)), ...added];

        const list = lister(world.url, workspace);
        for (const [filter, { size, from, after: afterPlace, before: beforePlace }] of asked) {
          const [after, before] = [places[afterPlace ?? -1], places[beforePlace ?? -1]];
          const way = from === 'start' ? { first: size } : { last: size };
          const found = await list(
            {
              ...way,
              ...(after && { after: known.get(after.uuid) ?? '' }),
              ...(before && { before: known.get(before.uuid) ?? '' }),
            },
            filter,
            ordering,
          );
          const whole = listed(there, filter, ordering);
          const { page, ...facts } = expectedPage(
            whole,
            { ...way, ...(after && { after }), ...(before && { before }) },
            (a, b) => compare(a, b, ordering),
          );
          expect(uuids(found.nodes)).toEqual(uuids(page));
          expect(found).toEqual({
            totalCount: whole.length,
            edges: found.nodes.map((node, place) => ({ cursor: found.edges[place]?.cursor, node })),
            nodes: found.nodes,
            pageInfo: {
              ...facts,
              startCursor: found.edges.at(0)?.cursor ?? null,
              endCursor: found.edges.at(-1)?.cursor ?? null,
            },
          });
        }
      }),
      { numRuns: runsOf(80) },
    );
  });

  it.each(['start', 'end'] as const)(
    'misses nothing and repeats nothing, page after page from the %s, while campaigns are added and deleted',
    async (from) => {
      const cases = fc.record({
        seeds: campaignSeeds(24),
        ordering: orderings,
        size: fc.integer({ min: 1, max: 5 }),
        between: fc.infiniteStream(fc.record({ gone: fc.nat({ max: 24 }), later: campaignSeeds(2) })),
      });
      await fc.assert(
        fc.asyncProperty(cases, async ({ seeds, ordering, size, between }) => {
          const workspace = await makeWorkspace(world.database, { groups: GROUPS, campaigns: seeds });
          const list = lister(world.url, workspace);
          const gone = new Set<string>();
          const all = [...workspace.campaigns];
          const seen: string[] = [];
          let cursor: string | null = null;
          for (let pages = 0; ; pages += 1) {
            const page: Connection = await list(
              from === 'start'
                ? { first: size, ...(cursor !== null && { after: cursor }) }
                : { last: size, ...(cursor !== null && { before: cursor }) },
              {},
              ordering,
            );
            if (from === 'start') seen.push(...uuids(page.nodes));
            else seen.unshift(...uuids(page.nodes));
            const { hasNextPage, hasPreviousPage, startCursor, endCursor } = page.pageInfo;
            cursor = from === 'start' ? endCursor : startCursor;
            if (!(from === 'start' ? hasNextPage : hasPreviousPage)) break;

            // Campaigns are added only during the first five pages. Otherwise the loop might never end.
            const { gone: place, later }: { gone: number; later: CampaignSeed[] } = between.next().value;
            const victim = workspace.campaigns[place];
            if (victim && !victim.deleted) {
              gone.add(victim.uuid);
              await remove([victim]);
            }
            if (pages < 5)
              all.push(
                ...(await workspace.add(later.map((seed) => ({ ...seed, name: `${pages} later ${seed.name}` })))),
              );
          }
          expect(new Set(seen).size).toBe(seen.length);
          const ordered = uuids(listed(all, {}, ordering));
          expect(seen).toEqual(ordered.filter((uuid) => seen.includes(uuid)));
          const stayed = listed(workspace.campaigns, {}, ordering).filter(({ uuid }) => !gone.has(uuid));
          expect(uuids(stayed).filter((uuid) => !seen.includes(uuid))).toEqual([]);
        }),
        { numRuns: runsOf(30) },
      );
    },
  );

  it('is the same again when it is reached backwards from the next page', async () => {
    const list = (args: ConnectionArguments) =>
      world.as('viewer').data<{ campaigns: Connection }>(LIST_CAMPAIGNS, { ...args, filter: { archived: null } });
    const { campaigns: first } = await list({ first: 250 });
    const { campaigns: second } = await list({ first: 250, after: first.pageInfo.endCursor ?? '' });
    const { campaigns: back } = await list({ last: 250, before: second.pageInfo.startCursor ?? '' });
    expect(back).toEqual(first);
    const { campaigns: between } = await list({
      first: 250,
      after: first.edges[9]?.cursor ?? '',
      before: second.edges[9]?.cursor ?? '',
    });
    expect(uuids(between.nodes)).toEqual(
      [...uuids(first.nodes).slice(10), ...uuids(second.nodes).slice(0, 9)].slice(0, 250),
    );
    expect(between.pageInfo).toMatchObject({ hasNextPage: true, hasPreviousPage: true });
  });

  it('has 50 campaigns, newest first, without arguments', async () => {
    const { campaigns } = await world
      .as('viewer')
      .data<{ campaigns: { nodes: { createdOn: string }[] } }>('{ campaigns { nodes { createdOn } } }');
    const times = campaigns.nodes.map(({ createdOn }) => createdOn);
    expect(times).toHaveLength(50);
    expect(times).toEqual(times.toSorted().toReversed());
  });

  it('is in ascending order when only the field is given', async () => {
    const ask = async (order: string) => {
      const query = `{ campaigns(first: 250, orderBy: ${order}) { nodes { name } } }`;
      const { campaigns } = await world.as('admin4').data<{ campaigns: { nodes: { name: string }[] } }>(query);
      return campaigns.nodes.map(({ name }) => name);
    };
    expect(await ask('{ field: NAME }')).toEqual(await ask('{ field: NAME, direction: ASC }'));
    expect((await ask('{ field: NAME }'))[0]).not.toBe((await ask('{ field: NAME, direction: DESC }'))[0]);
  });
});
