import { getNamedType, GraphQLString, isInputObjectType } from 'graphql';
import { describe, expect, it, test } from 'vitest';
import { createSchema } from '../../src/graphql/schema.ts';
import { groupOf } from '../support/fixture.ts';
import { openWorld } from '../support/world.ts';

// PostgreSQL refuses texts with NUL, and UTF-8 has no lone surrogates. On every engine such a text matches no object and is no valid value.

const world = await openWorld();
const client = world.as('admin');
const { uuid } = groupOf(1, 'Farmers');

/** The operation with a variable instead of TEXT, because a document cannot contain a lone surrogate. */
function withVariable(operation: string): string {
  const [, type = '', selections = ''] = /^(\w*) ?(\{.*)$/.exec(operation) ?? [];
  return `${type || 'query'} ($text: String!) ${selections.replace('TEXT', '$text')}`;
}

const list = (field: string, filter: string) =>
  `{ it: ${field}(filter: ${filter}) { totalCount nodes { __typename } } }`;
const NONE = { totalCount: 0, nodes: [] };
const write = (field: string, input: string) => `mutation { it: ${field}(input: ${input}) { userErrors { code } } }`;
const refused = (...codes: string[]) => ({ userErrors: codes.map((code) => ({ code })) });
const imported = (row: string) => `{ it: campaignImport(rows: [${row}]) { rows { userErrors { code } } } }`;
const refusedRow = (...codes: string[]) => ({ rows: [refused(...codes)] });
const INVALID_NAME = refused('INVALID_CHARACTER');

/** For each text field of the inputs: operations with TEXT as its value, and their results. A result that is a text is an error code. */
const FIELDS: Readonly<Record<string, readonly (readonly [operation: string, result: unknown])[]>> = {
  'CampaignFilter.search': [[list('campaigns', '{ search: TEXT }'), NONE]],
  'CampaignImportRow.uuid': [[imported('{ uuid: TEXT, name: "A" }'), refusedRow('NOT_FOUND')]],
  'CampaignImportRow.name': [[imported('{ name: TEXT, group: "Farmers" }'), refusedRow('INVALID_CHARACTER')]],
  'CampaignImportRow.group': [[imported('{ name: "A", group: TEXT }'), refusedRow('NOT_FOUND')]],
  'CampaignImportRow.archived': [[imported('{ name: "A", group: "Farmers", archived: TEXT }'), refusedRow('INVALID')]],
  'ImportCampaignsInput.plan': [
    [write('importCampaigns', '{ rows: [{ name: "A", group: "Farmers" }], plan: TEXT }'), refused()],
  ],
  'CampaignChanges.name': [
    [write('updateCampaigns', `{ campaigns: [{ uuid: "${uuid}", name: TEXT }] }`), refused('NOT_FOUND')],
  ],
  'ChangeFilter.actors': [
    [list('changes', '{ actors: [TEXT] }'), NONE],
    [list('changes', `{ actors: [TEXT], uuids: ["${uuid}"] }`), NONE],
    [list('changes', '{ actors: [TEXT, "nobody@example.com"], actions: [CREATED] }'), NONE],
  ],
  'CreateApiTokenInput.name': [[write('createApiToken', '{ name: TEXT }'), INVALID_NAME]],
  'CreateCampaignInput.name': [[write('createCampaign', '{ name: TEXT, group: { name: "Farmers" } }'), INVALID_NAME]],
  'CreateGroupInput.name': [[write('createGroup', '{ name: TEXT }'), INVALID_NAME]],
  'CreateWebhookInput.name': [[write('createWebhook', '{ name: TEXT, url: "https://example.com" }'), INVALID_NAME]],
  'CreateWebhookInput.url': [[write('createWebhook', '{ name: "A", url: TEXT }'), refused('INVALID_ADDRESS')]],
  'GroupFilter.name': [[list('groups', '{ name: TEXT }'), NONE]],
  'GroupFilter.search': [[list('groups', '{ search: TEXT }'), NONE]],
  'GroupReference.name': [
    ['{ it: group(by: { name: TEXT }) { uuid } }', null],
    [list('campaigns', '{ group: { name: TEXT } }'), NONE],
    [write('createCampaign', '{ name: "A", group: { name: TEXT } }'), refused('NOT_FOUND')],
  ],
  'GroupReference.uuidOrName': [['{ it: group(by: { uuidOrName: TEXT }) { uuid } }', null]],
  'InviteMemberInput.email': [[write('inviteMember', '{ email: TEXT, role: EDITOR }'), refused('INVALID_ADDRESS')]],
  'ListPlace.name': [
    ['{ it: campaigns(startAt: { name: TEXT }, orderBy: { field: NAME }) { nodes { uuid } } }', 'BAD_USER_INPUT'],
  ],
  'MemberFilter.search': [[list('members', '{ search: TEXT }'), NONE]],
  'NewCampaign.name': [
    [write('createCampaigns', '{ campaigns: [{ name: TEXT, group: { name: "Farmers" } }] }'), INVALID_NAME],
  ],
  'ReplayWebhookInput.after': [[write('replayWebhook', `{ uuid: "${uuid}", after: TEXT }`), 'INVALID_CURSOR']],
  'UpdateCampaignInput.name': [[write('updateCampaign', `{ uuid: "${uuid}", name: TEXT }`), refused('NOT_FOUND')]],
  'UpdateGroupInput.name': [[write('updateGroup', `{ uuid: "${uuid}", name: TEXT }`), INVALID_NAME]],
  'UpdateWebhookInput.name': [[write('updateWebhook', `{ uuid: "${uuid}", name: TEXT }`), INVALID_NAME]],
  'UpdateWebhookInput.url': [[write('updateWebhook', `{ uuid: "${uuid}", url: TEXT }`), refused('INVALID_ADDRESS')]],
};

test('every input field that is a text is looked at', () => {
  const fields = Object.values(createSchema().getTypeMap())
    .filter(isInputObjectType)
    .flatMap((type) => Object.values(type.getFields()).map((field) => ({ type, field })))
    .filter(({ field }) => getNamedType(field.type) === GraphQLString && field.name !== 'clientMutationId')
    .map(({ type, field }) => `${type.name}.${field.name}`);
  expect(Object.keys(FIELDS).toSorted()).toEqual(fields.toSorted());
});

describe.each(Object.entries(FIELDS))('%s', (_field, operations) => {
  it.each(['a\0', 'a\ud800'])('with %j', async (text) => {
    for (const [operation, result] of operations) {
      const { data, codes } = await client.ask<{ it: unknown }>(withVariable(operation), { text });
      expect(codes[0] ?? data?.it).toEqual(result);
    }
  });
});
