import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Row } from '../../src/snapshot/format.ts';
import type { Served } from './support/served.ts';
import { fixture, serve } from './support/served.ts';

/** Few moments, so that many campaigns share one, also across the ends of pages. */
const MOMENTS = ['2024-01-01T00:00:00Z', '2024-01-01T00:00:00.000001Z', '2024-02-29T12:00:00Z', '2024-03-01T00:00:00Z'];
const GROUPS = fixture.groups.filter((group) => group.workspace_id === 5 && group.kind !== 'status');

const campaigns = fc.array(
  fc.record({ moment: fc.nat(MOMENTS.length - 1), group: fc.nat(GROUPS.length - 1), archived: fc.boolean() }),
  { minLength: 400, maxLength: 900, size: 'max' },
);
const filter = fc.record(
  {
    before: fc.constantFrom(...MOMENTS),
    after: fc.constantFrom(...MOMENTS),
    archived: fc.constantFrom('true', 'false', 'all'),
    group: fc.constantFrom(...GROUPS.flatMap(({ uuid, name }) => [uuid, name])),
  },
  { requiredKeys: [] },
);

test(
  'the list is that of the GraphQL connection, page by page through next and back through previous',
  {
    timeout: 60_000,
  },
  async () => {
    let followed = 0;
    await fc.assert(
      fc.asyncProperty(campaigns, fc.array(filter, { minLength: 2, maxLength: 2 }), async (rows, filters) => {
        const served = await serve({}, { ...fixture, campaigns: rows.map(campaign) });
        try {
          for (const one of [{}, { archived: 'all' }, ...filters]) {
            const { pages, last } = await follow(
              served,
              `/campaigns.json?${new URLSearchParams(one).toString()}`,
              'next',
            );
            expect(pages.flat()).toEqual(await connection(served, one));
            expect(pages.every((page, i) => page.length === 250 || i === pages.length - 1)).toBe(true);

            followed += pages.length - 1;
            const back = await follow(served, last, 'previous');
            expect(back.pages.toReversed()).toEqual(pages);
          }
        } finally {
          await served.close();
        }
      }),
      { numRuns: 12 },
    );
  },
);

interface Page {
  readonly next: string | null;
  readonly previous: string | null;
  readonly results: readonly { readonly uuid: string }[];
}

/** The pages from a path on, and the last of them. */
async function follow({ ask }: Served, path: string, way: 'next' | 'previous') {
  const pages: string[][] = [];
  for (let last = path; ;) {
    if (pages.length > 10) throw new Error(`${way} goes on for ever`);
    const page = (await ask(last, { as: 'editor5' })).json as Page;
    pages.push(page.results.map(({ uuid }) => uuid));
    const link = page[way];
    if (link === null) return { pages, last };
    last = link.slice(link.indexOf('/api/v2') + '/api/v2'.length);
  }
}

/** The same list through GraphQL, in pages of another size. */
async function connection({ graphql }: Served, { before, after, archived = 'false', group }: Record<string, string>) {
  const found: string[] = [];
  for (let cursor: string | null = null; ;) {
    const data = await graphql(
      'editor5',
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
    const { nodes, pageInfo } = data.campaigns as {
      nodes: { uuid: string }[];
      pageInfo: { hasNextPage: boolean; endCursor: string | null };
    };
    found.push(...nodes.map(({ uuid }) => uuid));
    if (!pageInfo.hasNextPage) return found;
    cursor = pageInfo.endCursor;
  }
}

function campaign(
  { moment, group, archived }: { moment: number; group: number; archived: boolean },
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
    created_on: Date.parse(MOMENTS[moment]?.slice(0, 19) + 'Z') * 1000 + (moment === 1 ? 1 : 0),
    modified_on: undefined,
  };
}
