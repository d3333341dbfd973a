import { describe, expect, it } from 'vitest';
import { createWorkspace } from '../../src/access/administration.ts';
import { createSchema } from '../../src/graphql/schema.ts';
import { ENDPOINTS } from '../../src/rest/endpoints.ts';
import type { ReadChange } from '../support/changes.ts';
import { apply, contents, readChanges, readLists } from '../support/changes.ts';
import { runCommand } from '../support/command.ts';
import { groupOf } from '../support/fixture.ts';
import { inFile } from '../support/program.ts';
import { revisionOf } from '../support/revision.ts';
import { openWorld } from '../support/world.ts';

// Runs every operation that changes campaigns or groups, and compares the changes in the feed with the lists.

const WORKSPACE = 2;
const world = await openWorld();
const client = world.as('admin2');
const { replica, cursor: start } = await readLists(client);
let cursor = start;

/** Reads the changes since the last call and applies them to the replica. Expects the replica to equal the lists. */
async function changesNow(): Promise<ReadChange[]> {
  const read = await readChanges(client, cursor);
  cursor = read.cursor;
  apply(replica, read.changes);
  expect(contents(replica)).toEqual(contents((await readLists(client)).replica));
  expect(await revisionOf(world.database, WORKSPACE)).toBe(read.changes.at(-1)?.revision ?? revision);
  revision = read.changes.at(-1)?.revision ?? revision;
  return read.changes;
}
let revision = 0;

interface MadeObject {
  readonly uuid: string;
  readonly revision: number;
}

interface Made {
  readonly made: { readonly object: MadeObject | readonly MadeObject[] | null };
}

const uuids = { campaign: '', group: '' };
const farmers = groupOf(WORKSPACE, 'Vets');

type Expected = Readonly<Record<string, readonly [before: unknown, after: unknown]>>;

const MUTATIONS: readonly (readonly [mutation: string, input: () => string, action: string, fields: Expected])[] = [
  [
    'createGroup',
    () => 'name: "Beekeepers"',
    'CREATED',
    { name: [null, 'Beekeepers'], status: [null, 'ready'], system: [null, false], contactCount: [null, 0] },
  ],
  [
    'createCampaign',
    () => `name: "Honey", group: { uuid: "${farmers.uuid}" }`,
    'CREATED',
    { name: [null, 'Honey'], group: [null, { uuid: farmers.uuid, name: 'Vets' }], archived: [null, false] },
  ],
  ['updateCampaign', () => `uuid: "${uuids.campaign}", name: "Wax"`, 'UPDATED', { name: ['Honey', 'Wax'] }],
  ['updateCampaign', () => `uuid: "${uuids.campaign}", archived: true`, 'ARCHIVED', { archived: [false, true] }],
  [
    'updateCampaign',
    () => `uuid: "${uuids.campaign}", archived: false, name: "Honey"`,
    'RESTORED',
    { name: ['Wax', 'Honey'], archived: [true, false] },
  ],
  [
    'deleteCampaign',
    () => `uuid: "${uuids.campaign}"`,
    'DELETED',
    { name: ['Honey', null], group: [{ uuid: farmers.uuid, name: 'Vets' }, null], archived: [false, null] },
  ],
  [
    'createCampaigns',
    () => `campaigns: [{ name: "Mead", group: { uuid: "${farmers.uuid}" } }]`,
    'CREATED',
    { name: [null, 'Mead'], group: [null, { uuid: farmers.uuid, name: 'Vets' }], archived: [null, false] },
  ],
  [
    'importCampaigns',
    () => `rows: [{ uuid: "${uuids.campaign}", name: "Cider" }]`,
    'UPDATED',
    { name: ['Mead', 'Cider'] },
  ],
  [
    'updateCampaigns',
    () => `campaigns: [{ uuid: "${uuids.campaign}", archived: true }]`,
    'ARCHIVED',
    { archived: [false, true] },
  ],
  [
    'deleteCampaigns',
    () => `campaigns: [{ uuid: "${uuids.campaign}" }]`,
    'DELETED',
    { name: ['Cider', null], group: [{ uuid: farmers.uuid, name: 'Vets' }, null], archived: [true, null] },
  ],
  ['updateGroup', () => `uuid: "${uuids.group}", name: "Bees"`, 'UPDATED', { name: ['Beekeepers', 'Bees'] }],
  [
    'deleteGroup',
    () => `uuid: "${uuids.group}"`,
    'DELETED',
    { name: ['Bees', null], status: ['ready', null], system: [false, null], contactCount: [0, null] },
  ],
];

/** Mutations of webhooks. They change neither campaigns nor groups. */
const OF_WEBHOOKS = ['createWebhook', 'updateWebhook', 'deleteWebhook', 'rotateWebhookSecret', 'replayWebhook'];

/** Mutations of members and tokens. test/graphql/api-tokens.test.ts tests their changes. */
const OF_PEOPLE = ['inviteMember', 'updateMember', 'removeMember', 'createApiToken', 'revokeApiToken'];

describe('the feed has the change of', () => {
  it('every mutation, which are these', () => {
    const mutations = Object.keys(createSchema().getMutationType()?.getFields() ?? {});
    const changing = new Set(MUTATIONS.map(([mutation]) => mutation));
    expect(mutations.toSorted()).toEqual([...changing, ...OF_WEBHOOKS, ...OF_PEOPLE].toSorted());
  });

  it.each(MUTATIONS)('%s(%s): %s', async (mutation, input, action, fields) => {
    const returnsObject = !mutation.startsWith('delete') && mutation !== 'importCampaigns';
    const kind = mutation.includes('Campaign') ? 'campaign' : 'group';
    const object = returnsObject
      ? `object: ${mutation.endsWith('s') ? 'campaigns' : kind} { uuid revision }`
      : 'userErrors { code }';
    const { made } = await client.data<Made>(`mutation { made: ${mutation}(input: { ${input()} }) { ${object} } }`);
    const [changed] = [made.object ?? []].flat();
    if (changed) uuids[kind] = changed.uuid;
    const changes = await changesNow();
    expect(changes).toEqual([
      {
        revision,
        action,
        origin: 'GRAPHQL',
        actor: { email: 'admin@mto.example', token: 'admin2' },
        subjectType: kind.toUpperCase(),
        subjectUuid: uuids[kind],
        fields: Object.entries(fields).map(([name, [before, after]]) => ({ name, before, after })),
      },
    ]);
    if (returnsObject) expect(changed?.revision).toBe(revision);
  });

  it('every REST route that writes, which are these', async () => {
    const routes = Object.entries(ENDPOINTS).flatMap(([name, endpoint]) =>
      Object.keys(endpoint).flatMap((method) => (method === 'GET' ? [] : [`${method} ${name}`])),
    );
    expect(routes.toSorted()).toEqual(['DELETE groups', 'POST campaigns', 'POST groups']);
    const uuidOf = ({ json }: { json: unknown }) => (json as { uuid: string }).uuid;

    const group = uuidOf(await world.rest.ask('/groups.json', { body: { name: 'Weavers' } }));
    await world.rest.ask(`/groups.json?uuid=${group}`, { body: { name: 'Spinners' } });
    const campaign = uuidOf(await world.rest.ask('/campaigns.json', { body: { name: 'Wool', group: 'Vets' } }));
    await world.rest.ask(`/campaigns.json?uuid=${campaign}`, { body: { name: 'Silk', group: 'Vets' } });
    await world.rest.ask(`/groups.json?uuid=${group}`, { method: 'DELETE' });
    expect(
      (await changesNow()).map(({ action, origin, actor, subjectUuid }) => [action, origin, actor?.token, subjectUuid]),
    ).toEqual([
      ['CREATED', 'REST', 'editor2', group],
      ['UPDATED', 'REST', 'editor2', group],
      ['CREATED', 'REST', 'editor2', campaign],
      ['UPDATED', 'REST', 'editor2', campaign],
      ['DELETED', 'REST', 'editor2', group],
    ]);
  });

  it('a command that makes groups', async () => {
    const { id } = await createWorkspace(world.database, 'New');
    const { rows } = await changesOf(id);
    expect(rows).toEqual([
      { revision: 1, action: 'created', type: 'Group', origin: 'command', user_email: null, token_name: null },
    ]);
    expect(await revisionOf(world.database, id)).toBe(1);
  });

  it('nothing for what changes nothing', async () => {
    await client.data(`mutation {
      same: updateGroup(input: { uuid: "${farmers.uuid}", name: "Vets" }) { userErrors { code } }
      taken: createGroup(input: { name: "Vets" }) { userErrors { code } }
      gone: deleteCampaign(input: { uuid: "${uuids.campaign}" }) { userErrors { code } }
    }`);
    await world.rest.ask('/groups.json', { body: { name: 'Vets' } });
    await client.data(`mutation {
      createWebhook(input: { name: "Of changes", url: "https://127.0.0.1/" }) { secret }
      updateWebhook(input: { uuid: "${uuids.campaign}", enabled: false }) { userErrors { code } }
    }`);
    for (const command of [['token', 'list'], ['migrate'], ['check']]) await runCommand(command, inFile(world.file));
    expect(await changesNow()).toEqual([]);
  });

  it('a write once that is repeated with an idempotency key', async () => {
    const send = () =>
      world.rest.ask('/groups.json', { headers: { 'Idempotency-Key': '"once"' }, body: { name: 'Only once' } });
    expect((await send()).json).toEqual((await send()).json);
    expect((await changesNow()).map(({ action }) => action)).toEqual(['CREATED']);
  });
});

async function changesOf(workspace: number) {
  const rows = await world.database.reader.db
    .selectFrom('changes')
    .select(['revision', 'action', 'type', 'origin', 'user_email', 'token_name'])
    .where('workspace_id', '=', workspace as never)
    .orderBy('revision')
    .execute();
  return { rows };
}
