import { sql } from 'kysely';
import { expect, it } from 'vitest';
import { tokenCredentials } from '../../src/access/credentials.ts';
import { identify } from '../../src/access/identity.ts';
import type { WorkspaceId } from '../../src/database/tables.ts';
import { apiTokenList } from '../../src/model/api-tokens.ts';
import { memberList } from '../../src/model/member-list.ts';
import { fixture, tokenKey } from '../support/fixture.ts';
import { openFilledDatabase } from '../support/world.ts';

// Tests migration 0014 on a database of the previous release that contains members and tokens.

const WORKSPACE = 1 as WorkspaceId;
const FIRST_TOKEN = 1_700_000_000_000_000;

/** Statements that turn the tables back into those of the previous release. */
const BACK = [
  'alter table memberships rename to new_memberships',
  `create table memberships (workspace_id bigint not null references workspaces (id), user_id bigint not null references users (id),
    role text not null, constraint memberships_key primary key (workspace_id, user_id))`,
  'insert into memberships select workspace_id, user_id, role from new_memberships',
  'drop table new_memberships',
  ...['api_tokens_created', 'api_tokens_created_by_user', 'api_tokens_uuid'].map((index) => `drop index ${index}`),
  ...['uuid', 'max_role', 'revision'].map((column) => `alter table api_tokens drop column ${column}`),
  "delete from kysely_migration where name = '0014-members-and-tokens'",
  `update api_tokens set created_on = ${FIRST_TOKEN} where user_id = 1`,
];

it('keeps members, roles and tokens, and gives them what is new', async () => {
  const database = await openFilledDatabase();
  await database.administer(async ({ db }) => {
    for (const statement of BACK) await sql.raw(statement).execute(db);
  });
  expect(await database.migrate()).toEqual(['0014-members-and-tokens']);

  const list = memberList(database.reader, WORKSPACE).where({});
  const { rows } = await list.page({ ordering: { field: 'email', direction: 'asc' }, from: 'start', limit: 100 });
  const before = fixture.memberships.filter(({ workspace_id }) => workspace_id === WORKSPACE);
  expect(
    rows.map(({ userId, role }) => ({ userId, role })).toSorted((one, other) => one.userId - other.userId),
  ).toEqual(
    before.map(({ user_id, role }) => ({ userId: user_id, role })).toSorted((one, other) => one.userId - other.userId),
  );
  expect(rows.map(({ email }) => email.toLowerCase())).toEqual(rows.map(({ email }) => email.toLowerCase()).toSorted());
  expect(rows.find(({ userId }) => userId === 1)?.createdOn).toBe(FIRST_TOKEN);
  expect(new Set(rows.map(({ uuid }) => uuid)).size).toBe(rows.length);

  const tokens = await apiTokenList(database.reader, WORKSPACE).where({ userId: 1 }).count();
  expect(tokens).toBe(1);
  const viewer = await identify(database, tokenCredentials(tokenKey('admin')));
  expect(viewer).toMatchObject({ role: 'administrator', token: { uuid: expect.stringMatching(/^[\da-f-]{36}$/) } });
  expect(await identify(database, tokenCredentials(tokenKey('former')))).toMatchObject({ role: null });
});
