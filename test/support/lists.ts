import type { CampaignFilter } from '../../src/model/campaign.ts';
import type { Ordering } from '../../src/model/page.ts';
import type { CampaignSeed, MadeCampaign } from './workspace.ts';
import { foldName, searchKey } from '../../src/encoding/fold.ts';
import fc from 'fast-check';

// The tests compare the server's pages with lists that are made here by filtering and sorting arrays.

export const ORDERINGS = [
  { field: 'created', direction: 'asc' },
  { field: 'created', direction: 'desc' },
  { field: 'name', direction: 'asc' },
  { field: 'name', direction: 'desc' },
] as const satisfies readonly Ordering[];

/** The campaigns that match the filter, sorted by the ordering. */
export function listed(campaigns: readonly MadeCampaign[], filter: CampaignFilter, ordering: Ordering): MadeCampaign[] {
  return campaigns.filter((campaign) => matches(campaign, filter)).toSorted((a, b) => compare(a, b, ordering));
}

function matches(campaign: MadeCampaign, filter: CampaignFilter): boolean {
  const { uuids, archived = false, group, search, createdBefore, createdAfter } = filter;
  return (
    !campaign.deleted &&
    (uuids === undefined || uuids.includes(campaign.uuid)) &&
    (archived === null || campaign.archived === archived) &&
    (group === undefined || ('name' in group && foldName(group.name) === foldName(campaign.groupName))) &&
    isFound(search ?? '', campaign.name, campaign.groupName) &&
    (createdBefore === undefined || campaign.created <= createdBefore) &&
    (createdAfter === undefined || campaign.created >= createdAfter)
  );
}

type Sortable = Pick<MadeCampaign, 'id' | 'name' | 'created'>;

/** The simple search: whether each word of `search` is part of one of the names. */
export function isFound(search: string, ...names: string[]): boolean {
  const words = searchKey(search).split(/\s+/u);
  return words.every((word) => names.some((name) => searchKey(name).includes(word)));
}

/** Compares two campaigns by the ordering. Campaigns that are equal in it are compared by their ids. */
export function compare(a: Sortable, b: Sortable, { field, direction }: Ordering): number {
  const byField = field === 'created' ? a.created - b.created : compareCodePoints(foldName(a.name), foldName(b.name));
  return (byField || a.id - b.id) * (direction === 'asc' ? 1 : -1);
}

/** Compares by code points, as SQLite does. JavaScript compares UTF-16 units, which puts an emoji before a full-width letter. */
export function compareCodePoints(a: string, b: string): number {
  const [left, right] = [[...a], [...b]];
  for (const [place, character] of left.entries()) {
    const difference = (character.codePointAt(0) ?? 0) - (right[place]?.codePointAt(0) ?? -1);
    if (difference !== 0) return difference;
  }
  return left.length - right.length;
}

/** Only a few timestamps, so that many campaigns have the same one. */
export const TIMESTAMPS = [0, 1, 2, 3, 1_000, 1_700_000_000_123_456].map((micros) => 1_600_000_000_000_000 + micros);

export const GROUPS = [{ name: 'Élèves' }, { name: 'farmers 50%' }, { name: 'Nobody_yet' }] as const;

const STEMS = ['Été', 'été_', 'STRASSE', 'Σας', 'ı', '😀', 'Ａ', '50%', 'a_b', "it's", '日本語', ''];

/** Campaigns with names in several scripts, of which many have the same time of creation. Some are archived, some are deleted. */
export function campaignSeeds(most: number): fc.Arbitrary<CampaignSeed[]> {
  return fc
    .array(
      fc.record({
        stem: fc.constantFrom(...STEMS),
        created: fc.constantFrom(...TIMESTAMPS),
        group: fc.nat({ max: GROUPS.length - 2 }),
        archived: fc.boolean(),
        deleted: fc.integer({ min: 0, max: 5 }).map((chance) => chance === 0),
      }),
      { maxLength: most },
    )
    .map((seeds) =>
      seeds.map(({ stem, ...seed }, place) => ({ ...seed, name: `${stem}${(place * 7) % 41}-${place}` })),
    );
}

/** A filter with any combination of conditions, also with none. */
export const filters: fc.Arbitrary<CampaignFilter> = fc.record(
  {
    archived: fc.constantFrom(true, false, null),
    group: fc.constantFrom({ name: 'ÉLÈVES' }, { name: 'Farmers 50%' }, { name: 'nobody_yet' }, { name: 'no such' }),
    search: fc.constantFrom('é', 'ÉT', 'strasse', 'ß', 'σ', 'I', 'ı', '%', '_', '1', "'", '日', '😀', 'farm', 'x'),
    createdBefore: fc.constantFrom(...TIMESTAMPS),
    createdAfter: fc.constantFrom(...TIMESTAMPS),
  },
  { requiredKeys: [] },
);

export const orderings = fc.constantFrom(...ORDERINGS);

/** The number of rows to ask for in a page. Small numbers are more frequent. */
export const pageSizes = fc.oneof(fc.integer({ min: 1, max: 8 }), fc.integer({ min: 1, max: 250 }));

/** A page from either end. `after` and `before` are indexes into the list of all objects that have a cursor. */
export const pageArguments = fc.record({
  size: pageSizes,
  from: fc.constantFrom('start', 'end'),
  after: fc.option(fc.nat({ max: 60 }), { nil: undefined }),
  before: fc.option(fc.nat({ max: 60 }), { nil: undefined }),
});
