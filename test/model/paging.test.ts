import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Ordering } from '../../src/model/page.ts';
import type { Campaign, CampaignFilter } from '../../src/model/campaign.ts';
import { CAMPAIGNS } from '../../src/model/campaign.ts';
import { Campaigns } from '../../src/model/campaigns.ts';
import { positionOf } from '../../src/model/list.ts';
import type { Position } from '../../src/model/page.ts';
import { AUTHOR } from '../support/author.ts';
import { runsOf } from '../support/engine.ts';
import { campaignSeeds, filters, GROUPS, listed, ORDERINGS, orderings, pageSizes } from '../support/lists.ts';
import { makeWorkspace } from '../support/workspace.ts';
import { openEmptyDatabase } from '../support/world.ts';

const database = await openEmptyDatabase();

/** All pages from one end of a list to the other, in the list's order. */
async function pages(
  campaigns: Campaigns,
  filter: CampaignFilter,
  ordering: Ordering,
  from: 'start' | 'end',
  limit: number,
): Promise<Campaign[][]> {
  const found: Campaign[][] = [];
  let place: Position | undefined;
  for (;;) {
    if (found.length > 300) throw new Error('the pages do not come to an end');
    const bound = from === 'start' ? { after: place } : { before: place };
    const { rows, more } = await campaigns.list.where(filter).page({ ordering, from, limit, ...bound });
    if (from === 'start') found.push(rows);
    else found.unshift(rows);
    const last = rows.at(from === 'start' ? -1 : 0);
    if (!more || last === undefined) return found;
    place = positionOf(CAMPAIGNS, ordering, last);
  }
}

const names = (campaigns: readonly { name: string }[]) => campaigns.map(({ name }) => name);

describe('a list of campaigns', () => {
  it('is the sorted array of what the filter matches, in any order and by any filter', async () => {
    await fc.assert(
      fc.asyncProperty(campaignSeeds(40), fc.array(filters, { minLength: 1, maxLength: 6 }), async (seeds, asked) => {
        const workspace = await makeWorkspace(database, { groups: GROUPS, campaigns: seeds });
        const campaigns = new Campaigns(database, workspace.id, AUTHOR);
        for (const filter of asked) {
          for (const ordering of ORDERINGS) {
            const expected = listed(workspace.campaigns, filter, ordering);
            const { rows, more } = await campaigns.list.where(filter).page({ ordering, from: 'start', limit: 250 });
            expect([names(rows), more]).toEqual([names(expected), false]);
            expect(await campaigns.list.where(filter).count()).toBe(expected.length);
          }
        }
      }),
      { numRuns: runsOf(60) },
    );
  });

  it('is the same in pages of any size, from either end', async () => {
    await fc.assert(
      fc.asyncProperty(campaignSeeds(60), filters, orderings, pageSizes, async (seeds, filter, ordering, size) => {
        const workspace = await makeWorkspace(database, { groups: GROUPS, campaigns: seeds });
        const campaigns = new Campaigns(database, workspace.id, AUTHOR);
        const expected = names(listed(workspace.campaigns, filter, ordering));
        for (const from of ['start', 'end'] as const) {
          const found = await pages(campaigns, filter, ordering, from, size);
          expect(names(found.flat())).toEqual(expected);
          const full = from === 'start' ? found.slice(0, -1) : found.slice(1);
          expect(full.every((page) => page.length === size)).toBe(true);
        }
      }),
      { numRuns: runsOf(100) },
    );
  });

  it('has pages of every size from 1 to 250, across runs of campaigns of one timestamp', async () => {
    const timestamp = 1_700_000_000_000_000;
    const seeds = Array.from({ length: 300 }, (_, place) => ({
      name: `Campaign ${place}`,
      created: timestamp + Math.floor(place / 90),
    }));
    const workspace = await makeWorkspace(database, { campaigns: seeds });
    const campaigns = new Campaigns(database, workspace.id, AUTHOR);
    const ordering = { field: 'created', direction: 'desc' } as const;
    const expected = names(listed(workspace.campaigns, {}, ordering));
    for (let size = 1; size <= 250; size += 1) {
      const from = size % 2 ? 'start' : 'end';
      const found = await pages(campaigns, {}, ordering, from, size);
      expect(found).toHaveLength(Math.ceil(300 / size));
      expect(names(found.flat())).toEqual(expected);
    }
  });

  it('is narrowed to any set of UUIDs, unknown ones and those of other workspaces among them', async () => {
    const foreign = await makeWorkspace(database, { campaigns: [{ name: 'Foreign', created: 0 }] });
    const unknown = ['00000000-0000-4000-8000-000000000000', ...foreign.campaigns.map(({ uuid }) => uuid)];
    await fc.assert(
      fc.asyncProperty(campaignSeeds(12), fc.infiniteStream(fc.boolean()), async (seeds, chosen) => {
        const workspace = await makeWorkspace(database, { groups: GROUPS, campaigns: seeds });
        const campaigns = new Campaigns(database, workspace.id, AUTHOR);
        const uuids = [...unknown, ...workspace.campaigns.map(({ uuid }) => uuid)].filter(() => chosen.next().value);
        const filter = { uuids, archived: null };
        for (const ordering of ORDERINGS) {
          const { rows } = await campaigns.list.where(filter).page({ ordering, from: 'start', limit: 100 });
          expect(names(rows)).toEqual(names(listed(workspace.campaigns, filter, ordering)));
        }
        expect(await campaigns.list.where(filter).count()).toBe(
          listed(workspace.campaigns, filter, ORDERINGS[0]).length,
        );
      }),
      { numRuns: runsOf(40) },
    );
  });
});
