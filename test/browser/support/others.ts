import type { TestBrowser } from '../../support/browser.ts';
import { clientFor } from '../../support/client.ts';
import type { TokenName } from '../../support/fixture.ts';
import type { TestServer } from './server.ts';

type Console = TestBrowser<TestServer>;

/** The user who makes these changes. */
export const email = 'editor@nyota.example';

/** Runs an operation for another user, outside the browser. Fails the test when it has errors. */
export function runAs<Data>(browser: Console, token: TokenName, query: string, variables: Record<string, unknown>) {
  return clientFor(browser.server.base, token).data<Data>(query, variables);
}

interface Created {
  createCampaign: { campaign: { uuid: string } | null };
}

/** Creates a campaign of the group Farmers, and returns its UUID. */
export async function createCampaign(browser: Console, name: string): Promise<string> {
  const query = `mutation ($name: String!) {
    createCampaign(input: { name: $name, group: { name: "Farmers" } }) { campaign { uuid } }
  }`;
  const { createCampaign: payload } = await runAs<Created>(browser, 'editor', query, { name });
  if (!payload.campaign) throw new Error(`${name} was not created.`);
  return payload.campaign.uuid;
}

/** Creates a group, and returns its UUID. */
export async function createGroup(browser: Console, name: string): Promise<string> {
  const query = 'mutation ($name: String!) { createGroup(input: { name: $name }) { group { uuid } } }';
  type Payload = { createGroup: { group: { uuid: string } | null } };
  const { createGroup: payload } = await runAs<Payload>(browser, 'editor', query, { name });
  if (!payload.group) throw new Error(`${name} was not created.`);
  return payload.group.uuid;
}

export const updateCampaign = (browser: Console, input: object) =>
  runAs(
    browser,
    'editor',
    'mutation ($input: UpdateCampaignInput!) { updateCampaign(input: $input) { campaign { uuid } } }',
    { input },
  );

export const renameGroup = (browser: Console, variables: { uuid: string; name: string }) =>
  runAs(
    browser,
    'editor',
    'mutation ($uuid: UUID!, $name: String!) { updateGroup(input: { uuid: $uuid, name: $name }) { group { uuid } } }',
    variables,
  );
