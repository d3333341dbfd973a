import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Row } from '../../src/snapshot/format.ts';
import { runsOf } from '../support/engine.ts';
import { fixture } from '../support/fixture.ts';
import type { RestClient } from '../support/rest-client.ts';
import type { World } from '../support/world.ts';
import { openWorld } from '../support/world.ts';

/** Only a few timestamps, so that many campaigns share one, also across the boundary between two pages. */
const TIMESTAMPS = [
  '2024-01-01T00:00:00Z',
  '2024-01-01T00:00:00.000001Z',
  '2024-02-29T12:00:00Z',
  '2024-03-01T00:00:00Z',
];
const GROUPS = fixture.groups.filter((group) => group.workspace_id === 5 && group.kind !== 'status');

const campaigns = fc.array(
  fc.record({ timestamp: fc.nat(TIMESTAMPS.length - 1), group: fc.nat(GROUPS.length - 1), archived: fc.boolean() }),
  { minLength: 400, maxLength: 900, size: 'max' },
);
const filter = fc.record(
  {
    before: fc.constantFrom(...TIMESTAMPS),
    after: fc.constantFrom(...TIMESTAMPS),
    archived: fc.constantFrom('true', 'false', 'all'),
    group: fc.constantFrom(...GROUPS.flatMap(({ uuid, name }) => [uuid, name])),
  },
  { requiredKeys: [] },
);

test(
  'the list equals the GraphQL connection, forwards through next and backwards through previous',
  {
    timeout: 60_000,
  },
  async () => {
    let followed = 0;
    await fc.assert(
      fc.asyncProperty(campaigns, fc.array(filter, { minLength: 2, maxLength: 2 }), async (rows, filters) => {
        const world = await openWorld({}, { ...fixture, campaigns: rows.map(campaign) });
        try {
          for (const one of [{}, { archived: 'all' }, ...filters]) {
            const { pages, last } = await follow(
              world.rest,
              `/campaigns.json?${new URLSearchParams(one).toString()}`,
              'next',
            );
            expect(pages.flat()).toEqual(await connection(world, one));
            expect(pages.every((page, i) => page.length === 250 || i === pages.length - 1)).toBe(true);

            followed += pages.length - 1;
            const back = await follow(world.rest, last, 'previous');
            expect(back.pages.toReversed()).toEqual(pages);
          }
        } finally {
          await world.close();
        }
      }),
      { numRuns: runsOf(12) },
    );
  },
);

interface Page {
  readonly next: string | null;
  readonly previous: string | null;
  readonly results: readonly { readonly uuid: string }[];
}

/** Follows the links from a path to the end. Returns the UUIDs of each page, and the path of the last page. */
async function follow(rest: RestClient, path: string, way: 'next' | 'previous') {
  const pages: string[][] = [];
  for (let last = path; ;) {
    if (pages.length > 10) throw new Error(`${way} goes on for ever`);
    const page = (await rest.ask(last, { as: 'editor5' })).json as Page;
    pages.push(page.results.map(({ uuid }) => uuid));
    const link = page[way];
    if (link === null) return { pages, last };
    last = link.slice(link.indexOf('/api/v2') + '/api/v2'.length);
  }
}

interface ConnectionPage {
  readonly nodes: readonly { readonly uuid: string }[];
  readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
}

/** Reads the same list through GraphQL, with another page size. */
async function connection(world: World, { before, after, archived = 'false', group }: Record<string, string>) {
  const found: string[] = [];
  for (let cursor: string | null = null; ;) {
    const data: { campaigns: ConnectionPage } = await world.as('editor5').data(
      `
        query ($cursor: String, $filter: CampaignFilter) {
          campaigns(first: 97, after: $cursor, filter: $filter) {
            nodes {
              uuid
            }
            pageInfo {
              hasNextPage
              endCursor
            }
          }
        }
      `,
      {
        cursor,
        filter: {
          archived: archived === 'all' ? null : archived === 'true',
          ...(before && { createdBefore: before }),
          ...(after && { createdAfter: after }),
          ...(group && { group: { uuidOrName: group } }),
        },
      },
    );
    const { nodes, pageInfo } = data.campaigns;
    found.push(...nodes.map(({ uuid }) => uuid));
    if (!pageInfo.hasNextPage) return found;
    cursor = pageInfo.endCursor;
  }
}

function campaign(
  { timestamp, group, archived }: { timestamp: number; group: number; archived: boolean },
  i: number,
): Row<'campaigns'> {
  const [template] = fixture.campaigns;
  if (!template) throw new Error('the fixture has no campaigns');
  return {
    ...template,
    id: i + 1,
    uuid: `00000000-0000-4000-8000-${String(i).padStart(12, '0')}`,
    workspace_id: GROUPS[group]?.workspace_id ?? template.workspace_id,
    group_id: GROUPS[group]?.id ?? template.group_id,
    name: `Campaign ${i}`,
    is_archived: archived ? 1 : 0,
    is_active: 1,
    created_on: Date.parse(TIMESTAMPS[timestamp]?.slice(0, 19) + 'Z') * 1000 + (timestamp === 1 ? 1 : 0),
    modified_on: undefined,
  };
}
