import { describe, expect, it } from 'vitest';
import { toGlobalId } from '../../src/graphql/global-id.ts';
import { newUuid } from '../../src/model/uuid.ts';
import { Client } from '../support/client.ts';
import { makeWorkspace } from '../support/workspace.ts';
import { openWorld } from '../support/world.ts';

const world = await openWorld();

async function open(count = 3) {
  const workspace = await makeWorkspace(world.database, {
    groups: [{ name: 'Farmers' }, { name: 'Vets' }],
    campaigns: Array.from({ length: count }, (_, place) => ({ name: `N ${place}`, created: place })),
  });
  return { client: new Client(world.url, workspace.key), uuids: workspace.campaigns.map(({ uuid }) => uuid) };
}

const ERRORS = 'userErrors { field code message character } clientMutationId';
const CREATE = `mutation ($input: CreateCampaignsInput!) { createCampaigns(input: $input) { campaigns { uuid name archived group { name } } ${ERRORS} } }`;
const UPDATE = `mutation ($input: UpdateCampaignsInput!) { updateCampaigns(input: $input) { campaigns { uuid name archived group { name } revision } ${ERRORS} } }`;
const DELETE = `mutation ($input: DeleteCampaignsInput!) { deleteCampaigns(input: $input) { deletedCampaignIds ${ERRORS} } }`;

describe('a mutation of many campaigns', () => {
  it('creates them', async () => {
    const { client } = await open();
    const input = {
      campaigns: [
        { name: 'First', group: { name: 'vets' } },
        { name: ' Second ', group: { name: 'Farmers' } },
      ],
      clientMutationId: 'a',
    };
    expect(await client.data(CREATE, { input })).toEqual({
      createCampaigns: {
        campaigns: [
          { uuid: expect.any(String), name: 'First', archived: false, group: { name: 'Vets' } },
          { uuid: expect.any(String), name: 'Second', archived: false, group: { name: 'Farmers' } },
        ],
        userErrors: [],
        clientMutationId: 'a',
      },
    });
    expect(await client.data('{ campaigns(first: 2) { nodes { name } totalCount } }')).toEqual({
      campaigns: { nodes: [{ name: 'Second' }, { name: 'First' }], totalCount: 5 },
    });
  });

  it('changes and restores them', async () => {
    const { client, uuids } = await open();
    const archive = { campaigns: uuids.map((uuid) => ({ uuid, archived: true, expectedRevision: 0 })) };
    const { updateCampaigns } = await client.data<{ updateCampaigns: { campaigns: { revision: number }[] } }>(UPDATE, {
      input: archive,
    });
    expect(updateCampaigns.campaigns.map(({ revision }) => revision)).toEqual([1, 2, 3]);
    const restore = {
      campaigns: uuids.map((uuid) => ({ uuid, archived: false, group: { name: 'Vets' }, name: null })),
    };
    expect(await client.data(UPDATE, { input: restore })).toMatchObject({
      updateCampaigns: {
        campaigns: uuids.map((uuid) => ({ uuid, archived: false, group: { name: 'Vets' } })),
        userErrors: [],
      },
    });
  });

  it('deletes them, and returns their global ids', async () => {
    const { client, uuids } = await open();
    const input = { campaigns: uuids.slice(1).map((uuid) => ({ uuid })) };
    expect(await client.data(DELETE, { input })).toEqual({
      deleteCampaigns: {
        deletedCampaignIds: uuids.slice(1).map((uuid) => toGlobalId('Campaign', uuid)),
        userErrors: [],
        clientMutationId: null,
      },
    });
    expect(await client.data('{ campaigns { nodes { uuid } } }')).toEqual({
      campaigns: { nodes: [{ uuid: uuids[0] }] },
    });
  });

  it('changes none when one is wrong, and says which and why', async () => {
    const { client, uuids } = await open();
    const input = {
      campaigns: [
        { uuid: uuids[0], name: 'Fine' },
        { uuid: uuids[1], name: 'a"b', group: { uuid: newUuid() } },
        { uuid: uuids[2], name: 'n 2', expectedRevision: 9 },
      ],
    };
    expect(await client.data(UPDATE, { input })).toEqual({
      updateCampaigns: {
        campaigns: null,
        userErrors: [
          { field: ['campaigns', '1', 'name'], code: 'INVALID_CHARACTER', message: expect.any(String), character: '"' },
          { field: ['campaigns', '1', 'group'], code: 'NOT_FOUND', message: expect.any(String), character: null },
          {
            field: ['campaigns', '2', 'expectedRevision'],
            code: 'CONFLICT',
            message: expect.any(String),
            character: null,
          },
        ],
        clientMutationId: null,
      },
    });
    const conflict = `mutation ($input: UpdateCampaignsInput!) { updateCampaigns(input: $input) { userErrors { current { ... on Campaign { name revision } } } } }`;
    expect(await client.data(conflict, { input: { campaigns: input.campaigns.slice(2) } })).toEqual({
      updateCampaigns: { userErrors: [{ current: { name: 'N 2', revision: 0 } }] },
    });
    expect(await client.data('{ campaigns { nodes { name } } }')).toEqual({
      campaigns: { nodes: [{ name: 'N 2' }, { name: 'N 1' }, { name: 'N 0' }] },
    });
  });

  it('takes 250 and refuses 251', async () => {
    const { client, uuids } = await open(251);
    const updates = uuids.map((uuid) => ({ uuid, group: { name: 'Vets' } }));
    const most = await client.data<{ updateCampaigns: { campaigns: unknown[] } }>(UPDATE, {
      input: { campaigns: updates.slice(1) },
    });
    expect(most.updateCampaigns.campaigns).toHaveLength(250);
    const created = Array.from({ length: 251 }, (_, place) => ({ name: `M ${place}`, group: { name: 'Vets' } }));
    expect(
      (
        await client.data<{ createCampaigns: { campaigns: unknown[] } }>(CREATE, {
          input: { campaigns: created.slice(1) },
        })
      ).createCampaigns.campaigns,
    ).toHaveLength(250);
    for (const [mutation, campaigns] of [
      [CREATE, created],
      [UPDATE, updates],
      [DELETE, uuids.map((uuid) => ({ uuid }))],
    ] as const) {
      const { codes, errors } = await client.ask(mutation.replaceAll(/campaigns \{.*?\} \} |userErrors \{.*?\}/g, ''), {
        input: { campaigns },
      });
      expect(codes).toEqual(['BAD_USER_INPUT']);
      expect(errors[0]?.message).toBe('`campaigns` has 251 values; it can have at most 250.');
    }
  });

  it('of more than it takes is refused for that, however many there are and whatever it returns', async () => {
    const { client } = await open();
    const campaigns = Array.from({ length: 1_000 }, (_, place) => ({ name: `M ${place}`, group: { name: 'Vets' } }));
    const { codes, errors } = await client.ask(CREATE, { input: { campaigns } });
    expect(codes).toEqual(['BAD_USER_INPUT']);
    expect(errors[0]?.message).toBe('`campaigns` has 1000 values; it can have at most 250.');
  });

  it('that is too costly says how many campaigns would pass at once', async () => {
    const { client, uuids } = await open(18);
    const document = `mutation ($input: UpdateCampaignsInput!) { updateCampaigns(input: $input) { campaigns { uuid history { nodes { at } } } } }`;
    const ask = (count: number) =>
      client.ask(document, {
        input: { campaigns: Array.from({ length: count }, (_, place) => ({ uuid: uuids[place] ?? newUuid() })) },
      });
    const { codes, errors, extensions } = await ask(250);
    expect(codes).toEqual(['TOO_COSTLY']);
    // 20 for the mutation, 1 for its payload, and 58.94 for each campaign: 0.75 for the write, 1 for itself, and 57.19 for its history.
    const items = 16;
    expect(extensions).toMatchObject({ cost: { wouldPass: { items } } });
    expect(errors[0]?.message).toContain(`It passes with at most ${items} items in each list of its arguments.`);
    expect((await ask(items)).codes).toEqual([]);
    expect((await ask(items + 1)).codes).toEqual(['TOO_COSTLY']);
  });

  it('says which name comes twice, without a number that could be taken for a place in the list', async () => {
    const { client } = await open();
    const campaigns = ['dup1', 'DUP1'].map((name) => ({ name, group: { name: 'Vets' } }));
    const { createCampaigns } = await client.data<{ createCampaigns: { userErrors: unknown[] } }>(
      'mutation ($input: CreateCampaignsInput!) { createCampaigns(input: $input) { userErrors { field message takenByItem } } }',
      { input: { campaigns } },
    );
    expect(createCampaigns.userErrors).toEqual([
      {
        field: ['campaigns', '1', 'name'],
        message: 'An earlier campaign of the list is to be named “DUP1”, too. Choose another name.',
        takenByItem: 0,
      },
    ]);
  });

  it('costs as much as it may change and return', async () => {
    const { client, uuids } = await open(5);
    const document = `mutation ($input: UpdateCampaignsInput!) { updateCampaigns(input: $input) { campaigns { uuid group { name } history(first: 250) { nodes { at } } } } }`;
    const { codes } = await client.ask(document, { input: { campaigns: uuids.map((uuid) => ({ uuid })) } });
    expect(codes).toEqual(['TOO_COSTLY']);
    const cost = async (count: number) => {
      const campaigns = uuids.slice(0, count).map((uuid) => ({ uuid }));
      return (await client.ask(UPDATE, { input: { campaigns } })).extensions;
    };
    // 20 for the mutation, 1 for its payload, and 2.75 for each campaign: 0.75 for the write, and 2 for the campaign and its group.
    // An error costs less.
    expect(await cost(1)).toEqual({ cost: { requested: Math.ceil(21 + 2.75), limit: 1_000 } });
    expect(await cost(3)).toEqual({ cost: { requested: Math.ceil(21 + 3 * 2.75), limit: 1_000 } });
  });

  it('of 250 passes with all that the console shows of campaigns and of errors, whether it is done or refused', async () => {
    const { client, uuids } = await open(250);
    const CAMPAIGN = 'id uuid name archived createdOn modifiedOn revision group { uuid name }';
    const all = `campaigns { ${CAMPAIGN} } userErrors { field code message character current { ... on Campaign { ${CAMPAIGN} } } }`;
    const create = `mutation ($input: CreateCampaignsInput!) { createCampaigns(input: $input) { ${all} } }`;
    const update = `mutation ($input: UpdateCampaignsInput!) { updateCampaigns(input: $input) { ${all} } }`;
    const remove = `mutation ($input: DeleteCampaignsInput!) { deleteCampaigns(input: $input) { ${all.replace(/campaigns \{.*?\} \}/, 'deletedCampaignIds')} } }`;
    const send = async (mutation: string, campaigns: readonly object[]) => {
      const { codes, data, extensions } = await client.ask(mutation, { input: { campaigns } });
      const [payload = {}] = Object.values((data ?? {}) as Record<string, Record<string, unknown[] | null>>);
      const { userErrors, campaigns: changed, deletedCampaignIds: deleted } = payload;
      const { requested } = (extensions?.['cost'] ?? {}) as { requested?: number };
      expect(requested).toBeLessThanOrEqual(1_000);
      return { codes, done: (changed ?? deleted)?.length ?? null, errors: userErrors?.length };
    };
    const outdated = uuids.map((uuid) => ({ uuid, expectedRevision: 99 }));
    const wrong = { name: `${'n'.repeat(65)}"`, group: { name: 'nobody' } };
    expect(await send(update, outdated)).toEqual({ codes: [], done: null, errors: 250 });
    expect(await send(remove, outdated)).toEqual({ codes: [], done: null, errors: 250 });
    // Each row has three errors: the name is too long, it contains a forbidden character, and the group does not exist.
    expect(
      await send(
        update,
        uuids.map((uuid) => ({ uuid, ...wrong })),
      ),
    ).toEqual({ codes: [], done: null, errors: 750 });
    expect(
      await send(
        create,
        uuids.map(() => wrong),
      ),
    ).toEqual({ codes: [], done: null, errors: 750 });
    const vets = { group: { name: 'Vets' } };
    expect(
      await send(
        create,
        uuids.map((_, n) => ({ name: `New ${n}`, ...vets })),
      ),
    ).toEqual({ codes: [], done: 250, errors: 0 });
    expect(
      await send(
        update,
        uuids.map((uuid) => ({ uuid, ...vets })),
      ),
    ).toEqual({ codes: [], done: 250, errors: 0 });
    expect(
      await send(
        remove,
        uuids.map((uuid) => ({ uuid })),
      ),
    ).toEqual({ codes: [], done: 250, errors: 0 });
  });

  it('is done once when it is sent again with its idempotency key', async () => {
    const workspace = await makeWorkspace(world.database, { groups: [{ name: 'Vets' }] });
    const send = async () => {
      const response = await fetch(`${world.url}/graphql`, {
        method: 'POST',
        headers: {
          'content-type': 'application/json',
          authorization: `Bearer ${workspace.key}`,
          'idempotency-key': '"many"',
        },
        body: JSON.stringify({
          query: CREATE,
          variables: { input: { campaigns: ['A', 'B'].map((name) => ({ name, group: { name: 'Vets' } })) } },
        }),
      });
      return response.json();
    };
    const first = await send();
    expect(first).toMatchObject({ data: { createCampaigns: { campaigns: [{ name: 'A' }, { name: 'B' }] } } });
    expect(await send()).toEqual(first);
  });

  it.each(['viewer', 'agent'] as const)('is refused to a %s', async (role) => {
    const { codes } = await world.as(role).ask(DELETE, { input: { campaigns: [] } });
    expect(codes).toEqual(['FORBIDDEN']);
  });
});
