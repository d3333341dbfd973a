import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { CampaignFilter } from '../../src/model/campaign.ts';
import type { Ordering } from '../../src/model/page.ts';
import { Client } from '../support/client.ts';
import type { Connection, ConnectionArguments } from '../support/connection.ts';
import { CONNECTION, expectedPage, filterInput, LIST_CAMPAIGNS, orderBy } from '../support/connection.ts';
import {
  campaignSeeds,
  compare,
  compareCodePoints,
  filters,
  GROUPS,
  listed,
  orderings,
  pageSizes,
} from '../support/lists.ts';
import type { CampaignSeed, MadeCampaign, MadeWorkspace } from '../support/workspace.ts';
import { makeWorkspace } from '../support/workspace.ts';
import { openWorld } from '../support/world.ts';

const world = await openWorld();

/** A workspace's campaigns as its own token sees them. */
function lister(workspace: MadeWorkspace) {
  const client = new Client(world.url, workspace.key);
  return async (args: ConnectionArguments, filter: CampaignFilter, ordering: Ordering): Promise<Connection> => {
    const variables = { ...args, filter: filterInput(filter), orderBy: orderBy(ordering) };
    return (await client.data<{ campaigns: Connection }>(LIST_CAMPAIGNS, variables)).campaigns;
  };
}

/** The cursor of every campaign in an order, archived or not. */
async function cursors(workspace: MadeWorkspace, ordering: Ordering): Promise<Map<string, string>> {
  const { edges } = await lister(workspace)({ first: 250 }, { archived: null }, ordering);
  return new Map(edges.map(({ cursor, node }) => [node.uuid, cursor]));
}

/** Deletes campaigns as if another caller had done so. */
async function remove(gone: readonly MadeCampaign[]): Promise<void> {
  await world.database.administer(({ db }) =>
    db
      .updateTable('campaigns')
      .set({ is_active: 0 })
      .where(
        'id',
        'in',
        gone.map(({ id }) => id),
      )
      .execute(),
  );
}

const uuids = (items: readonly { uuid: string }[]) => items.map(({ uuid }) => uuid);

/** A page from either end, with bounds that are places in the list of all that has a cursor. */
const pageArguments = fc.record({
  size: pageSizes,
  from: fc.constantFrom('start', 'end'),
  after: fc.option(fc.nat({ max: 60 }), { nil: undefined }),
  before: fc.option(fc.nat({ max: 60 }), { nil: undefined }),
});

describe('a page of campaigns', () => {
  it('says what is true of the list, from either end, between any cursors, also of campaigns that are gone', async () => {
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
        const known = await cursors(workspace, ordering);
        const places = workspace.campaigns.filter(({ uuid }) => known.has(uuid));

        const removed = places.filter((_campaign, place) => gone.includes(place));
        if (removed.length) await remove(removed);
        const added = await workspace.add(later.map((seed) => ({ ...seed, name: `later ${seed.name}` })));
        const there = [...workspace.campaigns.filter((campaign) => !removed.includes(campaign)), ...added];

        const list = lister(workspace);
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
      { numRuns: 80 },
    );
  });

  it.each(['start', 'end'] as const)(
    'leads on from the %s so that nothing is missed or seen twice while campaigns come and go',
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
          const list = lister(workspace);
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

            // Newcomers are few enough for the walk to come to an end.
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
        { numRuns: 30 },
      );
    },
  );

  it('is the next one again when the page before it is asked for and left', async () => {
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

  it('has 50 campaigns, newest first, when nothing is asked for', async () => {
    const { campaigns } = await world
      .as('viewer')
      .data<{ campaigns: { nodes: { createdOn: string }[] } }>('{ campaigns { nodes { createdOn } } }');
    const times = campaigns.nodes.map(({ createdOn }) => createdOn);
    expect(times).toHaveLength(50);
    expect(times).toEqual(times.toSorted().toReversed());
  });

  it('turns its order round when only the direction is given, and goes up when only the field is', async () => {
    const ask = async (order: string) => {
      const query = `{ campaigns(first: 250, orderBy: ${order}) { nodes { name } } }`;
      const { campaigns } = await world.as('admin4').data<{ campaigns: { nodes: { name: string }[] } }>(query);
      return campaigns.nodes.map(({ name }) => name);
    };
    expect(await ask('{ field: NAME }')).toEqual(await ask('{ field: NAME, direction: ASC }'));
    expect((await ask('{ field: NAME }'))[0]).not.toBe((await ask('{ field: NAME, direction: DESC }'))[0]);
  });
});

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

  it('say what is true of each group, by any filter and between any cursors', async () => {
    const cases = fc.record({
      seeds: campaignSeeds(30),
      ordering: orderings,
      asked: fc.array(fc.tuple(filters, pageArguments), { minLength: 2, maxLength: 4 }),
    });
    await fc.assert(
      fc.asyncProperty(cases, async ({ seeds, ordering, asked }) => {
        const workspace = await makeWorkspace(world.database, { groups: GROUPS, campaigns: seeds });
        const client = new Client(world.url, workspace.key);
        const known = await cursors(workspace, ordering);
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
            // A group in the filter is passed over: it is this one.
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
      { numRuns: 50 },
    );
  });
});

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

  it('says what is true of the list, from either end, between any cursors, by any filter', async () => {
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
              (search === undefined || group.name.toLowerCase().includes(search.toLowerCase())) &&
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
      { numRuns: 50 },
    );
  });
});
