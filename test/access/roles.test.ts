import { describe, expect, it } from 'vitest';
import type { TokenName } from '../support/fixture.ts';
import { fixture, found, groupOf, tokenKey } from '../support/fixture.ts';
import { openWorld } from '../support/world.ts';
import { clientFor, readAnswer } from '../support/client.ts';

const world = await openWorld();

const MUTATIONS = [
  'createCampaign(input: { name: "By role", group: { name: "Farmers" } }) { userErrors { code } }',
  `updateCampaign(input: { uuid: "${campaignUuid()}", name: "By role" }) { userErrors { code } }`,
  `deleteCampaign(input: { uuid: "${campaignUuid()}" }) { userErrors { code } }`,
  'createGroup(input: { name: "By role" }) { userErrors { code } }',
  `updateGroup(input: { uuid: "${groupOf(1, 'Unused').uuid}", name: "By role" }) { userErrors { code } }`,
  `deleteGroup(input: { uuid: "${groupOf(1, 'Unused').uuid}" }) { userErrors { code } }`,
];

function campaignUuid(): string {
  return found(fixture.campaigns, ({ workspace_id, is_active }) => workspace_id === 1 && is_active === 1).uuid;
}

const rows = () =>
  Promise.all([
    world.database.reader.db.selectFrom('campaigns').selectAll().orderBy('id').execute(),
    world.database.reader.db.selectFrom('groups').selectAll().orderBy('id').execute(),
  ]);

describe('reading', () => {
  it.each([
    ['admin', 'ADMINISTRATOR', 'admin@nyota.example', 'Nyota Health'],
    ['editor', 'EDITOR', 'editor@nyota.example', 'Nyota Health'],
    ['viewer', 'VIEWER', 'viewer@nyota.example', 'Nyota Health'],
    ['mixed', 'EDITOR', 'Mixed.Case@nyota.example', 'Nyota Health'],
    ['both2', 'ADMINISTRATOR', 'both@nyota.example', 'Mto Farming'],
  ] as const)('is for the token %s, in its own workspace', async (token, role, email, workspace) => {
    const { viewer, campaigns } = await world
      .as(token)
      .data<Record<string, unknown>>(
        '{ viewer { role user { email } workspace { name } rateLimit { limit } } campaigns(first: 1) { nodes { name } } }',
      );
    expect(viewer).toEqual({ role, user: { email }, workspace: { name: workspace }, rateLimit: null });
    expect(campaigns).toMatchObject({ nodes: [{ name: expect.any(String) }] });
  });

  it.each([
    ['agent', 403, 'FORBIDDEN', 'an agent'],
    ['both1', 403, 'FORBIDDEN', 'an agent who is an administrator elsewhere'],
    ['former', 403, 'FORBIDDEN', 'one who has left the workspace'],
    ['inactive', 401, 'UNAUTHENTICATED', 'a user who is not active'],
    ['revoked', 401, 'UNAUTHENTICATED', 'a revoked token'],
    [null, 401, 'UNAUTHENTICATED', 'a caller without a token'],
  ] as const)('is refused to the token %s with %i %s: %s', async (token, status, code, _who) => {
    const answer = await world.as(token).ask('{ viewer { role } }');
    expect([answer.status, answer.codes, answer.data]).toEqual([status, [code], null]);
    expect(answer.headers.has('www-authenticate')).toBe(status === 401);
    expect(answer.text).not.toContain('Nyota');
  });

  it.each([
    ['Token', (key: string) => `Token ${key}`, 200],
    ['Bearer', (key: string) => `Bearer ${key}`, 200],
    ['bearer, in small letters', (key: string) => `bearer ${key}`, 200],
    ['Basic, which is for REST', (key: string) => `Basic ${btoa(`admin@nyota.example:${key}`)}`, 401],
    ['no scheme', (key: string) => key, 401],
    ['a scheme alone', () => 'Bearer', 401],
    ['two keys', (key: string) => `Bearer ${key} ${key}`, 401],
    ['a key in small letters', (key: string) => `Bearer ${key.toLowerCase()}`, 401],
    ['the hash of a key', () => 'Bearer 5e884898da28047151d0e56f8dc6292773603d0d6aabbdd62a11ef721d1542d8', 401],
  ])('by the header %s', async (_what, authorization, status) => {
    const response = await fetch(`${world.url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: authorization(tokenKey('admin')) },
      body: JSON.stringify({ query: '{ viewer { role } }' }),
    });
    expect((await readAnswer(response)).status).toBe(status);
  });

  it('takes no token from the address or a cookie', async () => {
    const key = tokenKey('admin');
    const response = await fetch(`${world.url}/graphql?query={viewer{role}}&token=${key}&access_token=${key}`, {
      headers: { cookie: `token=${key}; sessionid=${key}` },
    });
    expect(response.status).toBe(401);
  });
});

describe('writing', () => {
  it.each(MUTATIONS)('is refused to a viewer, and nothing changes: %s', async (mutation) => {
    const before = await rows();
    const { status, codes, errors, data } = await world.as('viewer').ask(`mutation { ${mutation} }`);
    expect([status, codes]).toEqual([200, ['FORBIDDEN']]);
    expect(errors[0]?.message).toBe('Only administrators and editors can change campaigns and groups.');
    expect(Object.values(data ?? {})).toEqual([null]);
    expect(await rows()).toEqual(before);
  });

  it.each(['agent', 'former', 'inactive', 'revoked', 'both1', null] as const)(
    'is refused to the token %s, and nothing changes',
    async (token) => {
      const before = await rows();
      for (const mutation of MUTATIONS) {
        const { status, data } = await world.as(token).ask(`mutation { ${mutation} }`);
        expect([401, 403]).toContain(status);
        expect(data).toBeNull();
      }
      expect(await rows()).toEqual(before);
    },
  );

  it.each(['admin', 'editor', 'mixed'] as const)('is for the token %s', async (token) => {
    const mutation = `mutation { createGroup(input: { name: "Made by ${token}" }) { group { name } userErrors { code } } }`;
    expect(await world.as(token).data(mutation)).toEqual({
      createGroup: { group: { name: `Made by ${token}` }, userErrors: [] },
    });
  });
});

describe('a change of rights holds from the next request on', () => {
  const role = async (token: TokenName) => (await clientFor(world.url, token).ask('{ viewer { role } }')).status;

  it('when the token is revoked', async () => {
    expect(await role('editor5')).toBe(200);
    await world.database.administer(({ db }) =>
      db.updateTable('api_tokens').set({ is_active: 0 }).where('name', '=', 'editor5').execute(),
    );
    expect(await role('editor5')).toBe(401);
  });

  it('when the user leaves the workspace', async () => {
    expect(await role('admin4')).toBe(200);
    await world.database.administer(({ db }) =>
      db
        .deleteFrom('memberships')
        .where('workspace_id', '=', 4 as never)
        .execute(),
    );
    expect(await role('admin4')).toBe(403);
  });

  it('when the user is no longer active', async () => {
    expect(await role('editor3')).toBe(200);
    await world.database.administer(({ db }) =>
      db.updateTable('users').set({ is_active: 0 }).where('email', '=', 'editor@rate.example').execute(),
    );
    expect(await role('editor3')).toBe(401);
  });
});
