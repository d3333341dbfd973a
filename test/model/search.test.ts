import { describe, expect, it } from 'vitest';
import { rebuildDerivedData } from '../../src/model/derived-data.ts';
import { Campaigns } from '../../src/model/campaigns.ts';
import { Groups } from '../../src/model/groups.ts';
import { AUTHOR } from '../support/author.ts';
import { ENGINE } from '../support/engine.ts';
import { done } from '../support/outcome.ts';
import { compare, isFound, ORDERINGS } from '../support/lists.ts';
import { campaignsOf, expectSearchesAsRestated } from '../support/restated-search.ts';
import type { CampaignSeed } from '../support/workspace.ts';
import { makeWorkspace } from '../support/workspace.ts';
import { openEmptyDatabase } from '../support/world.ts';

/** `count` campaigns that use the names, each followed by a number, and the groups in turn. */
function seedsOf(names: readonly string[], groups: number, count: number): CampaignSeed[] {
  return Array.from({ length: count }, (_, place) => ({
    name: `${names[place % names.length]} ${place}`,
    created: place,
    group: place % groups,
  }));
}

const database = await openEmptyDatabase();

describe('a search', () => {
  it('finds what a plain restatement finds, in any order, from either end, after any changes', async () => {
    await expectSearchesAsRestated(database, ENGINE === 'sqlite' ? 60 : 15);
  });

  it.each([
    ['that has most campaigns of the database', true],
    ['that shares the database with larger ones', false],
  ])('finds words that very many groups have, in a workspace %s', async (_which, alone) => {
    const shared = alone ? await openEmptyDatabase() : database;
    if (!alone) await makeWorkspace(shared, { campaigns: seedsOf(['North drought'], 1, 1_000) });
    const groups = Array.from({ length: 80 }, (_, place) => `${place % 2 ? 'North' : 'South'} region ${place}`);
    const names = ['North drought', 'South', 'Region', 'Plain', 'South drought of the north'];
    const workspace = await makeWorkspace(shared, {
      groups: ['North and south region', ...groups].map((name) => ({ name })),
      campaigns: seedsOf(names, groups.length + 1, 300),
    });
    const rows = await campaignsOf(shared, workspace.id);
    expect(rows).toHaveLength(300);
    const { list } = new Campaigns(shared, workspace.id, AUTHOR);
    for (const search of [
      'north',
      'north south',
      'south region north',
      'north drought',
      'region 7',
      'and sout',
      'sou zzz',
    ]) {
      const found = rows.filter(({ name, group }) => isFound(search, name, group));
      expect(await list.where({ search }).count()).toBe(found.length);
      for (const ordering of ORDERINGS) {
        const page = await list.where({ search }).page({ ordering, from: 'start', limit: 300 });
        const expected = found.toSorted((a, b) => compare(a, b, ordering));
        expect(page.rows.map(({ uuid }) => uuid)).toEqual(expected.map(({ uuid }) => uuid));
      }
    }
  });

  it('finds an object by its newest name and group, and by no earlier one', async () => {
    const workspace = await makeWorkspace(database, {
      groups: [{ name: 'Herders' }, { name: 'Fishermen' }],
      campaigns: [{ name: 'Rainfall', created: 0 }],
    });
    const [campaigns, groups] = [
      new Campaigns(database, workspace.id, AUTHOR),
      new Groups(database, workspace.id, AUTHOR),
    ];
    const [uuid, herders, fishermen] = [...workspace.campaigns, ...workspace.groups].map((object) => object.uuid);
    const found = async () => {
      const words = ['rainfall', 'drought', 'herd', 'fish', 'farm'];
      const counts = await Promise.all(words.map((search) => campaigns.list.where({ search }).count()));
      return words.filter((_word, place) => counts[place]);
    };
    expect(await found()).toEqual(['rainfall', 'herd']);
    done(await campaigns.update(uuid ?? '', { name: 'Drought' }));
    expect(await found()).toEqual(['drought', 'herd']);
    done(await campaigns.update(uuid ?? '', { group: { uuid: fishermen ?? '' } }));
    expect(await found()).toEqual(['drought', 'fish']);
    done(await groups.rename(fishermen ?? '', { name: 'Farmers' }));
    expect(await found()).toEqual(['drought', 'farm']);
    done(await campaigns.create({ name: 'Rainfall', group: { uuid: herders ?? '' } }));
    expect(await found()).toEqual(['rainfall', 'drought', 'herd', 'farm']);
    done(await campaigns.delete(uuid ?? ''));
    expect(await found()).toEqual(['rainfall', 'herd']);
  });

  it.each([
    ['elevage', 'Élevage'],
    ['ÉLEVAGE', 'elevage'],
    ['vag', 'Élevage'],
    ['mali elev', 'Élevage au Mali'],
    ['lodz', 'Łódź'],
    ['strasse', 'Straße'],
    ['istanbul', 'İSTANBUL'],
    ['ελλαδα', 'Ελλάδα'],
    ['محمد', 'مُحَمَّد'],
    ['שלום', 'שָׁלוֹם'],
    ['中文', '中文活动'],
    ['100%', '100%'],
    ['   ', 'anything'],
  ])('for %s finds %s', async (search, name) => {
    const workspace = await makeWorkspace(database, { campaigns: [{ name, created: 0 }] });
    expect(await new Campaigns(database, workspace.id, AUTHOR).list.where({ search }).count()).toBe(1);
  });

  it.each([
    ['हिन्दू', 'हिन्दी'],
    ['ガス', 'カス'],
    ['a%b', 'aXb'],
    ['a_b', 'aXb'],
    ['mali', 'ma li'],
    ['a\0b', 'ab'],
  ])('for %s does not find %s', async (search, name) => {
    const workspace = await makeWorkspace(database, { campaigns: [{ name, created: 0 }] });
    expect(await new Campaigns(database, workspace.id, AUTHOR).list.where({ search }).count()).toBe(0);
  });

  it('finds nothing of another workspace', async () => {
    const [mine, theirs] = [
      await makeWorkspace(database, { groups: [{ name: 'Unshared group' }] }),
      await makeWorkspace(database, {
        groups: [{ name: 'Unshared group' }],
        campaigns: [{ name: 'Unshared campaign', created: 0 }],
      }),
    ];
    for (const search of ['unshared', 'un']) {
      expect(await new Campaigns(database, mine.id, AUTHOR).list.where({ search }).count()).toBe(0);
      expect(await new Campaigns(database, theirs.id, AUTHOR).list.where({ search }).count()).toBe(1);
    }
  });

  it('finds the archived campaigns of a deleted group by the name that they still show', async () => {
    const workspace = await makeWorkspace(database, {
      groups: [{ name: 'Vanishing' }],
      campaigns: [{ name: 'Kept', created: 0, archived: true }],
    });
    done(await new Groups(database, workspace.id, AUTHOR).delete(workspace.groups[0]?.uuid ?? ''));
    const { list } = new Campaigns(database, workspace.id, AUTHOR);
    expect(await list.where({ search: 'vanish', archived: true }).count()).toBe(1);
    await database.administer((session) => rebuildDerivedData(session, workspace.id));
    expect(await list.where({ search: 'vanish', archived: true }).count()).toBe(1);
    expect(await new Groups(database, workspace.id, AUTHOR).list.where({ search: 'vanish' }).count()).toBe(0);
  });
});
