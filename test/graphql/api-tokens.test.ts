import { describe, expect, it } from 'vitest';
import { ApiTokens, MAX_TOKENS } from '../../src/model/api-tokens.ts';
import { Members } from '../../src/model/members.ts';
import { NotAllowedError } from '../../src/model/requester.ts';
import { newUuid } from '../../src/model/uuid.ts';
import { changeMessage } from '../../src/webhooks/message.ts';
import { changesAfter } from '../../src/model/changes.ts';
import { AUTHOR } from '../support/author.ts';
import { readAnswer } from '../support/client.ts';
import { readRaw } from '../support/stored.ts';
import { makeWorkspace } from '../support/workspace.ts';
import { openWorld } from '../support/world.ts';
import { Caretaker } from './support/people.ts';

const world = await openWorld();
const { url, database } = world;

async function newWorkspace() {
  const made = await makeWorkspace(database);
  const admin = new Caretaker(url, made.key);
  const [self] = await admin.members();
  if (!self) throw new Error('there is no member');
  return { ...made, admin, self };
}

const codesOf = ({ userErrors }: { readonly userErrors: readonly { readonly code: string }[] }) =>
  userErrors.map(({ code }) => code);

describe('making a token', () => {
  it('shows its key once, and never again', async () => {
    const { admin } = await newWorkspace();
    const { apiToken, key, userErrors } = await admin.createToken({
      name: '  Register ',
      maxRole: 'VIEWER',
      expiresOn: '2199-01-31',
    });
    expect(userErrors).toEqual([]);
    expect(key).toMatch(/^[A-Z2-9]{40}$/);
    expect(apiToken).toMatchObject({
      name: 'Register',
      role: 'VIEWER',
      maxRole: 'VIEWER',
      expiresOn: '2199-01-31T00:00:00.000Z',
    });
    expect(await admin.tokens(`(filter: { uuids: ["${apiToken?.uuid}"] })`)).toEqual([apiToken]);
    expect(await new Caretaker(url, key).role()).toBe('VIEWER');
    expect(world.log.join('')).not.toContain(key);
    expect(await readRaw(database, ['api_tokens', 'changes'])).not.toContain(key);
  });

  it.each([
    [{ name: ' ' }, 'BLANK', ['name']],
    [{ name: 'x'.repeat(65) }, 'TOO_LONG', ['name']],
    [{ name: 'a"b' }, 'INVALID_CHARACTER', ['name']],
    [{ name: 'x', expiresOn: '2024-01-31' }, 'PAST', ['expiresOn']],
    [{ name: 'x', member: newUuid() }, 'NOT_FOUND', ['member']],
  ])('refuses %j with %s', async (input, code, field) => {
    const { admin } = await newWorkspace();
    expect(await admin.createToken(input)).toMatchObject({ apiToken: null, key: null, userErrors: [{ code, field }] });
  });

  it('refuses an expiry that cannot be kept exactly', async () => {
    const { admin } = await newWorkspace();
    const { codes, errors } = await admin.ask(
      'mutation { createApiToken(input: { name: "x", expiresOn: "9000-01-01T00:00:00.000123Z" }) { key } }',
    );
    expect(codes).toEqual(['BAD_USER_INPUT']);
    expect(errors[0]?.message).toContain('before the year 2255');
    expect(await admin.tokens()).toHaveLength(1);
  });

  it('for another member is for administrators, and reaches no further than the member', async () => {
    const { admin } = await newWorkspace();
    const { uuid, email } = await admin.invited(url, 'a@clinic.example', 'VIEWER');
    expect(codesOf(await admin.createToken({ name: 'x', member: uuid, maxRole: 'EDITOR' }))).toEqual(['BEYOND_REACH']);
    const made = await admin.createdToken(url, { name: 'Lost the first', member: uuid });
    expect(made.owner).toBe(email);
    expect(await made.caller.role()).toBe('VIEWER');
  });

  it('stops at a number for each member', async () => {
    const { admin, id } = await newWorkspace();
    const { uuid, caller } = await admin.invited(url, 'a@clinic.example');
    const operator = new ApiTokens(database, id, AUTHOR, 'operator');
    for (let made = 1; made < MAX_TOKENS; made += 1) await operator.create({ name: `Token ${made}`, member: uuid });
    expect(codesOf(await caller.createToken({ name: 'One more' }))).toEqual(['TOO_MANY']);
    expect(codesOf(await admin.createToken({ name: 'Of another member' }))).toEqual([]);
  });
});

describe('a token cannot raise its own reach:', () => {
  it('a lower role of its own is what it allows, and what the tokens that it makes allow', async () => {
    const { admin, self } = await newWorkspace();
    const viewing = await admin.createdToken(url, { name: 'Reads', maxRole: 'VIEWER' });
    expect(await viewing.caller.role()).toBe('VIEWER');
    expect(codesOf(await viewing.caller.createToken({ name: 'x', maxRole: 'EDITOR' }))).toEqual(['BEYOND_REACH']);
    const second = await viewing.caller.createdToken(url, { name: 'Reads too' });
    expect([second.maxRole, await second.caller.role()]).toEqual(['VIEWER', 'VIEWER']);
    const forbidden = [
      'inviteMember(input: { email: "b@clinic.example", role: ADMINISTRATOR }) { key }',
      `updateMember(input: { uuid: "${self.uuid}", role: ADMINISTRATOR }) { member { role } }`,
      'createGroup(input: { name: "x" }) { userErrors { code } }',
    ];
    for (const mutation of forbidden) {
      expect((await viewing.caller.ask(`mutation { ${mutation} }`)).codes).toEqual(['FORBIDDEN']);
    }
    // The token sees only the tokens of its own user, as does every token of a user who is not an administrator.
    await admin.invited(url, 'a@clinic.example');
    expect(new Set((await viewing.caller.tokens()).map(({ owner }) => owner))).toEqual(new Set([self.email]));
  });

  it('REST asks for the token’s role, and not for its user’s', async () => {
    const { admin } = await newWorkspace();
    const status = async (role: string) => {
      const { key } = await admin.createdToken(url, { name: role, maxRole: role });
      return (await fetch(`${url}/api/v2/groups.json`, { headers: { authorization: `Token ${key}` } })).status;
    };
    expect([await status('EDITOR'), await status('VIEWER')]).toEqual([200, 403]);
  });

  it('what it makes expires when it does, at the latest', async () => {
    const { admin } = await newWorkspace();
    const short = await admin.createdToken(url, { name: 'Short', expiresOn: '2199-01-31' });
    const { caller } = short;
    expect(codesOf(await caller.createToken({ name: 'x', expiresOn: '2199-02-01' }))).toEqual(['BEYOND_REACH']);
    expect(codesOf(await caller.createToken({ name: 'x', expiresOn: '2199-01-30' }))).toEqual([]);
    expect((await caller.createToken({ name: 'x' })).apiToken?.expiresOn).toBe(short.expiresOn);
    const late = { expiresOn: '2200-01-01' };
    expect(codesOf(await caller.invite('a@clinic.example', 'EDITOR', late))).toEqual(['BEYOND_REACH']);
    const { apiToken } = await caller.invite('a@clinic.example', 'EDITOR');
    expect(apiToken?.expiresOn).toBe(short.expiresOn);
  });

  it('one that was revoked while its request waited makes nothing any more', async () => {
    const { admin, id } = await newWorkspace();
    const { uuid, key } = await admin.createdToken(url, { name: 'Stolen' });
    const { id: tokenId } = await database.reader.db
      .selectFrom('api_tokens')
      .select('id')
      .where('workspace_id', '=', id)
      .where('uuid', '=', uuid)
      .executeTakeFirstOrThrow();
    await admin.revoke(uuid);
    // Simulates a request that a process accepted before it learned that the token was revoked.
    const requester = { tokenId };
    const tokens = new ApiTokens(database, id, AUTHOR, requester);
    await expect(tokens.create({ name: 'x' })).rejects.toThrow(NotAllowedError);
    const members = new Members(database, id, AUTHOR, requester);
    const invitation = { email: 'x@clinic.example', role: 'viewer', token: { name: 'x' } } as const;
    await expect(members.invite(invitation)).rejects.toThrow(NotAllowedError);
    expect(await new Caretaker(url, key).status()).toBe(401);
    expect(await admin.tokens()).toHaveLength(1);
  });
});

describe('tokens are seen', () => {
  it('by their own member and by administrators', async () => {
    const { admin } = await newWorkspace();
    const one = await admin.invited(url, 'one@clinic.example', 'EDITOR');
    const other = await admin.invited(url, 'other@clinic.example', 'VIEWER');
    const owners = async (caller: Caretaker) => (await caller.tokens()).map(({ owner }) => owner).toSorted();
    expect(await owners(one.caller)).toEqual(['one@clinic.example']);
    expect(await owners(other.caller)).toEqual(['other@clinic.example']);
    expect(await owners(admin)).toHaveLength(3);
    const [theirs] = await other.caller.tokens();
    const node = `{ node(id: "${theirs?.id}") { ... on ApiToken { name } } apiTokens(filter: { member: "${other.uuid}" }) { totalCount } }`;
    expect(await one.caller.data(node)).toEqual({ node: null, apiTokens: { totalCount: 0 } });
    expect(await admin.data(node)).toEqual({ node: { name: 'First token' }, apiTokens: { totalCount: 1 } });
    expect(codesOf(await one.caller.revoke(theirs?.uuid ?? ''))).toEqual(['NOT_FOUND']);
    expect(await other.caller.status()).toBe(200);
  });

  it('newest first, a page at a time', async () => {
    const { admin } = await newWorkspace();
    for (const name of ['a', 'b', 'c']) await admin.createToken({ name });
    expect((await admin.tokens()).map(({ name }) => name)).toEqual(['c', 'b', 'a', 'test']);
    interface Page {
      readonly apiTokens: { nodes: { name: string }[]; pageInfo: { endCursor: string; hasNextPage: boolean } };
    }
    const page = 'nodes { name } pageInfo { endCursor hasNextPage }';
    const { apiTokens: first } = await admin.data<Page>(`{ apiTokens(first: 3) { ${page} } }`);
    const { apiTokens: rest } = await admin.data<Page>(
      `{ apiTokens(first: 3, after: "${first.pageInfo.endCursor}") { ${page} } }`,
    );
    expect([first.nodes.length, rest.nodes, rest.pageInfo.hasNextPage]).toEqual([3, [{ name: 'test' }], false]);
  });
});

describe('revoking a token', () => {
  it('refuses it from the next request on', async () => {
    const { admin } = await newWorkspace();
    const { caller } = await admin.invited(url, 'a@clinic.example', 'VIEWER');
    const second = await caller.createdToken(url, { name: 'Second' });
    expect(await second.caller.status()).toBe(200);
    expect(await caller.revoke(second.uuid)).toEqual({ revokedApiTokenId: second.id, userErrors: [] });
    expect([await second.caller.status(), await caller.status()]).toEqual([401, 200]);
    expect(codesOf(await caller.revoke(second.uuid))).toEqual(['NOT_FOUND']);
    const [own] = await caller.tokens();
    expect(codesOf(await admin.revoke(own?.uuid ?? ''))).toEqual([]);
    expect(await caller.status()).toBe(401);
  });
});

describe('a mutation that makes a token and is repeated with its Idempotency-Key', () => {
  it.each([
    ['createApiToken(input: { name: "Once" }) { key apiToken { uuid } userErrors { code } }'],
    ['inviteMember(input: { email: "a@clinic.example", role: VIEWER }) { key apiToken { uuid } userErrors { code } }'],
  ])('makes one, whose key is in the first answer alone: %s', async (mutation) => {
    const { admin, key: authorization } = await newWorkspace();
    const send = async () => {
      const response = await fetch(`${url}/graphql`, {
        method: 'POST',
        headers: {
          authorization: `Bearer ${authorization}`,
          'content-type': 'application/json',
          'idempotency-key': '"made once"',
        },
        body: JSON.stringify({ query: `mutation { made: ${mutation} }` }),
      });
      type Made = { made: { key: string | null; apiToken: { uuid: string } | null; userErrors: unknown[] } };
      return (await readAnswer<Made>(response)).data?.made;
    };
    const first = await send();
    const again = await send();
    expect(first?.key).toMatch(/^[A-Z2-9]{40}$/);
    expect(again).toEqual({ key: null, apiToken: first?.apiToken, userErrors: [] });
    expect(await admin.tokens()).toHaveLength(2);
    expect(await readRaw(database, ['idempotency_keys'])).not.toContain(first?.key);
    expect(await new Caretaker(url, first?.key ?? '').status()).toBe(200);
  });
});

describe('the feed', () => {
  const CHANGES = `{ changes { nodes {
    revision action subjectType subjectUuid deletedId actor { email }
    fields { name before after } subject { type: __typename }
  } } }`;
  interface Feed {
    readonly changes: {
      nodes: {
        revision: number;
        action: string;
        subjectType: string;
        fields: { name: string; before: unknown; after: unknown }[];
        subject: { type: string } | null;
      }[];
    };
  }

  it('tells of members and tokens without gaps, and of a token’s fields only who may see it', async () => {
    const { admin, self, id, key } = await newWorkspace();
    const one = await admin.invited(url, 'one@clinic.example', 'EDITOR');
    await admin.changeRole(one.uuid, 'VIEWER');
    const other = await admin.invited(url, 'other@clinic.example', 'VIEWER');
    await one.caller.createdToken(url, { name: 'Reads', maxRole: 'VIEWER', expiresOn: '2199-01-31' });
    await admin.remove(one.uuid);

    const { nodes } = (await admin.data<Feed>(CHANGES)).changes;
    expect(nodes.map(({ action, subjectType }) => `${action} ${subjectType}`)).toEqual([
      'CREATED MEMBER',
      'CREATED API_TOKEN',
      'UPDATED MEMBER',
      'CREATED MEMBER',
      'CREATED API_TOKEN',
      'CREATED API_TOKEN',
      'DELETED API_TOKEN',
      'DELETED API_TOKEN',
      'DELETED MEMBER',
    ]);
    expect(nodes.map(({ revision }) => revision)).toEqual(nodes.map((_change, place) => place + 1));
    expect(nodes[2]?.fields).toEqual([{ name: 'role', before: 'editor', after: 'viewer' }]);
    expect(nodes[5]?.fields).toEqual([
      { name: 'name', before: null, after: 'Reads' },
      { name: 'owner', before: null, after: 'one@clinic.example' },
      { name: 'maxRole', before: null, after: 'viewer' },
      { name: 'expiresOn', before: null, after: '2199-01-31T00:00:00.000Z' },
    ]);
    expect(nodes[4]?.subject).toEqual({ type: 'ApiToken' });

    const seen = (await other.caller.data<Feed>(CHANGES)).changes.nodes;
    expect(seen.map(({ revision }) => revision)).toEqual(nodes.map(({ revision }) => revision));
    expect(seen.filter(({ subjectType, fields }) => subjectType === 'API_TOKEN' && fields.length > 0)).toEqual([
      nodes[4],
    ]);
    expect(JSON.stringify(seen)).not.toContain('Reads');

    const filtered = `{ changes(filter: { types: [API_TOKEN], actions: [DELETED, ARCHIVED] }) { totalCount nodes { revision } } }`;
    expect(await admin.data(filtered)).toEqual({
      changes: { totalCount: 2, nodes: [{ revision: 7 }, { revision: 8 }] },
    });
    expect(await admin.data('{ changes(filter: { types: [API_TOKEN], actions: [ARCHIVED] }) { totalCount } }')).toEqual(
      {
        changes: { totalCount: 0 },
      },
    );

    const rest = await fetch(`${url}/api/v2/changes.json`, { headers: { authorization: `Token ${key}` } });
    const { results } = (await rest.json()) as { results: { type: string; fields: unknown[] }[] };
    expect(results[1]).toMatchObject({ type: 'api_token', action: 'created', actor: { email: self.email } });

    const [change] = await changesAfter(database.reader, id, 7, 1);
    if (!change) throw new Error('there is no change');
    expect(JSON.parse(changeMessage('', change).body)).toMatchObject({
      type: 'api_token.deleted',
      data: { subjectType: 'API_TOKEN' },
    });
  });
});

describe('answers with an ETag', () => {
  const get = (query: string, key: string) =>
    fetch(`${url}/graphql?query=${encodeURIComponent(query)}`, {
      headers: { authorization: `Bearer ${key}`, accept: 'application/graphql-response+json' },
    });

  it('are not taken for those of another user', async () => {
    const { admin } = await newWorkspace();
    const one = await admin.invited(url, 'one@clinic.example');
    const other = await admin.invited(url, 'other@clinic.example');
    const tagFor = async (key: string) => (await get('{ apiTokens { nodes { owner } } }', key)).headers.get('etag');
    const [first, second] = [await tagFor(one.key), await tagFor(other.key)];
    expect(first).not.toBeNull();
    expect(second).not.toBe(first);
  });

  it('do not show when a token was last used, which is no change', async () => {
    const { key } = await newWorkspace();
    expect((await get('{ apiTokens { nodes { lastUsedOn } } }', key)).headers.get('etag')).toBeNull();
  });
});
