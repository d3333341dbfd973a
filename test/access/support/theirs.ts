import { sql } from 'kysely';
import { toGlobalId } from '../../../src/graphql/global-id.ts';
import { fixture, found, groupOf } from '../../support/fixture.ts';
import type { World } from '../../support/world.ts';

// Tests of the wall between workspaces ask with a token of workspace 1 and name what is in workspace 2.

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

/** Text that only workspace 2 has. */
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

/** The text of workspace 2 in a reply, except for what the request itself said, which an error message may repeat. */
export function leaked(text: string, asked: string): string[] {
  return theirWords.filter((word) => shows(text, word) && !asked.includes(word));
}

/** UUIDs, hashes and times, in which a name of a few digits can be by chance. */
const WITH_CHANCE_DIGITS = /[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}|[\da-f]{32,}|\d{4}-\d\d-\d\dT[\d:.]+Z/g;

function shows(text: string, word: string): boolean {
  return (/^\d+$/.test(word) ? text.replaceAll(WITH_CHANCE_DIGITS, '') : text).includes(word);
}

/** Makes changes in workspace 2, and leaves its campaigns and groups as they were. */
async function changeTheirs(world: World): Promise<void> {
  const rename = `mutation ($uuid: UUID!, $there: String!, $back: String!) {
    there: updateCampaign(input: { uuid: $uuid, name: $there }) { userErrors { code } }
    back: updateCampaign(input: { uuid: $uuid, name: $back }) { userErrors { code } }
  }`;
  const { uuid, name } = theirCampaign;
  await world.as('admin2').data(rename, { uuid, there: `${name} 2`, back: name });
}

/** A cursor of workspace 2 for each list. */
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

/** Creates a webhook of workspace 2, which has nothing to send; returns its UUID. */
export async function createTheirWebhook(world: World): Promise<string> {
  const mutation = `mutation { made: createWebhook(input: { name: "Theirs", url: "https://127.0.0.1/" }) { webhook { uuid } } }`;
  const { made } = await world.as('admin2').data<{ made: { webhook: { uuid: string } } }>(mutation);
  return made.webhook.uuid;
}

/** The UUIDs of a member of workspace 2, and of the member's token. */
export async function viewerOfTheirs(world: World): Promise<{ member: string; token: string }> {
  const query = '{ viewer { member { uuid } token { uuid } } }';
  type Found = { viewer: Record<'member' | 'token', { uuid: string }> };
  const { member, token } = (await world.as('admin2').data<Found>(query)).viewer;
  return { member: member.uuid, token: token.uuid };
}

/** Every row of workspace 2 in the database. No request may change one. */
export async function rowsOfTheirs({ database }: World): Promise<unknown[]> {
  const tables = ['groups', 'campaigns', 'changes', 'webhooks', 'memberships', 'api_tokens'].map(async (table) => {
    const { rows } = await sql`select * from ${sql.table(table)} where workspace_id = ${THEIRS}`.execute(
      database.reader.db,
    );
    // The server itself notes on which day a token was last used.
    return rows.map((row) => JSON.stringify({ ...(row as object), last_used_on: null })).toSorted();
  });
  return Promise.all(tables);
}
