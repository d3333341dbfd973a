import type { GraphQLArgument, GraphQLInputField, GraphQLInputType, GraphQLOutputType } from 'graphql';
import {
  getNamedType,
  getNullableType,
  isAbstractType,
  isEnumType,
  isInputObjectType,
  isLeafType,
  isListType,
  isNonNullType,
  isObjectType,
} from 'graphql';
import { describe, expect, it } from 'vitest';
import { createSchema } from '../../src/graphql/schema.ts';
import { toGlobalId } from '../../src/graphql/global-id.ts';
import { newUuid } from '../../src/model/uuid.ts';
import { found, groupOf } from '../support/fixture.ts';
import { openWorld } from '../support/world.ts';
import {
  createTheirWebhook,
  cursorsOfTheirs,
  leaked,
  MINE,
  rowsOfTheirs,
  theirCampaign,
  theirGroup,
  viewerOfTheirs,
} from './support/theirs.ts';

// These tests call the schema with a token of workspace 1. Each argument that takes text, an id or a UUID gets a value of workspace 2.
// No answer may contain data of workspace 2.

const world = await openWorld();
const caller = world.as('admin');
const schema = createSchema();

const theirCursors = await cursorsOfTheirs(world);
const theirWebhook = await createTheirWebhook(world);
const { member: theirMember, token: theirToken } = await viewerOfTheirs(world);
const theirRows = () => rowsOfTheirs(world);
// The tests below must not change these rows.
const theirRowsBefore = await theirRows();

type Words = Readonly<Record<string, readonly string[]>>;

/** Pairs of a value of workspace 2 and a value of no workspace. The server must answer both in the same way. */
const PAIRS: Words = {
  UUID: [theirGroup.uuid, newUuid()],
  campaignUuid: [theirCampaign.uuid, newUuid()],
  webhookUuid: [theirWebhook, newUuid()],
  memberUuid: [theirMember, newUuid()],
  tokenUuid: [theirToken, newUuid()],
  memberId: [toGlobalId('Member', theirMember), toGlobalId('Member', newUuid())],
  tokenId: [toGlobalId('ApiToken', theirToken), toGlobalId('ApiToken', newUuid())],
  email: ['admin@mto.example', 'nobody@mto.example'],
  name: [theirGroup.name, 'Nobody’s'],
  campaignName: [theirCampaign.name, 'No one’s'],
  groupId: [toGlobalId('Group', theirGroup.uuid), toGlobalId('Group', newUuid())],
  campaignId: [toGlobalId('Campaign', theirCampaign.uuid), toGlobalId('Campaign', newUuid())],
};

/** Arguments that give a new name. They refer to no object, so every text is allowed. */
const GIVEN_NAMES = new Set([
  'createCampaign.input.name',
  'updateCampaign.input.name',
  'createCampaigns.input.campaigns.name',
  'updateCampaigns.input.campaigns.name',
  'campaignImport.rows.name',
  'importCampaigns.input.rows.name',
  'createGroup.input.name',
  'updateGroup.input.name',
  'createWebhook.input.name',
  'updateWebhook.input.name',
  'createApiToken.input.name',
  'inviteMember.input.email',
]);

/** Arguments with the position at which a list sorted by name begins. No object needs to have this name. */
const BEGINNINGS = new Set(['campaigns.startAt.name', 'groups.startAt.name']);

/** A text that no workspace has, directly after `name` in the order of names. No name of workspace 1 is between the two. */
const justAfter = (name: string) => `${name}!`;

/** The paths of all arguments and input fields that take text, an id or a UUID, such as `campaigns.filter.group.uuid`. */
function places(path: string, inputs: readonly (GraphQLArgument | GraphQLInputField)[]): string[] {
  return inputs.flatMap(({ name, type }) => {
    const named = getNamedType(type);
    if (isInputObjectType(named)) return places(`${path}.${name}`, Object.values(named.getFields()));
    return ['String', 'ID', 'UUID'].includes(named.name) ? [`${path}.${name}`] : [];
  });
}

/** A value for an input type. It has `wanted` at `path`, and all other fields that are required. */
function value(type: GraphQLInputType, path: readonly string[], wanted: string): unknown {
  const nullable = getNullableType(type);
  if (isListType(nullable)) return [value(nullable.ofType, path, wanted)];
  if (isInputObjectType(nullable)) {
    const [step, ...rest] = path;
    const fields = Object.values(nullable.getFields());
    return Object.fromEntries(
      fields.flatMap((field) => {
        if (field.name === step) return [[field.name, value(field.type, rest, wanted)]];
        return isNonNullType(field.type) && field.defaultValue === undefined
          ? [[field.name, value(field.type, [], plain(field.type))]]
          : nullable.isOneOf && step === undefined && field.name === 'name'
            ? [[field.name, 'Farmers']]
            : [];
      }),
    );
  }
  return isEnumType(nullable) ? nullable.getValues()[0]?.name : wanted;
}

const plain = (type: GraphQLInputType): string =>
  getNamedType(type).name === 'UUID' ? groupOf(MINE, 'Unused').uuid : `Plain ${newUuid()}`;

/** Selects all fields down to a depth. Lists get `first: 5`. */
function selection(type: GraphQLOutputType, depth = 4): string {
  const named = getNamedType(type);
  if (isLeafType(named)) return '';
  if (isAbstractType(named)) {
    const within = schema.getPossibleTypes(named).map((one) => `... on ${one.name} ${selection(one, depth)}`);
    return `{ __typename ${within.join(' ')} }`;
  }
  const fields = isObjectType(named) ? Object.values(named.getFields()) : [];
  const shown = fields.filter((field) => isLeafType(getNamedType(field.type)) || depth > 0);
  // The pages are small, so that nested lists stay below the cost limit.
  const first = (field: (typeof fields)[number]) =>
    field.args.some(({ name }) => name === 'first') ? '(first: 5)' : '';
  return `{ __typename ${shown.map((field) => `${field.name}${first(field)} ${selection(field.type, depth - 1)}`).join(' ')} }`;
}

interface Root {
  readonly kind: 'query' | 'mutation';
  readonly name: string;
  readonly args: readonly GraphQLArgument[];
  readonly type: GraphQLOutputType;
}

const roots: Root[] = (['query', 'mutation'] as const).flatMap((kind) =>
  Object.values((kind === 'query' ? schema.getQueryType() : schema.getMutationType())?.getFields() ?? {}).map(
    ({ name, args, type }) => ({ kind, name, args, type }),
  ),
);

const rootPlaces = roots.flatMap((root) => places(root.name, root.args).map((place) => ({ ...root, place })));

/** Sends an operation with one root field. Its argument at the path `place` has the value `wanted`. */
async function ask({ kind, name, args, type }: Root, place: string, wanted: string) {
  const [, ...path] = place.split('.');
  const ordered = BEGINNINGS.has(place);
  const given = args.filter(
    (arg) => arg.name === path[0] || isNonNullType(arg.type) || (ordered && arg.name === 'orderBy'),
  );
  const variables = Object.fromEntries(
    given.map((arg) => [
      arg.name,
      ordered && arg.name === 'orderBy'
        ? { field: 'NAME' }
        : value(arg.type, arg.name === path[0] ? path.slice(1) : [], wanted),
    ]),
  );
  const declared = given.map((arg) => `$${arg.name}: ${String(arg.type)}`).join(', ');
  const passed = given.map((arg) => `${arg.name}: $${arg.name}`).join(', ');
  const document = `${kind} (${declared}) { ${name}(${passed}) ${selection(type, 3)} }`;
  return { asked: JSON.stringify(variables), answer: await caller.ask(document, variables) };
}

describe('the schema', () => {
  it('takes text, ids and UUIDs in these places, each of which is tested below', () => {
    expect(rootPlaces.map(({ place }) => place).toSorted()).toEqual(
      [
        ...['node.id', 'nodes.ids', 'campaign.uuid', 'group.by.uuid', 'group.by.name', 'group.by.uuidOrName'],
        ...['campaigns.after', 'campaigns.before', 'campaigns.filter.uuids', 'campaigns.filter.search'],
        ...['campaigns.filter.group.uuid', 'campaigns.filter.group.name', 'campaigns.filter.group.uuidOrName'],
        ...['campaigns.startAt.name', 'groups.startAt.name'],
        ...['campaignErrors.uuid', 'campaignErrors.name'],
        ...['campaignErrors.group.uuid', 'campaignErrors.group.name', 'campaignErrors.group.uuidOrName'],
        ...['groups.after', 'groups.before', 'groups.filter.uuids', 'groups.filter.name', 'groups.filter.search'],
        ...['changes.after', 'changes.before', 'changes.filter.uuids', 'changes.filter.actors'],
        ...['createCampaign.input.name', 'createCampaign.input.clientMutationId'],
        ...[
          'createCampaign.input.group.uuid',
          'createCampaign.input.group.name',
          'createCampaign.input.group.uuidOrName',
        ],
        ...['updateCampaign.input.uuid', 'updateCampaign.input.name', 'updateCampaign.input.clientMutationId'],
        ...[
          'updateCampaign.input.group.uuid',
          'updateCampaign.input.group.name',
          'updateCampaign.input.group.uuidOrName',
        ],
        ...['deleteCampaign.input.uuid', 'deleteCampaign.input.clientMutationId'],
        ...['createCampaigns', 'updateCampaigns'].flatMap((name) => [
          ...['name', 'group.uuid', 'group.name', 'group.uuidOrName'].map((path) => `${name}.input.campaigns.${path}`),
          `${name}.input.clientMutationId`,
        ]),
        ...['updateCampaigns.input.campaigns.uuid', 'deleteCampaigns.input.campaigns.uuid'],
        'deleteCampaigns.input.clientMutationId',
        ...['uuid', 'name', 'group', 'archived'].flatMap((cell) => [
          `campaignImport.rows.${cell}`,
          `importCampaigns.input.rows.${cell}`,
        ]),
        ...['importCampaigns.input.plan', 'importCampaigns.input.clientMutationId'],
        ...['createGroup.input.name', 'createGroup.input.clientMutationId'],
        ...['updateGroup.input.uuid', 'updateGroup.input.name', 'updateGroup.input.clientMutationId'],
        ...['deleteGroup.input.uuid', 'deleteGroup.input.clientMutationId'],
        ...['createWebhook.input.name', 'createWebhook.input.url', 'createWebhook.input.clientMutationId'],
        ...['updateWebhook.input.uuid', 'updateWebhook.input.name', 'updateWebhook.input.url'],
        ...['updateWebhook.input.clientMutationId', 'rotateWebhookSecret.input.uuid'],
        ...['rotateWebhookSecret.input.clientMutationId', 'deleteWebhook.input.uuid'],
        ...['deleteWebhook.input.clientMutationId', 'replayWebhook.input.uuid', 'replayWebhook.input.after'],
        'replayWebhook.input.clientMutationId',
        ...['members.after', 'members.before', 'members.filter.uuids', 'members.filter.search'],
        ...['apiTokens.after', 'apiTokens.before', 'apiTokens.filter.uuids', 'apiTokens.filter.member'],
        ...['inviteMember.input.email', 'inviteMember.input.clientMutationId', 'updateMember.input.uuid'],
        ...['updateMember.input.clientMutationId', 'removeMember.input.uuid', 'removeMember.input.clientMutationId'],
        ...['createApiToken.input.name', 'createApiToken.input.member', 'createApiToken.input.clientMutationId'],
        ...['revokeApiToken.input.uuid', 'revokeApiToken.input.clientMutationId'],
      ].toSorted(),
    );
  });

  it('has these root fields, each of which is tested below', () => {
    expect(roots.map(({ name }) => name).toSorted()).toEqual(
      [
        ...['node', 'nodes', 'viewer', 'campaign', 'campaigns', 'campaignErrors', 'group', 'groups', 'changes'],
        ...['createCampaign', 'updateCampaign', 'deleteCampaign', 'createGroup', 'updateGroup', 'deleteGroup'],
        ...['createCampaigns', 'updateCampaigns', 'deleteCampaigns', 'campaignImport', 'importCampaigns'],
        ...['webhooks', 'createWebhook', 'updateWebhook', 'deleteWebhook', 'rotateWebhookSecret', 'replayWebhook'],
        ...['members', 'apiTokens', 'inviteMember', 'updateMember', 'removeMember', 'createApiToken', 'revokeApiToken'],
      ].toSorted(),
    );
  });
});

describe('nothing of another workspace', () => {
  it.each(roots.filter(({ kind }) => kind === 'query'))(
    'is in what $name shows by itself',
    async ({ name, args, type }) => {
      const required = args.some((arg) => isNonNullType(arg.type));
      const page = args.some((arg) => arg.name === 'first') ? '(first: 100)' : '';
      if (required) return expect(rootPlaces.map(({ place }) => place.split('.')[0])).toContain(name);
      const { text, errors } = await caller.ask(`{ ${name}${page} ${selection(type, 3)} }`);
      expect(errors).toEqual([]);
      expect(leaked(text, '')).toEqual([]);
    },
  );

  describe.each(rootPlaces)('is reached by $place', (root) => {
    it.each(GIVEN_NAMES.has(root.place) ? [] : Object.keys(PAIRS))('with their %s', async (what) => {
      const [theirs = '', unknown = ''] = PAIRS[what] ?? [];
      const nobodys = BEGINNINGS.has(root.place) ? justAfter(theirs) : unknown;
      const [one, other] = [await ask(root, root.place, theirs), await ask(root, root.place, nobodys)];
      expect(leaked(one.answer.text, one.asked)).toEqual([]);
      // The reply must not even show that the object exists, so both replies must be equal. Values that always differ are removed, such as
      // `plan`, which is a hash of the input.
      const anonymous = (text: string, word: string) =>
        text
          .replaceAll(JSON.stringify(word).slice(1, -1), '…')
          .replaceAll(/"(uuid|id|plan)":"[^"]*"|"\w+On":"[^"]*"|Plain [-\w]+/g, '');
      if (!root.place.endsWith('clientMutationId')) {
        expect(anonymous(one.answer.text, theirs)).toBe(anonymous(other.answer.text, nobodys));
      }
      expect(await theirRows()).toEqual(theirRowsBefore);
    });

    it.each(theirCursors)('with their cursor %s', async (cursor) => {
      const { asked, answer } = await ask(root, root.place, cursor);
      expect(leaked(answer.text, asked)).toEqual([]);
      expect(await theirRows()).toEqual(theirRowsBefore);
    });
  });

  it.each(['campaigns', 'groups'])('is on a page of %s that begins at a name of theirs', async (list) => {
    for (const name of [theirGroup.name, theirCampaign.name]) {
      const query = `query ($name: String!) { page: ${list}(first: 5, orderBy: { field: NAME }, startAt: { name: $name }) { nodes { name } } }`;
      const { page } = await caller.data<{ page: { nodes: { name: string }[] } }>(query, { name });
      const names = page.nodes.map((node) => node.name);
      expect(names.length).toBeGreaterThan(0);
      expect(names).not.toContain(name);
    }
  });

  it('is in the campaigns of a group that is asked for between their cursors', async () => {
    const [campaigns] = theirCursors;
    const { text, errors } = await caller.ask(
      `{ groups(first: 5) { nodes { campaigns(first: 5, after: "${campaigns}") ${selection(found(roots, ({ name }) => name === 'campaigns').type, 3)} } } }`,
    );
    expect(errors).toEqual([]);
    expect(leaked(text, '')).toEqual([]);
  });
});

it('would be found by these tests if a reply showed it', async () => {
  const { text } = await world.as('admin2').ask('{ campaigns { nodes { uuid name } } viewer { workspace { name } } }');
  expect(leaked(text, '').length).toBeGreaterThan(5);
});

it('lets every workspace have the names that another has', async () => {
  const mutation = `mutation { createGroup(input: { name: "${theirGroup.name}" }) { group { name } userErrors { code } } }`;
  expect(await caller.data(mutation)).toEqual({ createGroup: { group: { name: theirGroup.name }, userErrors: [] } });
});
