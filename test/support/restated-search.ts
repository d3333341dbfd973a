import fc from 'fast-check';
import { expect } from 'vitest';
import type { Database } from '../../src/database/database.ts';
import { CAMPAIGNS } from '../../src/model/campaign.ts';
import { Campaigns } from '../../src/model/campaigns.ts';
import { Groups } from '../../src/model/groups.ts';
import { positionOf } from '../../src/model/list.ts';
import type { Position } from '../../src/model/page.ts';
import { AUTHOR } from './author.ts';
import { compare, isFound, ORDERINGS } from './lists.ts';
import { makeWorkspace } from './workspace.ts';

// A second, simple implementation of the search. A property compares it with the real search, on random names in many scripts.

/** Words in many scripts, with accents, marks and vowel points. Some words have one character, others have many. */
const WORDS = [
  ...['Élevage', 'Łódź', 'Straße', 'İstanbul', 'Malí', 'ﬁnance', 'æon', 'Ａ１', '100%', 'a_b', "it's", 'x'],
  ...['Ελλάδα', 'ΣΑΣ', 'Привет', 'йод', 'العربية', 'مُحَمَّد', 'שָׁלוֹם', 'हिन्दी', 'ภาษาไทย', '中文', '日本語', '学'],
  ...['한국어', '가', 'カタカナ', 'ガス', 'አማርኛ', 'ქართული', 'հայերեն', 'বাংলা', '😀😀😀', '\uE000\uE000\uE001', '𝒳𝒴𝒵'],
];
/** Indexes into the vocabulary of a run. The vocabulary is small, so that most searches find something. */
const anyWords = fc.array(fc.nat(5), { minLength: 1, maxLength: 3 });
/** Parts of words to search for: the index of the word, the start and length of the part, and its form (see `searchOf`). */
const anySearch = fc.array(
  fc.tuple(fc.nat(6), fc.constantFrom(0, 0, 1, 2), fc.constantFrom(1, 2, 3, 9, 9), fc.nat(2)),
  {
    maxLength: 2,
  },
);

function nameOf(vocabulary: readonly string[], words: readonly number[], number: number): string {
  return [...words.map((word) => vocabulary[word % vocabulary.length] ?? ''), number].join(' ').slice(0, 64);
}

function searchOf(
  vocabulary: readonly string[],
  parts: readonly (readonly [number, number, number, number])[],
): string {
  const texts = parts.map(([word, start, length, form]) => {
    const part = [...([...vocabulary, 'nobody'][word % (vocabulary.length + 1)] ?? '')]
      .slice(start, start + length)
      .join('');
    return [part, part.toUpperCase(), part.normalize('NFD')][form] ?? part;
  });
  return texts.join(' ');
}

interface Row {
  readonly id: number;
  readonly uuid: string;
  readonly name: string;
  readonly created: number;
  readonly archived: boolean;
  readonly group: string;
}

/** The campaigns that are not deleted, read by plain SQL. */
export async function campaignsOf({ reader }: Database, workspace: number): Promise<Row[]> {
  const rows = await reader.db
    .selectFrom('campaigns')
    .innerJoin('groups', 'groups.id', 'campaigns.group_id')
    .where('campaigns.is_active', '=', 1)
    .select(['campaigns.id', 'campaigns.uuid', 'campaigns.name', 'campaigns.created_on', 'campaigns.is_archived'])
    .select(['campaigns.workspace_id', 'groups.name as group'])
    .execute();
  return rows
    .filter(({ workspace_id }) => Number(workspace_id) === workspace)
    .map((row) => ({ ...row, created: row.created_on, archived: row.is_archived === 1 }));
}

/** Makes the change number `kind` through the model. The model may refuse it. */
async function change(
  database: Database,
  workspace: Awaited<ReturnType<typeof makeWorkspace>>,
  [kind, a, b, name]: readonly [number, number, number, string],
) {
  const [campaigns, groups] = [
    new Campaigns(database, workspace.id, AUTHOR),
    new Groups(database, workspace.id, AUTHOR),
  ];
  const campaign = workspace.campaigns[a % Math.max(1, workspace.campaigns.length)]?.uuid ?? '';
  const group = workspace.groups[b % workspace.groups.length]?.uuid ?? '';
  const changes = [
    () => campaigns.create({ name, group: { uuid: group } }),
    () => campaigns.update(campaign, { name }),
    () => campaigns.update(campaign, { group: { uuid: group } }),
    () => campaigns.update(campaign, { name, group: { uuid: group }, archived: false }),
    () => campaigns.update(campaign, { archived: true }),
    () => campaigns.update(campaign, { archived: false }),
    () => campaigns.delete(campaign),
    () => groups.rename(group, { name }),
    () => groups.create({ name }),
    () => groups.delete(group),
  ];
  await changes[kind]?.();
}

/**
 * Makes random campaigns and groups, changes some of them, and searches them. Compares the results with the simple search: pages in
 * each order and from either end, and counts.
 */
export async function expectSearchesAsRestated(database: Database, numRuns: number): Promise<void> {
  const seeds = fc.record({
    vocabulary: fc.shuffledSubarray(WORDS, { minLength: 5, maxLength: 8 }),
    groupNames: fc.array(anyWords, { minLength: 1, maxLength: 4 }),
    names: fc.array(anyWords, { minLength: 3, maxLength: 20 }),
    created: fc.infiniteStream(fc.nat(5)),
    changes: fc.array(fc.tuple(fc.nat(9), fc.nat(30), fc.nat(5), anyWords), { minLength: 6, maxLength: 16 }),
    searches: fc.array(fc.tuple(anySearch, fc.constantFrom(true, false, null)), { minLength: 5, maxLength: 8 }),
    size: fc.integer({ min: 1, max: 7 }),
  });
  await fc.assert(
    fc.asyncProperty(seeds, async ({ vocabulary, groupNames, names, created, changes, searches, size }) => {
      const workspace = await makeWorkspace(database, {
        groups: groupNames.map((words, place) => ({ name: nameOf(vocabulary, words, place) })),
        campaigns: names.map((words, place) => ({
          name: nameOf(vocabulary, words, place),
          created: created.next().value,
          group: place % groupNames.length,
          archived: place % 4 === 0,
        })),
      });
      for (const [place, [kind, a, b, words]] of changes.entries()) {
        await change(database, workspace, [kind, a, b, nameOf(vocabulary, words, 100 + place)]);
      }
      const rows = await campaignsOf(database, workspace.id);
      const { list } = new Campaigns(database, workspace.id, AUTHOR);
      for (const [parts, archived] of searches) {
        const search = searchOf(vocabulary, parts);
        const filter = { search, archived };
        const matching = rows.filter(
          (row) => (archived === null || row.archived === archived) && isFound(search, row.name, row.group),
        );
        expect(await list.where(filter).count()).toBe(matching.length);
        for (const ordering of ORDERINGS) {
          const expected = matching.toSorted((a, b) => compare(a, b, ordering)).map(({ uuid }) => uuid);
          for (const from of ['start', 'end'] as const) {
            const found: string[] = [];
            for (let bound: Position | undefined; ;) {
              const at = from === 'start' ? { after: bound } : { before: bound };
              const page = await list.where(filter).page({ ordering, from, limit: size, ...at });
              const uuids = page.rows.map(({ uuid }) => uuid);
              if (from === 'start') found.push(...uuids);
              else found.unshift(...uuids);
              const last = page.rows.at(from === 'start' ? -1 : 0);
              if (!last || !page.more) break;
              bound = positionOf(CAMPAIGNS, ordering, last);
              expect(await list.where(filter).existsFrom(ordering, from === 'start' ? 'before' : 'after', bound)).toBe(
                true,
              );
            }
            expect(found).toEqual(expected);
          }
        }
      }
      const groupRows = await new Groups(database, workspace.id, AUTHOR).list
        .where({})
        .page({ ordering: ORDERINGS[0], from: 'start', limit: 100 });
      for (const [parts] of searches) {
        const search = searchOf(vocabulary, parts);
        const expected = groupRows.rows.filter(({ name }) => isFound(search, name));
        const { list: groupList } = new Groups(database, workspace.id, AUTHOR);
        const page = await groupList.where({ search }).page({ ordering: ORDERINGS[0], from: 'start', limit: 100 });
        expect(page.rows).toEqual(expected);
        expect(await groupList.where({ search }).count()).toBe(expected.length);
      }
    }),
    { numRuns },
  );
}
