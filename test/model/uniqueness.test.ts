import { describe, expect, it } from 'vitest';
import { Campaigns } from '../../src/model/campaigns.ts';
import { Groups } from '../../src/model/groups.ts';
import { AUTHOR } from '../support/author.ts';
import { done } from '../support/outcome.ts';
import { makeWorkspace } from '../support/workspace.ts';
import { openEmptyDatabase } from '../support/world.ts';

const database = await openEmptyDatabase();

/** The two kinds of objects with unique names. `open` makes a new workspace. */
const KINDS = [
  {
    kind: 'campaign',
    open: async () => {
      const campaigns = new Campaigns(database, (await makeWorkspace(database)).id, AUTHOR);
      const group = { name: 'Everyone' };
      return {
        create: (name: string) => campaigns.create({ name, group }),
        rename: (uuid: string, name: string) => campaigns.update(uuid, { name }),
        delete: (uuid: string) => campaigns.delete(uuid),
      };
    },
  },
  {
    kind: 'group',
    open: async () => {
      const groups = new Groups(database, (await makeWorkspace(database)).id, AUTHOR);
      return {
        create: (name: string) => groups.create({ name }),
        rename: (uuid: string, name: string) => groups.rename(uuid, { name }),
        delete: (uuid: string) => groups.delete(uuid),
      };
    },
  },
];

describe.each(KINDS)('the name of a $kind', ({ open }) => {
  it.each([
    ['été', 'ÉTÉ'],
    ['σας', 'ΣΑΣ'],
    ['Straße', 'STRASSE'],
    ['ﬁscal', 'FISCAL'],
    ['Plan', '  plan\u3000'],
    ['e\u0301té', 'été'],
  ])('%s leaves no room for %s', async (existing, wanted) => {
    const objects = await open();
    done(await objects.create(existing));
    expect(await objects.create(wanted)).toMatchObject({ errors: [{ field: ['name'], code: 'TAKEN' }] });
  });

  it.each([
    ['ılık', 'ilik'],
    ['ılık', 'ILIK'],
    ['ab', 'a b'],
  ])('%s leaves room for %s', async (existing, wanted) => {
    const objects = await open();
    done(await objects.create(existing));
    expect(done(await objects.create(wanted)).name).toBe(wanted);
  });

  it('says which other one has it', async () => {
    const objects = await open();
    done(await objects.create('Été'));
    expect(await objects.create('ÉTÉ')).toMatchObject({ errors: [{ message: expect.stringContaining('“Été”') }] });
  });

  it('can be written in another case by its owner', async () => {
    const objects = await open();
    const { uuid } = done(await objects.create('plan'));
    expect(done(await objects.rename(uuid, 'PLAN')).name).toBe('PLAN');
  });

  it('cannot be taken by renaming another', async () => {
    const objects = await open();
    done(await objects.create('one'));
    const { uuid } = done(await objects.create('two'));
    expect(await objects.rename(uuid, 'ONE')).toMatchObject({ errors: [{ field: ['name'], code: 'TAKEN' }] });
  });

  it('is free again when its owner is renamed or deleted', async () => {
    const objects = await open();
    const { uuid } = done(await objects.create('plan'));
    done(await objects.rename(uuid, 'other'));
    const second = done(await objects.create('Plan'));
    done(await objects.delete(second.uuid));
    expect(done(await objects.create('PLAN')).name).toBe('PLAN');
  });

  it('is free in every other workspace', async () => {
    done(await (await open()).create('plan'));
    expect(done(await (await open()).create('plan')).name).toBe('plan');
  });
});

it('keeps the name of an archived campaign from others, and says that it is archived', async () => {
  const campaigns = new Campaigns(database, (await makeWorkspace(database)).id, AUTHOR);
  const { uuid } = done(await campaigns.create({ name: 'Été', group: { name: 'Everyone' } }));
  done(await campaigns.update(uuid, { archived: true }));
  expect(await campaigns.create({ name: 'été', group: { name: 'Everyone' } })).toMatchObject({
    errors: [{ code: 'TAKEN', message: expect.stringContaining('archived campaign named “Été”') }],
  });
});

it('lets a campaign and a group have the same name', async () => {
  const { id } = await makeWorkspace(database);
  const { name } = done(await new Groups(database, id, AUTHOR).create({ name: 'plan' }));
  expect(done(await new Campaigns(database, id, AUTHOR).create({ name, group: { name } })).name).toBe(name);
});

it('finds a group by its name in any case', async () => {
  const groups = new Groups(database, (await makeWorkspace(database, { groups: [{ name: 'Straße' }] })).id, AUTHOR);
  for (const name of ['STRASSE', 'straße', 'STRAẞE']) {
    expect(await groups.find({ name })).toMatchObject({ name: 'Straße' });
  }
  expect(await groups.find({ name: ' Straße' })).toBeNull();
});
