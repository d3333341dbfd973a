import { describe, expect, it } from 'vitest';
import { fixture, found, tokenKey } from '../support/fixture.ts';
import { readRaw } from '../support/stored.ts';
import { makeWorkspace } from '../support/workspace.ts';
import { openWorld } from '../support/world.ts';
import { Caretaker } from './support/people.ts';

const world = await openWorld();
const { url, database } = world;

/** A new workspace and its only administrator. */
async function newWorkspace() {
  const made = await makeWorkspace(database);
  const admin = new Caretaker(url, made.key);
  const [self] = await admin.members();
  if (!self) throw new Error('there is no member');
  return { ...made, admin, self };
}

const codesOf = ({ userErrors }: { readonly userErrors: readonly { readonly code: string }[] }) =>
  userErrors.map(({ code }) => code);

describe('inviting a person', () => {
  it('gives a token that is shown once and works at once', async () => {
    const { admin } = await newWorkspace();
    const { member, apiToken, key, userErrors } = await admin.invite(' amina@clinic.example ', 'VIEWER');
    expect(userErrors).toEqual([]);
    expect(key).toMatch(/^[A-Z2-9]{40}$/);
    expect(member).toMatchObject({ email: 'amina@clinic.example', role: 'VIEWER', active: true });
    expect(apiToken).toMatchObject({ owner: 'amina@clinic.example', role: 'VIEWER', maxRole: null, expiresOn: null });
    expect(await new Caretaker(url, key).role()).toBe('VIEWER');
    expect(await admin.members(`(filter: { uuids: ["${member?.uuid}"] })`)).toEqual([member]);
    expect(JSON.stringify(await admin.tokens())).not.toContain(key);
    expect(world.log.join('')).not.toContain(key);
    expect(await readRaw(database, ['api_tokens', 'changes', 'memberships'])).not.toContain(key);
  });

  it.each([
    ['nobody', 'INVALID_ADDRESS'],
    ['', 'INVALID_ADDRESS'],
    ['a:b@clinic.example', 'INVALID_ADDRESS'],
    ['a\u0000b@clinic.example', 'INVALID_ADDRESS'],
    ['a\ud800@clinic.example', 'INVALID_ADDRESS'],
    [`${'a'.repeat(250)}@b.example`, 'INVALID_ADDRESS'],
    ['Baraka@Clinic.Example', 'TAKEN'],
  ])('refuses the address %j with %s', async (email, code) => {
    const { admin } = await newWorkspace();
    await admin.invited(url, 'baraka@clinic.example');
    const before = await admin.members();
    const { member, key, userErrors } = await admin.invite(email);
    expect([member, key, userErrors]).toEqual([null, null, [expect.objectContaining({ code, field: ['email'] })]]);
    expect(await admin.members()).toEqual(before);
  });

  it('makes no member when there can be no token', async () => {
    const { admin } = await newWorkspace();
    const { member, userErrors } = await admin.invite('a@clinic.example', 'VIEWER', { expiresOn: '2024-01-31' });
    expect([member, userErrors]).toEqual([null, [expect.objectContaining({ code: 'PAST', field: ['expiresOn'] })]]);
    expect(await admin.members()).toHaveLength(1);
  });

  it('does not make a user active whom the operator has made inactive, who would come back to other workspaces', async () => {
    const { admin } = await newWorkspace();
    const inactive = found(fixture.users, ({ is_active }) => is_active === 0);
    expect(codesOf(await admin.invite(inactive.email))).toEqual(['INACTIVE']);
    expect(await new Caretaker(url, tokenKey('inactive')).status()).toBe(401);
  });

  it('lets no earlier token of the person work again', async () => {
    const admin = new Caretaker(url, tokenKey('admin'));
    const former = new Caretaker(url, tokenKey('former'));
    expect(await former.status()).toBe(403);
    await admin.invited(url, 'former@nyota.example');
    expect(await former.status()).toBe(401);
  });
});

describe('a member’s role', () => {
  it('holds for all tokens of the member from the next request on', async () => {
    const { admin } = await newWorkspace();
    const { uuid, caller } = await admin.invited(url, 'a@clinic.example', 'EDITOR');
    const second = await caller.createdToken(url, { name: 'Second' });
    expect([await caller.role(), await second.caller.role()]).toEqual(['EDITOR', 'EDITOR']);
    expect((await admin.changeRole(uuid, 'VIEWER')).member).toMatchObject({ role: 'VIEWER' });
    expect([await caller.role(), await second.caller.role()]).toEqual(['VIEWER', 'VIEWER']);
    expect(codesOf(await admin.changeRole(uuid, 'AGENT'))).toEqual([]);
    expect(await caller.status()).toBe(403);
  });

  it('is not changed twice by two who have both seen the same one', async () => {
    const { admin } = await newWorkspace();
    const { uuid, revision } = await admin.invited(url, 'a@clinic.example', 'EDITOR');
    expect(codesOf(await admin.changeRole(uuid, 'VIEWER', revision))).toEqual([]);
    expect(codesOf(await admin.changeRole(uuid, 'ADMINISTRATOR', revision))).toEqual(['CONFLICT']);
    expect(await admin.members(`(filter: { uuids: ["${uuid}"] })`)).toMatchObject([{ role: 'VIEWER' }]);
  });

  it.each(['EDITOR', 'VIEWER'])('%s changes no members', async (role) => {
    const { admin, self } = await newWorkspace();
    const { caller, uuid } = await admin.invited(url, 'a@clinic.example', role);
    const before = await admin.members();
    for (const mutation of [
      'inviteMember(input: { email: "b@clinic.example", role: VIEWER }) { key }',
      `updateMember(input: { uuid: "${uuid}", role: ADMINISTRATOR }) { member { role } }`,
      `removeMember(input: { uuid: "${self.uuid}" }) { removedMemberId }`,
      `createApiToken(input: { name: "x", member: "${self.uuid}" }) { key }`,
    ]) {
      const { codes, data } = await caller.ask<Record<string, unknown>>(`mutation { made: ${mutation} }`);
      expect([mutation, codes, data]).toEqual([mutation, ['FORBIDDEN'], { made: null }]);
    }
    expect(await admin.members()).toEqual(before);
    expect(await caller.members()).toEqual(before);
  });
});

describe('the last administrator', () => {
  it('can neither step down nor go until there is another one', async () => {
    const { admin, self } = await newWorkspace();
    const other = await admin.invited(url, 'a@clinic.example', 'EDITOR');
    expect(codesOf(await admin.changeRole(self.uuid, 'EDITOR'))).toEqual(['LAST_ADMINISTRATOR']);
    expect((await admin.remove(self.uuid)).data?.made.userErrors).toMatchObject([{ code: 'LAST_ADMINISTRATOR' }]);
    await admin.changeRole(other.uuid, 'ADMINISTRATOR');
    expect(codesOf(await admin.changeRole(self.uuid, 'EDITOR'))).toEqual([]);
    expect(codesOf(await other.caller.changeRole(other.uuid, 'EDITOR'))).toEqual(['LAST_ADMINISTRATOR']);
  });

  it('stays when two administrators remove each other at the same time', async () => {
    for (let round = 0; round < 5; round += 1) {
      const { admin, self } = await newWorkspace();
      const other = await admin.invited(url, 'a@clinic.example', 'ADMINISTRATOR');
      const removed = await Promise.all([admin.remove(other.uuid), other.caller.remove(self.uuid)]);
      expect(removed.filter(({ data }) => data?.made?.removedMemberId)).toHaveLength(1);
      const left = (await Promise.all([admin.status(), other.caller.status()])).toSorted();
      expect(left).toEqual([200, 401]);
    }
  });
});

describe('removing a member', () => {
  it('revokes the member’s tokens, also for one who is invited again', async () => {
    const { admin } = await newWorkspace();
    const first = await admin.invited(url, 'a@clinic.example');
    const second = await first.caller.createdToken(url, { name: 'Second' });
    expect((await admin.remove(first.uuid)).data?.made).toEqual({ removedMemberId: first.id, userErrors: [] });
    expect([await first.caller.status(), await second.caller.status()]).toEqual([401, 401]);
    expect((await admin.remove(first.uuid)).data?.made.userErrors).toMatchObject([{ code: 'NOT_FOUND' }]);
    const again = await admin.invited(url, 'a@clinic.example', 'VIEWER');
    expect(again.uuid).not.toBe(first.uuid);
    expect([await first.caller.status(), await second.caller.status(), await again.caller.status()]).toEqual([
      401, 401, 200,
    ]);
    expect((await admin.tokens('(filter: { member: "' + again.uuid + '" })')).map(({ name }) => name)).toEqual([
      'First token',
    ]);
  });

  it('of another workspace is not possible', async () => {
    const { admin } = await newWorkspace();
    const { self } = await newWorkspace();
    expect((await admin.remove(self.uuid)).data?.made.userErrors).toMatchObject([{ code: 'NOT_FOUND' }]);
    expect(codesOf(await admin.changeRole(self.uuid, 'VIEWER'))).toEqual(['NOT_FOUND']);
  });
});

describe('the list of members', () => {
  it('is paged in both directions, by address or by the time since when they are members', async () => {
    const { admin, self } = await newWorkspace();
    for (const name of ['c', 'A', 'b']) await admin.invited(url, `${name}@clinic.example`);
    const byEmail = await admin.members();
    const emails = byEmail.map(({ email }) => email);
    expect(emails.filter((email) => email.endsWith('clinic.example'))).toEqual([
      'A@clinic.example',
      'b@clinic.example',
      'c@clinic.example',
    ]);
    expect((await admin.members('(orderBy: { field: CREATED })')).map(({ email }) => email)).toEqual([
      self.email,
      'c@clinic.example',
      'A@clinic.example',
      'b@clinic.example',
    ]);
    const page = `edges { cursor } nodes { email } totalCount pageInfo { hasNextPage hasPreviousPage endCursor startCursor }`;
    interface Page {
      readonly members: { nodes: { email: string }[]; totalCount: number; pageInfo: Record<string, unknown> };
    }
    const { members: first } = await admin.data<Page>(`{ members(first: 2) { ${page} } }`);
    expect(first).toMatchObject({ totalCount: 4, pageInfo: { hasNextPage: true, hasPreviousPage: false } });
    const after = `{ members(first: 2, after: "${String(first.pageInfo['endCursor'])}") { ${page} } }`;
    const { members: second } = await admin.data<Page>(after);
    expect(second.pageInfo).toMatchObject({ hasNextPage: false, hasPreviousPage: true });
    expect([...first.nodes, ...second.nodes].map(({ email }) => email)).toEqual(emails);
    const before = `{ members(last: 2, before: "${String(second.pageInfo['startCursor'])}") { ${page} } }`;
    expect((await admin.data<Page>(before)).members.nodes).toEqual(first.nodes);
  });

  it('is searched by words of the addresses or parts of them, in any order and case', async () => {
    const { admin, self } = await newWorkspace();
    const emails = [
      'Amina.Juma@Clinic.example',
      'baraka@clinic.example',
      'ÉLISE@clinic.example',
      '100%_sure@b.example',
    ];
    for (const email of emails) await admin.invited(url, email);
    const [amina, baraka, elise, sure] = emails;
    const find = async (search: string) =>
      (await admin.members(`(filter: { search: ${JSON.stringify(search)} }, orderBy: { field: CREATED })`)).map(
        ({ email }) => email,
      );
    expect(await find('JUMA')).toEqual([amina]);
    expect(await find(' clinic  amina ')).toEqual([amina]);
    expect(await find('clinic.ex')).toEqual([amina, baraka, elise]);
    expect(await find('éli')).toEqual([elise]);
    expect(await find('%_')).toEqual([sure]);
    for (const nobody of ['juma baraka', 'a%a', 'a_ina', 'a\\', 'a\u0000']) expect(await find(nobody)).toEqual([]);
    for (const blank of ['', ' \t']) expect(await find(blank)).toEqual([self.email, ...emails]);
  });

  it('is paged in both orders while it is searched, and counted', async () => {
    const { admin } = await newWorkspace();
    for (const name of ['c', 'A', 'b']) await admin.invited(url, `${name}@clinic.example`);
    await admin.invited(url, 'd@elsewhere.example');
    for (const [field, sorted] of [
      ['EMAIL', ['A', 'b', 'c']],
      ['CREATED', ['c', 'A', 'b']],
    ] as const) {
      const found: string[] = [];
      let after = 'null';
      for (let page = 0; page < 3; page++) {
        const { members } = await admin.data<{
          members: {
            nodes: { email: string }[];
            totalCount: number;
            pageInfo: { hasNextPage: boolean; hasPreviousPage: boolean; endCursor: string };
          };
        }>(
          `{ members(first: 1, after: ${after}, filter: { search: "CLINIC" }, orderBy: { field: ${field} }) {
            nodes { email } totalCount pageInfo { hasNextPage hasPreviousPage endCursor }
          } }`,
        );
        expect(members).toMatchObject({
          totalCount: 3,
          pageInfo: { hasNextPage: page < 2, hasPreviousPage: page > 0 },
        });
        found.push(...members.nodes.map(({ email }) => email));
        after = JSON.stringify(members.pageInfo.endCursor);
      }
      expect(found).toEqual(sorted.map((name) => `${name}@clinic.example`));
    }
  });

  it('is searched by 32 words at most, of which letters with different accents make different ones', async () => {
    const { admin } = await newWorkspace();
    const words = [...'aàáâãäåāăąeèéêëēĕėęěiìíîïĩīĭįoòóôõö'].slice(0, 33);
    const ask = (search: readonly string[]) =>
      admin.ask('query ($search: String) { members(filter: { search: $search }) { nodes { email } } }', {
        search: search.join(' '),
      });
    expect((await ask(words.slice(0, 32))).codes).toEqual([]);
    expect((await ask(words)).codes).toEqual(['BAD_USER_INPUT']);
  });

  it('costs more to search and to count the more members there are', async () => {
    const { admin } = await newWorkspace();
    const requested = async (field: string) => {
      const fields = Array.from({ length: 30 }, (_, place) => `a${place}: ${field}`);
      const { extensions = {} } = await admin.ask(`{ ${fields.join(' ')} }`);
      return (extensions['cost'] as { requested: number }).requested;
    };
    const dear = [
      'members(first: 1, filter: { search: "a b" }, orderBy: { field: CREATED }) { nodes { email } }',
      'members(first: 1, filter: { search: "a b" }) { totalCount }',
      'members(first: 1) { totalCount }',
    ];
    const plain = 'members(first: 1) { nodes { email } }';
    const few = await Promise.all([plain, ...dear].map(requested));
    for (let n = 0; n < 30; n++) await admin.invited(url, `${n}@clinic.example`);
    const many = await Promise.all([plain, ...dear].map(requested));
    const more = many.map((cost, place) => cost - (few[place] ?? 0));
    // There are 30 lists, and each has 30 more members. A search looks at each member; a count reads one index entry for each.
    expect(more[0]).toBe(0);
    expect(more[1]).toBeCloseTo((30 * 30 * 1.04) / 50, -1);
    expect(more[2]).toBeCloseTo((30 * 30 * 0.21) / 50, -1);
    expect(more[3]).toBeCloseTo((30 * 30 * 0.125) / 50, -1);
    expect(Math.min(...more.slice(1))).toBeGreaterThan(0);
  });

  it('gives ids by which node finds a member, and viewer the own one', async () => {
    const { admin, self } = await newWorkspace();
    const { viewer, node } = await admin.data<Record<string, unknown>>(
      `{ viewer { member { uuid } token { name owner member { uuid } } } node(id: "${self.id}") { ... on Member { uuid email } } }`,
    );
    expect(viewer).toEqual({
      member: { uuid: self.uuid },
      token: { name: 'test', owner: self.email, member: { uuid: self.uuid } },
    });
    expect(node).toEqual({ uuid: self.uuid, email: self.email });
  });
});
