import { describe, expect, it } from 'vitest';
import { newUuid } from '../../src/model/uuid.ts';
import { campaignOf } from '../support/fixture.ts';
import { openWorld } from '../support/world.ts';

const world = await openWorld();
const reader = world.as('viewer');

const CHECK = `query ($uuid: UUID, $name: String, $group: GroupReference) {
  campaignErrors(uuid: $uuid, name: $name, group: $group) { field code }
}`;
const UPDATE = `mutation ($uuid: UUID!, $name: String, $group: GroupReference) {
  updateCampaign(input: { uuid: $uuid, name: $name, group: $group }) { userErrors { field code } }
}`;

interface FoundError {
  readonly field: readonly string[] | null;
  readonly code: string;
}

async function errors(variables: Record<string, unknown>): Promise<[field: string | undefined, code: string][]> {
  const { campaignErrors } = await reader.data<{ campaignErrors: readonly FoundError[] }>(CHECK, variables);
  return campaignErrors.map(({ field, code }) => [field?.[0], code]);
}

const used = campaignOf(1, 'Reminders');
const archived = campaignOf(1, 'Archived Vet #034');

describe('campaignErrors', () => {
  it.each([
    ['no field', {}, []],
    ['a free name', { name: 'Free' }, []],
    ['a group', { group: { name: 'farmers' } }, []],
    ['a name of spaces', { name: ' ' }, [['name', 'BLANK']]],
    ['a taken name', { name: 'REMINDERS' }, [['name', 'TAKEN']]],
    ['an unknown group', { group: { name: 'Nobody' } }, [['group', 'NOT_FOUND']]],
    [
      'a name and a group',
      { name: '"', group: { name: 'Nobody' } },
      [
        ['name', 'INVALID_CHARACTER'],
        ['group', 'NOT_FOUND'],
      ],
    ],
    ['the name that the campaign has', { uuid: used.uuid, name: 'REMINDERS' }, []],
    ['the name of another campaign', { uuid: used.uuid, name: archived.name }, [['name', 'TAKEN']]],
    ['an unknown campaign', { uuid: newUuid(), name: ' ' }, [['uuid', 'NOT_FOUND']]],
    ['an archived campaign', { uuid: archived.uuid, name: ' ' }, [[undefined, 'ARCHIVED']]],
  ])('judges %s', async (_what, variables, expected) => {
    expect(await errors(variables)).toEqual(expected);
  });

  it.each([
    { uuid: used.uuid, name: '"', group: { name: 'Nobody' } },
    { uuid: archived.uuid, name: ' ' },
    { uuid: newUuid(), name: 'x' },
  ])('finds what updateCampaign finds', async (variables) => {
    const { campaignErrors } = await reader.data<{ campaignErrors: unknown }>(CHECK, variables);
    expect(await world.as('admin').data(UPDATE, variables)).toEqual({ updateCampaign: { userErrors: campaignErrors } });
  });

  it('judges the campaigns of the caller’s own workspace', async () => {
    const { campaignErrors } = await world.as('admin2').data<{ campaignErrors: unknown }>(CHECK, { uuid: used.uuid });
    expect(campaignErrors).toEqual([{ field: ['uuid'], code: 'NOT_FOUND' }]);
  });
});
