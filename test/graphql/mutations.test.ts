import { describe, expect, it } from 'vitest';
import { toGlobalId } from '../../src/graphql/global-id.ts';
import { newUuid } from '../../src/model/uuid.ts';
import { Client } from '../support/client.ts';
import { makeWorkspace } from '../support/workspace.ts';
import { openWorld } from '../support/world.ts';

const world = await openWorld();

async function open() {
  const workspace = await makeWorkspace(world.database, {
    groups: [{ name: 'Farmers' }, { name: 'Adults', kind: 'smart' }, { name: 'Open Tickets', system: true }],
    campaigns: [
      { name: 'In use', created: 1_600_000_000_000_001 },
      { name: 'Archived', created: 1_600_000_000_000_000, archived: true },
    ],
  });
  const [used, archived] = workspace.campaigns.map(({ uuid }) => uuid);
  return { client: new Client(world.url, workspace.key), used, archived, group: workspace.groups[1]?.uuid ?? '' };
}

const ERRORS = 'userErrors { field code message character } clientMutationId';
const CREATE = `mutation ($input: CreateCampaignInput!) { createCampaign(input: $input) { campaign { uuid name archived group { name } createdOn modifiedOn } ${ERRORS} } }`;
const UPDATE = `mutation ($input: UpdateCampaignInput!) { updateCampaign(input: $input) { campaign { uuid name archived group { name } createdOn } ${ERRORS} } }`;
const DELETE = `mutation ($input: DeleteCampaignInput!) { deleteCampaign(input: $input) { deletedCampaignId ${ERRORS} } }`;
const CREATE_GROUP = `mutation ($input: CreateGroupInput!) { createGroup(input: $input) { group { id name query status system contactCount campaigns { totalCount } } ${ERRORS} } }`;
const UPDATE_GROUP = `mutation ($input: UpdateGroupInput!) { updateGroup(input: $input) { group { uuid name query } ${ERRORS} } }`;
const DELETE_GROUP = `mutation ($input: DeleteGroupInput!) { deleteGroup(input: $input) { deletedGroupId ${ERRORS} } }`;

describe('a mutation', () => {
  it('returns a clientMutationId of up to 1,000 characters, and does nothing with a longer one', async () => {
    const { client } = await open();
    const create = (name: string, length: number) =>
      client.ask(CREATE, { input: { name, group: { name: 'Farmers' }, clientMutationId: 'x'.repeat(length) } });
    expect((await create('Longest', 1_000)).data).toMatchObject({
      createCampaign: { campaign: { name: 'Longest' }, clientMutationId: 'x'.repeat(1_000) },
    });
    const { codes, errors } = await create('Too long', 1_001);
    expect([codes, errors[0]?.message]).toEqual([
      ['BAD_USER_INPUT'],
      '`clientMutationId` has 1001 characters; it can have at most 1000.',
    ]);
    expect(await client.data('{ campaigns(filter: { search: "long" }) { nodes { name } } }')).toEqual({
      campaigns: { nodes: [{ name: 'Longest' }] },
    });
  });

  it('creates a campaign, which is then the first of the list', async () => {
    const { client } = await open();
    const { createCampaign } = await client.data<{ createCampaign: { campaign: { uuid: string; createdOn: string } } }>(
      CREATE,
      {
        input: { name: '  Été  ', group: { name: 'FARMERS' }, clientMutationId: 'a' },
      },
    );
    const { uuid, createdOn } = createCampaign.campaign;
    expect(createCampaign).toEqual({
      campaign: { uuid, name: 'Été', archived: false, group: { name: 'Farmers' }, createdOn, modifiedOn: createdOn },
      userErrors: [],
      clientMutationId: 'a',
    });
    expect(createdOn).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
    expect(await client.data('{ campaigns(first: 1) { nodes { uuid } } }')).toEqual({
      campaigns: { nodes: [{ uuid }] },
    });
  });

  it('reports all errors at once, as data', async () => {
    const { client } = await open();
    const { createCampaign } = await client.data<{ createCampaign: unknown }>(CREATE, {
      input: { name: `${'x'.repeat(64)}"`, group: { uuid: newUuid() }, clientMutationId: 'b' },
    });
    expect(createCampaign).toEqual({
      campaign: null,
      userErrors: [
        {
          field: ['name'],
          code: 'TOO_LONG',
          message: 'The name has 65 characters; it can have at most 64.',
          character: null,
        },
        { field: ['name'], code: 'INVALID_CHARACTER', message: expect.stringContaining('"'), character: '"' },
        { field: ['group'], code: 'NOT_FOUND', message: expect.stringContaining('There is no group'), character: null },
      ],
      clientMutationId: 'b',
    });
  });

  it.each([
    ['a name', { name: 'Renamed' }, { name: 'Renamed' }],
    ['a group', { group: { name: 'Adults' } }, { group: { name: 'Adults' } }],
    ['an archived state', { archived: true }, { archived: true }],
    ['nothing', {}, {}],
    ['nulls, which count as nothing', { name: null, group: null, archived: null }, {}],
  ])('updates %s of a campaign and leaves the rest', async (_what, changes, changed) => {
    const { client, used } = await open();
    expect(await client.data(UPDATE, { input: { uuid: used, ...changes } })).toEqual({
      updateCampaign: {
        campaign: {
          uuid: used,
          name: 'In use',
          archived: false,
          group: { name: 'Farmers' },
          createdOn: '2020-09-13T12:26:40.000001Z',
          ...changed,
        },
        userErrors: [],
        clientMutationId: null,
      },
    });
  });

  it('changes an archived campaign only by restoring it', async () => {
    const { client, archived } = await open();
    const refused = await client.data(UPDATE, { input: { uuid: archived, name: 'Renamed' } });
    expect(refused).toMatchObject({
      updateCampaign: { campaign: null, userErrors: [{ field: null, code: 'ARCHIVED' }] },
    });
    const restored = await client.data(UPDATE, { input: { uuid: archived, name: 'Renamed', archived: false } });
    expect(restored).toMatchObject({ updateCampaign: { campaign: { name: 'Renamed', archived: false } } });
  });

  it('deletes a campaign, and returns its global id', async () => {
    const { client, used = '' } = await open();
    const id = toGlobalId('Campaign', used);
    expect(await client.data(DELETE, { input: { uuid: used.toUpperCase(), clientMutationId: 'c' } })).toEqual({
      deleteCampaign: { deletedCampaignId: id, userErrors: [], clientMutationId: 'c' },
    });
    expect(await client.data(`{ node(id: "${id}") { id } campaign(uuid: "${used}") { id } }`)).toEqual({
      node: null,
      campaign: null,
    });
    expect(await client.data(DELETE, { input: { uuid: used } })).toMatchObject({
      deleteCampaign: { deletedCampaignId: null, userErrors: [{ field: ['uuid'], code: 'NOT_FOUND' }] },
    });
  });

  it('changes the time of change of a campaign that it deletes', async () => {
    const { client, used } = await open();
    const { db } = world.database.reader;
    const modified = async () => {
      const rows = db
        .selectFrom('campaigns')
        .select('modified_on')
        .where('uuid', '=', used ?? '');
      return (await rows.executeTakeFirstOrThrow()).modified_on;
    };
    const before = await modified();
    const started = Date.now() * 1_000;
    await client.data(DELETE, { input: { uuid: used } });
    expect(before).toBeLessThan(started);
    expect(await modified()).toBeGreaterThanOrEqual(started);
  });

  it('creates, renames and deletes a group', async () => {
    const { client } = await open();
    const { createGroup } = await client.data<{ createGroup: { group: { id: string } } }>(CREATE_GROUP, {
      input: { name: ' New ' },
    });
    expect(createGroup.group).toEqual({
      id: createGroup.group.id,
      name: 'New',
      query: null,
      status: 'READY',
      system: false,
      contactCount: 0,
      campaigns: { totalCount: 0 },
    });
    const { node } = await client.data<{ node: { uuid: string } }>(
      'query ($id: ID!) { node(id: $id) { ... on Group { uuid } } }',
      {
        id: createGroup.group.id,
      },
    );
    expect(await client.data(UPDATE_GROUP, { input: { uuid: node.uuid, name: 'Newer' } })).toMatchObject({
      updateGroup: { group: { name: 'Newer' }, userErrors: [] },
    });
    expect(await client.data(DELETE_GROUP, { input: { uuid: node.uuid } })).toMatchObject({
      deleteGroup: { deletedGroupId: createGroup.group.id, userErrors: [] },
    });
    expect(await client.data('{ group(by: { name: "Newer" }) { id } }')).toEqual({ group: null });
  });

  it('keeps the query of a smart group that it renames', async () => {
    const { client, group } = await open();
    expect(await client.data(UPDATE_GROUP, { input: { uuid: group, name: 'Grown-ups' } })).toMatchObject({
      updateGroup: { group: { name: 'Grown-ups', query: 'age > 18' } },
    });
  });

  it.each([
    ['a system group', 'Open Tickets', 'SYSTEM_GROUP'],
    ['a group in use', 'Farmers', 'IN_USE'],
  ])('does not delete %s', async (_what, name, code) => {
    const { client } = await open();
    const { group } = await client.data<{ group: { uuid: string } }>(`{ group(by: { name: "${name}" }) { uuid } }`);
    expect(await client.data(DELETE_GROUP, { input: { uuid: group.uuid } })).toMatchObject({
      deleteGroup: { deletedGroupId: null, userErrors: [{ field: null, code }] },
    });
  });

  it('runs after the mutation before it, and sees its changes', async () => {
    const { client } = await open();
    const document = `mutation {
      first: createGroup(input: { name: "Twice" }) { userErrors { code } }
      second: createGroup(input: { name: "TWICE" }) { userErrors { code } }
      third: createCampaign(input: { name: "For it", group: { name: "twice" } }) { campaign { group { name } } }
    }`;
    expect(await client.data(document)).toEqual({
      first: { userErrors: [] },
      second: { userErrors: [{ code: 'TAKEN' }] },
      third: { campaign: { group: { name: 'Twice' } } },
    });
  });
});

describe('the objects of several ids', () => {
  it('come in the order of the ids, with null for unknown ids', async () => {
    const { client, used = '', archived = '', group } = await open();
    const ids = [
      toGlobalId('Group', group),
      'x',
      toGlobalId('Campaign', archived),
      toGlobalId('Campaign', group),
      toGlobalId('Campaign', used),
      toGlobalId('Group', group),
      toGlobalId('Campaign', newUuid()),
    ];
    const { nodes } = await client.data<{ nodes: ({ id: string } | null)[] }>(
      'query ($ids: [ID!]!) { nodes(ids: $ids) { id __typename } }',
      { ids },
    );
    expect(nodes.map((node) => node && ids.indexOf(node.id))).toEqual([0, null, 2, null, 4, 0, null]);
  });

  it.each(['', 'x', '%%%', 'Campaign:1', '\u0000', '😀'])('are null for the id "%s"', async (id) => {
    const { client } = await open();
    expect(await client.data('query ($id: ID!) { node(id: $id) { id } nodes(ids: [$id]) { id } }', { id })).toEqual({
      node: null,
      nodes: [null],
    });
  });
});
