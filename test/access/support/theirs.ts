import { sql } from 'kysely';
import { toGlobalId } from '../../../src/graphql/global-id.ts';
import { fixture, found, groupOf } from '../../support/fixture.ts';
import type { World } from '../../support/world.ts';

// For tests of the isolation of workspaces. They send requests with a token of workspace 1 that name objects of workspace 2.

export const MINE = 1;
export const THEIRS = 2;

/** A group of workspace 2 whose name workspace 1 does not have. */
export const theirGroup = groupOf(THEIRS, 'Spammers');

/** A campaign of workspace 2 whose name workspace 1 does not have. */
export const theirCampaign = found(
  fixture.campaigns,
  (one) =>
    one.workspace_id === THEIRS &&
    one.is_active === 1 &&
    !fixture.campaigns.some((mine) => mine.workspace_id === MINE && mine.name.includes(one.name)),
);

/** Texts that are in workspace 2 and not in workspace 1. */
const theirWords = wordsOf(THEIRS).filter((word) => !wordsOf(MINE).includes(word));

function wordsOf(workspace: number): string[] {
  const rows = [...fixture.groups, ...fixture.campaigns].filter((row) => row.workspace_id === workspace);
  const itself = fixture.workspaces.filter(({ id }) => id === workspace);
  const people = fixture.memberships.filter(({ workspace_id }) => workspace_id === workspace);
  const emails = fixture.users
    .filter(({ id }) => people.some(({ user_id }) => user_id === id))
    .map(({ email }) => email);
  return [
    ...itself.flatMap(({ uuid, name }) => [uuid, name]),
    ...rows.flatMap(({ uuid, name }) => [uuid, name]),
    ...rows.map(({ uuid }) => toGlobalId('Campaign', uuid)),
    ...rows.map(({ uuid }) => toGlobalId('Group', uuid)),
    ...emails,
  ];
}

/** The texts of workspace 2 in a reply. Texts of the request do not count, because an error message may repeat them. */
export function leaked(text: string, asked: string): string[] {
  return theirWords.filter((word) => shows(text, word) && !asked.includes(word));
}

/** UUIDs, hashes and times. A name that is a short number may be part of one by chance. */
const WITH_CHANCE_DIGITS = /[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}|[\da-f]{32,}|\d{4}-\d\d-\d\dT[\d:.]+Z/g;

function shows(text: string, word: string): boolean {
  return (/^\d+$/.test(word) ? text.replaceAll(WITH_CHANCE_DIGITS, '') : text).includes(word);
}

/** Makes two changes in workspace 2. Afterwards its campaigns and groups have the same names as before. */
async function changeTheirs(world: World): Promise<void> {
  const rename = `mutation ($uuid: UUID!, $there: String!, $back: String!) {
    there: updateCampaign(input: { uuid: $uuid, name: $there }) { userErrors { code } }
    back: updateCampaign(input: { uuid: $uuid, name: $back }) { userErrors { code } }
  }`;
  const { uuid, name } = theirCampaign;
  await world.as('admin2').data(rename, { uuid, there: `${name} 2`, back: name });
}

/** One cursor of each list of workspace 2. */
export async function cursorsOfTheirs(world: World): Promise<string[]> {
  await changeTheirs(world);
  const query = `{
    campaigns(first: 3, filter: { archived: null }) { pageInfo { endCursor } }
    groups(first: 3) { pageInfo { endCursor } }
    changes(first: 1) { pageInfo { endCursor } }
    members(first: 1) { pageInfo { endCursor } }
    apiTokens(first: 1) { pageInfo { endCursor } }
  }`;
  const lists = await world.as('admin2').data<Record<string, { pageInfo: { endCursor: string } }>>(query);
  return Object.values(lists).map(({ pageInfo }) => pageInfo.endCursor);
}

/** Creates a webhook in workspace 2, which never has anything to send. Returns its UUID. */
export async function createTheirWebhook(world: World): Promise<string> {
  const mutation = `mutation { made: createWebhook(input: { name: "Theirs", url: "https://127.0.0.1/" }) { webhook { uuid } } }`;
  const { made } = await world.as('admin2').data<{ made: { webhook: { uuid: string } } }>(mutation);
  return made.webhook.uuid;
}

/** The UUIDs of a member of workspace 2 and of this member's token. */
export async function viewerOfTheirs(world: World): Promise<{ member: string; token: string }> {
  const query = '{ viewer { member { uuid } token { uuid } } }';
  type Found = { viewer: Record<'member' | 'token', { uuid: string }> };
  const { member, token } = (await world.as('admin2').data<Found>(query)).viewer;
  return { member: member.uuid, token: token.uuid };
}

/** Every row of workspace 2 in these tables. No request of workspace 1 may change one. */
export async function rowsOfTheirs({ database }: World): Promise<unknown[]> {
  const tables = ['groups', 'campaigns', 'changes', 'webhooks', 'memberships', 'api_tokens'].map(async (table) => {
    const { rows } = await sql`select * from ${sql.table(table)} where workspace_id = ${THEIRS}`.execute(
      database.reader.db,
    );
    // `last_used_on` is left out, because the server itself writes it.
    return rows.map((row) => JSON.stringify({ ...(row as object), last_used_on: null })).toSorted();
  });
  return Promise.all(tables);
}
