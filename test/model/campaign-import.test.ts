import { describe, expect, it } from 'vitest';
import type { ImportRow } from '../../src/model/campaign-import.ts';
import { Campaigns } from '../../src/model/campaigns.ts';
import { Groups } from '../../src/model/groups.ts';
import { newUuid } from '../../src/model/uuid.ts';
import { AUTHOR } from '../support/author.ts';
import { done } from '../support/outcome.ts';
import { revisionOf } from '../support/revision.ts';
import { makeWorkspace } from '../support/workspace.ts';
import { openEmptyDatabase } from '../support/world.ts';
import { LoopTurns } from '../../src/waiting/loop-turns.ts';

const database = await openEmptyDatabase();

/** A workspace with the campaigns A, B, C and D. D is archived, and its group is deleted. */
async function open() {
  const workspace = await makeWorkspace(database, {
    groups: [{ name: 'Farmers' }, { name: 'Vets' }, { name: 'Gone', deleted: true }],
    campaigns: [
      { name: 'A', created: 1 },
      { name: 'B', created: 2 },
      { name: 'C', created: 3 },
      { name: 'D', created: 4, archived: true, group: 2 },
    ],
  });
  const campaigns = new Campaigns(database, workspace.id, AUTHOR);
  const uuids = Object.fromEntries(workspace.campaigns.map(({ name, uuid }) => [name, uuid]));
  const listed = async () => {
    const page = await campaigns.list
      .where({ archived: null })
      .page({ ordering: { field: 'created', direction: 'asc' }, from: 'start', limit: 100 });
    return page.rows.map(({ name, group, archived }) => `${name} ${group.name}${archived ? '*' : ''}`);
  };
  return { campaigns, workspace, uuids, listed };
}

/** The planned result of each row: its action and its errors. */
async function planned(campaigns: Campaigns, rows: readonly ImportRow[]) {
  const { rows: plan } = await campaigns.planImport(rows);
  return plan.map(({ action, errors }) =>
    [action, ...errors.map(({ field, code }) => `${field?.[0] ?? '-'}: ${code}`)].join(' '),
  );
}

it('many plans of one workspace do not keep other work of the process waiting', async () => {
  const { campaigns } = await open();
  const rows = Array.from({ length: 5_000 }, (_, place) => ({ name: `Row ${place}`, group: 'Farmers' }));
  const plans = Array.from({ length: 10 }, async () => campaigns.planImport(rows));
  let passed = 0;
  const count = () => {
    passed += 1;
    counting = setImmediate(count);
  };
  let counting = setImmediate(count);
  const turns = new LoopTurns();
  for (let piece = 0; piece < 5; piece += 1) {
    const end = performance.now() + 1.1;
    while (performance.now() < end);
    await turns.next();
  }
  clearImmediate(counting);
  // Two turns for each piece: one for the plans, and one for this work.
  expect(passed).toBeLessThan(25);
  await Promise.all(plans);
});

describe('importing a table', () => {
  it('creates and changes what its plan says, and leaves the rest', async () => {
    const { campaigns, uuids, listed } = await open();
    const rows = [
      { uuid: uuids['A'], name: 'Alpha', group: 'Farmers', archived: 'no' },
      { uuid: ` ${uuids['B']?.toUpperCase()} `, name: 'B', group: 'VETS', archived: '' },
      { uuid: uuids['C'], name: ' C ', group: '', archived: 'Yes' },
      { uuid: uuids['D'], name: 'D', group: 'gone', archived: 'VRAI' },
      { name: 'E', group: 'vets' },
      { uuid: '', name: 'F', group: 'Farmers', archived: 'true' },
    ];
    expect(await planned(campaigns, rows)).toEqual(['change', 'change', 'change', 'keep', 'create', 'create']);
    const before = await listed();
    const { fingerprint } = await campaigns.planImport(rows);
    expect(await listed()).toEqual(before);
    expect(await campaigns.import(rows, fingerprint)).toMatchObject({
      imported: true,
      counts: { create: 2, change: 3, keep: 1, refuse: 0 },
    });
    expect(await listed()).toEqual(['Alpha Farmers', 'B Vets', 'C Farmers*', 'D Gone*', 'E Vets', 'F Farmers*']);
    expect(await campaigns.list.where({ archived: true }).count()).toBe(3);
  });

  it('does nothing when it is repeated, as far as the rows have UUIDs', async () => {
    const { campaigns, workspace, uuids } = await open();
    const rows = [{ uuid: uuids['A'], name: 'Alpha' }];
    await campaigns.import(rows);
    expect(await planned(campaigns, rows)).toEqual(['keep']);
    await campaigns.import(rows);
    expect(await revisionOf(database, workspace.id)).toBe(1);
  });

  it('refuses everything when a row breaks a rule, and says of each why', async () => {
    const { campaigns, uuids, listed } = await open();
    const rows = [
      { name: 'Fine', group: 'Vets' },
      { name: '', group: 'Vets' },
      { name: 'X', group: 'Nobody' },
      { name: 'Y' },
      { name: 'a"b', archived: 'perhaps' },
      { name: 'b', group: 'Vets' },
      { name: 'FINE', group: 'Vets' },
      { uuid: newUuid(), name: 'Z' },
      { uuid: 'no UUID', name: 'Z' },
      { uuid: uuids['A'], name: 'B' },
      { uuid: uuids['A'], name: 'A' },
      { uuid: uuids['D'], name: 'Delta' },
      { uuid: uuids['D'], archived: 'no' },
      { uuid: uuids['C'], name: '' },
    ];
    const expected = [
      'create',
      'refuse name: BLANK',
      'refuse group: NOT_FOUND',
      'refuse group: BLANK',
      'refuse name: INVALID_CHARACTER group: BLANK archived: INVALID',
      'refuse name: TAKEN',
      'refuse name: TAKEN',
      'refuse uuid: NOT_FOUND',
      'refuse uuid: NOT_FOUND',
      'refuse name: TAKEN',
      'refuse uuid: REPEATED',
      'refuse -: ARCHIVED',
      'refuse uuid: REPEATED',
      'refuse name: BLANK',
    ];
    expect(await planned(campaigns, rows)).toEqual(expected);
    const before = await listed();
    const result = await campaigns.import(rows);
    expect(result).toMatchObject({ imported: false, counts: { create: 1, change: 0, keep: 0, refuse: 13 } });
    expect(result.errors[0]).toMatchObject({ field: ['rows', '1', 'name'], code: 'BLANK' });
    expect(await listed()).toEqual(before);
  });

  it('does not restore a campaign whose group is deleted, unless it gets another', async () => {
    const { campaigns, uuids } = await open();
    expect(await planned(campaigns, [{ uuid: uuids['D'], archived: 'no' }])).toEqual(['refuse group: NOT_FOUND']);
    expect(await planned(campaigns, [{ uuid: uuids['D'], archived: 'no', group: 'Vets' }])).toEqual(['change']);
  });

  it('lets campaigns exchange their names, and new ones take those that become free', async () => {
    const { campaigns, uuids, listed } = await open();
    const rows = [
      { name: 'C', group: 'Vets' },
      { uuid: uuids['A'], name: 'B' },
      { uuid: uuids['B'], name: 'a' },
      { uuid: uuids['C'], name: 'New C' },
    ];
    expect(await campaigns.import(rows)).toMatchObject({ imported: true });
    expect(await listed()).toEqual(['B Farmers', 'a Farmers', 'New C Farmers', 'D Gone*', 'C Vets']);
  });

  it('does not refuse a row that changes only the case of its name because rows before it want the name', async () => {
    const { campaigns, uuids } = await open();
    const rows = [
      { uuid: uuids['A'], name: 'B' },
      { name: 'b', group: 'Vets' },
      { uuid: uuids['B'], name: 'b' },
    ];
    expect(await planned(campaigns, rows)).toEqual(['refuse name: TAKEN', 'refuse name: TAKEN', 'change']);
  });

  it('is refused when it would do anything else than was planned', async () => {
    const { campaigns, workspace, uuids, listed } = await open();
    const rows = [
      { uuid: uuids['A'], name: 'Alpha' },
      { name: 'New', group: 'Vets' },
    ];
    const { fingerprint } = await campaigns.planImport(rows);
    // A change to a campaign that is not in the import does not change the plan.
    done(await campaigns.update(uuids['C'] ?? '', { name: 'Other' }));
    expect((await campaigns.planImport(rows)).fingerprint).toBe(fingerprint);
    done(await campaigns.update(uuids['A'] ?? '', { group: { name: 'Vets' } }));
    expect(await campaigns.import(rows, fingerprint)).toMatchObject({
      imported: false,
      counts: { refuse: 0 },
      errors: [],
    });
    expect(await listed()).toEqual(['A Vets', 'B Farmers', 'Other Farmers', 'D Gone*']);
    const { fingerprint: now } = await campaigns.planImport(rows);
    const groups = new Groups(database, workspace.id, AUTHOR);
    const [, vets] = workspace.groups;
    done(await groups.rename(vets?.uuid ?? '', { name: 'Doctors' }));
    done(await groups.create({ name: 'Vets' }));
    expect(await campaigns.import(rows, now)).toMatchObject({ imported: false });
  });
});
