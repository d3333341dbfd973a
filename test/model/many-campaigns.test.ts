import { describe, expect, it } from 'vitest';
import { Campaigns } from '../../src/model/campaigns.ts';
import { newUuid } from '../../src/model/uuid.ts';
import { AUTHOR } from '../support/author.ts';
import { done } from '../support/outcome.ts';
import { revisionOf } from '../support/revision.ts';
import { makeWorkspace } from '../support/workspace.ts';
import { openEmptyDatabase } from '../support/world.ts';

const database = await openEmptyDatabase();

/** A workspace with the groups Farmers and Vets. Farmers has the campaigns A, B, C and D, and D is archived. */
async function open() {
  const workspace = await makeWorkspace(database, {
    groups: [{ name: 'Farmers' }, { name: 'Vets' }],
    campaigns: ['A', 'B', 'C', 'D'].map((name, place) => ({ name, created: 1_000 + place, archived: name === 'D' })),
  });
  const campaigns = new Campaigns(database, workspace.id, AUTHOR);
  const uuidOf = (name: string) => workspace.campaigns.find((campaign) => campaign.name === name)?.uuid ?? '';
  /** The campaigns in the list, newest first: each one's name and group, and a * if it is archived. */
  const listed = async (search?: string) => {
    const page = await campaigns.list
      .where({ archived: null, search })
      .page({ ordering: { field: 'created', direction: 'desc' }, from: 'start', limit: 100 });
    return page.rows.map(({ name, group, archived }) => `${name} ${group.name}${archived ? '*' : ''}`);
  };
  const counts = async () =>
    Promise.all(
      [{}, { archived: true }, { group: { name: 'Farmers' } }, { group: { name: 'Vets' } }].map((filter) =>
        campaigns.list.where(filter).count(),
      ),
    );
  return { campaigns, workspace, uuidOf, listed, counts, revision: () => revisionOf(database, workspace.id) };
}

/** The reasons for which a list of changes was refused: field paths and codes. */
function refused(result: Awaited<ReturnType<Campaigns['createMany']>>): string[] {
  if (!('errors' in result)) throw new Error('it went well');
  return result.errors.map(({ field, code }) => `${field?.join('.')}: ${code}`);
}

it('many changes are judged in turns with other work of the process', async () => {
  const { campaigns } = await open();
  let passed = 0;
  const count = () => {
    passed += 1;
    counting = setImmediate(count);
  };
  let counting = setImmediate(count);
  /** How many turns had passed each time that a campaign was judged. */
  const judged: number[] = [];
  // Each group needs a look-up.
  const inputs = Array.from({ length: 2_000 }, (_, place) => ({
    name: '',
    get group() {
      judged.push(passed);
      return { name: `Group ${place}` };
    },
  }));
  const { length } = refused(await campaigns.createMany(inputs));
  clearImmediate(counting);
  expect(length).toBe(2 * inputs.length);
  expect(judged.at(-1)).toBeGreaterThan(judged[0] ?? Number.POSITIVE_INFINITY);
});

describe('creating many campaigns', () => {
  it('creates them in the order of the list, and the last one is the newest', async () => {
    const { campaigns, listed, counts, revision } = await open();
    const created = done(
      await campaigns.createMany([
        { name: ' E ', group: { name: 'vets' } },
        { name: 'F', group: { name: 'Farmers' } },
        { name: 'G', group: { name: 'Vets' } },
      ]),
    );
    expect(created.map(({ name, archived, group }) => [name, archived, group.name])).toEqual([
      ['E', false, 'Vets'],
      ['F', false, 'Farmers'],
      ['G', false, 'Vets'],
    ]);
    expect((await listed()).slice(0, 3)).toEqual(['G Vets', 'F Farmers', 'E Vets']);
    expect(await listed('vets')).toEqual(['G Vets', 'E Vets']);
    expect(await counts()).toEqual([6, 1, 4, 2]);
    expect(created.map((campaign) => campaign.revision)).toEqual([1, 2, 3]);
    expect(await revision()).toBe(3);
  });

  it('creates none when one is wrong, and has the errors of all', async () => {
    const { campaigns, listed, counts, revision } = await open();
    const before = await listed();
    const result = await campaigns.createMany([
      { name: 'Fine', group: { name: 'Vets' } },
      { name: '', group: { name: 'Nobody' } },
      { name: 'd', group: { name: 'Vets' } },
      { name: 'FINE', group: { name: 'Vets' } },
    ]);
    expect(refused(result)).toEqual([
      'campaigns.1.name: BLANK',
      'campaigns.1.group: NOT_FOUND',
      'campaigns.2.name: TAKEN',
      'campaigns.3.name: TAKEN',
    ]);
    expect([await listed(), await counts(), await revision()]).toEqual([before, [3, 1, 3, 0], 0]);
  });

  it('takes an empty list', async () => {
    const { campaigns } = await open();
    expect(done(await campaigns.createMany([]))).toEqual([]);
  });

  it('takes a thousand at once', async () => {
    const { campaigns, counts } = await open();
    const inputs = Array.from({ length: 1_000 }, (_, place) => ({ name: `N ${place}`, group: { name: 'Vets' } }));
    expect(done(await campaigns.createMany(inputs))).toHaveLength(1_000);
    expect(await counts()).toEqual([1_003, 1, 3, 1_000]);
    expect(refused(await campaigns.createMany(inputs))).toHaveLength(1_000);
  });
});

describe('updating many campaigns', () => {
  it('changes what is given of each', async () => {
    const { campaigns, uuidOf, listed, counts, revision } = await open();
    const updates = [
      { uuid: uuidOf('A'), name: 'Alpha' },
      { uuid: uuidOf('B'), group: { name: 'Vets' } },
      { uuid: uuidOf('C'), archived: true },
      { uuid: uuidOf('D'), archived: false, group: { name: 'Vets' } },
    ];
    const changed = done(await campaigns.updateMany(updates));
    expect(changed.map(({ uuid }) => uuid)).toEqual(updates.map(({ uuid }) => uuid));
    expect(await listed()).toEqual(['D Vets', 'C Farmers*', 'B Vets', 'Alpha Farmers']);
    expect(await listed('vets')).toEqual(['D Vets', 'B Vets']);
    expect(await counts()).toEqual([3, 1, 1, 2]);
    expect(await revision()).toBe(4);
  });

  it('changes none when one is wrong', async () => {
    const { campaigns, uuidOf, listed, revision } = await open();
    const before = await listed();
    const [gone] = [newUuid()];
    const result = await campaigns.updateMany([
      { uuid: uuidOf('A'), name: 'Alpha' },
      { uuid: gone, name: 'Nobody' },
      { uuid: uuidOf('D'), name: 'Delta' },
      { uuid: uuidOf('B'), name: 'c', group: { name: 'Nobody' } },
      { uuid: uuidOf('C'), archived: true, expectedRevision: 7 },
    ]);
    expect(refused(result)).toEqual([
      'campaigns.1.uuid: NOT_FOUND',
      'campaigns.2: ARCHIVED',
      'campaigns.3.name: TAKEN',
      'campaigns.3.group: NOT_FOUND',
      'campaigns.4.expectedRevision: CONFLICT',
    ]);
    expect('errors' in result && result.errors.at(-1)?.current).toMatchObject({ name: 'C', revision: 0 });
    expect([await listed(), await revision()]).toEqual([before, 0]);
  });

  it('lets campaigns exchange their names', async () => {
    const { campaigns, uuidOf, listed } = await open();
    done(
      await campaigns.updateMany([
        { uuid: uuidOf('A'), name: 'B' },
        { uuid: uuidOf('B'), name: 'C', group: { name: 'Vets' } },
        { uuid: uuidOf('C'), name: 'a' },
      ]),
    );
    expect(await listed()).toEqual(['D Farmers*', 'a Farmers', 'C Vets', 'B Farmers']);
    expect(await listed('c')).toEqual(['C Vets']);
  });

  it('does not let a campaign take the name of one that changes only its case', async () => {
    const { campaigns, uuidOf } = await open();
    const result = await campaigns.updateMany([
      { uuid: uuidOf('A'), name: 'a' },
      { uuid: uuidOf('B'), name: 'A' },
    ]);
    expect(refused(result)).toEqual(['campaigns.1.name: TAKEN']);
    const fromLast = await campaigns.updateMany([
      { uuid: uuidOf('B'), name: 'A' },
      { uuid: uuidOf('A'), name: 'a' },
    ]);
    expect(refused(fromLast)).toEqual(['campaigns.0.name: TAKEN']);
  });

  it('refuses a campaign that comes twice', async () => {
    const { campaigns, uuidOf } = await open();
    const result = await campaigns.updateMany([
      { uuid: uuidOf('A'), archived: true },
      { uuid: uuidOf('A'), archived: false },
    ]);
    expect(refused(result)).toEqual(['campaigns.1.uuid: REPEATED']);
  });

  it('records nothing of a campaign that stays as it is', async () => {
    const { campaigns, uuidOf, revision } = await open();
    const [same, changed] = done(
      await campaigns.updateMany([
        { uuid: uuidOf('A'), name: 'A', group: { name: 'FARMERS' }, archived: false },
        { uuid: uuidOf('B'), archived: true },
      ]),
    );
    expect([same?.revision, changed?.revision, await revision()]).toEqual([0, 1, 1]);
  });
});

describe('deleting many campaigns', () => {
  it('deletes them, archived ones too', async () => {
    const { campaigns, uuidOf, listed, counts } = await open();
    done(await campaigns.deleteMany([{ uuid: uuidOf('D') }, { uuid: uuidOf('A'), expectedRevision: 0 }]));
    expect(await listed()).toEqual(['C Farmers', 'B Farmers']);
    expect(await listed('d')).toEqual([]);
    expect(await counts()).toEqual([2, 0, 2, 0]);
  });

  it('deletes none when one is wrong', async () => {
    const { campaigns, uuidOf, listed } = await open();
    const before = await listed();
    const result = await campaigns.deleteMany([
      { uuid: uuidOf('A') },
      { uuid: newUuid() },
      { uuid: uuidOf('B'), expectedRevision: 5 },
      { uuid: uuidOf('A') },
    ]);
    expect(refused(result)).toEqual([
      'campaigns.1.uuid: NOT_FOUND',
      'campaigns.2.expectedRevision: CONFLICT',
      'campaigns.3.uuid: REPEATED',
    ]);
    expect(await listed()).toEqual(before);
  });
});
