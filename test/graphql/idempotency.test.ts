import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import type { Answer } from '../support/client.ts';
import { readAnswer } from '../support/client.ts';
import type { TokenName } from '../support/fixture.ts';
import { tokenKey } from '../support/fixture.ts';
import { revisionOf } from '../support/revision.ts';
import { openWorld } from '../support/world.ts';

const { url, database } = await openWorld();

interface Sent {
  readonly key?: string;
  readonly token?: TokenName;
  readonly accept?: string;
  readonly variables?: Record<string, unknown>;
  readonly operationName?: string;
}

/** Sends an operation with an idempotency key, as an editor of workspace 2. */
function ask<Data>(query: string, { key, token, accept, ...rest }: Sent): Promise<Answer<Data>> {
  return post<Data>({ query, ...rest }, key, token, accept);
}

async function post<Data>(
  body: object,
  key: string | undefined,
  token: TokenName = 'editor2',
  accept = 'application/graphql-response+json',
): Promise<Answer<Data>> {
  const response = await fetch(`${url}/graphql`, {
    method: 'POST',
    headers: {
      authorization: `Bearer ${tokenKey(token)}`,
      accept,
      'content-type': 'application/json',
      ...(key !== undefined && { 'idempotency-key': key }),
    },
    body: JSON.stringify(body),
  });
  return readAnswer<Data>(response);
}

interface Created {
  readonly createCampaign: {
    readonly campaign: { readonly uuid: string } | null;
    readonly userErrors: readonly { readonly code: string }[];
  };
}

const CREATE = `mutation ($name: String!, $group: String = "Vets") {
  createCampaign(input: { name: $name, group: { name: $group }, clientMutationId: "mine" }) {
    clientMutationId
    campaign { id uuid name archived createdOn modifiedOn group { uuid name contactCount } }
    userErrors { field code message }
  }
}`;

const create = (key: string, name: string, sent: Sent = {}) =>
  ask<Created>(CREATE, { key, ...sent, variables: { name, ...sent.variables } });

describe('a mutation that is repeated with the same Idempotency-Key', () => {
  it('answers as the first did, and creates nothing', async () => {
    const first = await create('"create"', 'Created once');
    const revision = await revisionOf(database, 2);
    const again = await create('"create"', 'Created once');
    expect(first.data?.createCampaign.campaign?.uuid).toBeDefined();
    expect([again.status, again.text]).toEqual([200, first.text]);
    expect(await revisionOf(database, 2)).toBe(revision);
  });

  it('answers as the first did to twenty at the same time', async () => {
    const revision = await revisionOf(database, 2);
    const answers = await Promise.all(Array.from({ length: 20 }, () => create('"together"', 'Together')));
    expect(new Set(answers.map(({ text }) => text)).size).toBe(1);
    expect(answers[0]?.data?.createCampaign.campaign).toMatchObject({ name: 'Together' });
    expect(await revisionOf(database, 2)).toBe(revision + 1);
  });

  it('answers as the first did whether the document is sent as text, by its hash, or both', async () => {
    const variables = { name: 'By hash', group: 'Vets' };
    const sha256Hash = createHash('sha256').update(CREATE).digest('hex');
    const hashed = { extensions: { persistedQuery: { version: 1, sha256Hash } } };
    const send = (key: string, parameters: object) => post({ ...parameters, variables }, key);
    const first = await send('"by hash"', { query: CREATE, ...hashed });
    expect(first.status).toBe(200);
    for (const parameters of [hashed, { query: CREATE }, { query: CREATE, operationName: null }]) {
      const again = await send('"by hash"', parameters);
      expect([again.status, again.text]).toEqual([200, first.text]);
    }
    const other = await send('"by hash"', { query: `${CREATE} ` });
    expect([other.status, other.codes]).toEqual([422, ['IDEMPOTENCY_KEY_REUSED']]);
  });

  it('answers with the same user errors', async () => {
    const wrong = { variables: { group: 'Not there yet' } };
    const first = await create('"errors"', '"', wrong);
    await ask('mutation { createGroup(input: { name: "Not there yet" }) { group { uuid } } }', {});
    const again = await create('"errors"', '"', wrong);
    expect(first.data?.createCampaign.userErrors.map(({ code }) => code)).toEqual(['INVALID_CHARACTER', 'NOT_FOUND']);
    expect(again.text).toBe(first.text);
  });

  it('may select other names of one mutation, and more of its result, by fragments', async () => {
    const query = `mutation M { ...Create ... { made: createGroup(input: { name: "Of a fragment" }) { userErrors { code } } } }
      fragment Create on Mutation { made: createGroup(input: { name: "Of a fragment" }) { group { uuid } } __typename }`;
    const [first, again] = [await ask(query, { key: 'fragments' }), await ask(query, { key: 'fragments' })];
    expect(first.errors).toEqual([]);
    expect(first.data).toMatchObject({ made: { userErrors: [], group: { uuid: expect.any(String) } } });
    expect(again.text).toBe(first.text);
  });

  it.each([
    ['@skip(if: true)', '', {}],
    ['@skip(if: $other)', '($other: Boolean = true)', {}],
    ['@include(if: $other)', '($other: Boolean!)', { other: false }],
  ])('may leave out all mutations but one: %s', async (directive, definitions, variables) => {
    const group = (name: string) => `createGroup(input: { name: "${name}" })`;
    const query = `mutation ${definitions} { made: ${group(directive)} { group { uuid } } other: ${group('Other')} ${directive} { group { uuid } } }`;
    const sent = { key: `"${directive}"`, variables };
    const [first, again] = [await ask(query, sent), await ask(query, sent)];
    expect([first.errors, first.data]).toEqual([[], { made: { group: { uuid: expect.any(String) } } }]);
    expect(again.text).toBe(first.text);
  });

  it.each([
    ['deleteCampaign', 'deleteCampaign(input: { uuid: $uuid }) { deletedCampaignId userErrors { code } }'],
    ['updateCampaign', 'updateCampaign(input: { uuid: $uuid, archived: true }) { campaign { archived modifiedOn } }'],
  ])('works for %s', async (name, field) => {
    const { data } = await create(`"for ${name}"`, `For ${name}`);
    const variables = { uuid: data?.createCampaign.campaign?.uuid };
    const query = `mutation ($uuid: UUID!) { ${field} }`;
    const [first, again] = [await ask(query, { key: name, variables }), await ask(query, { key: name, variables })];
    expect(first.errors).toEqual([]);
    expect(again.text).toBe(first.text);
  });
});

describe('an Idempotency-Key that cannot be used', () => {
  it.each([
    ['other variables', CREATE, { name: 'Other' }],
    ['another document', CREATE.replace('clientMutationId: "mine"', 'clientMutationId: "yours"'), { name: 'Reused' }],
    ['another mutation', 'mutation { createGroup(input: { name: "Reused" }) { group { uuid } } }', {}],
  ])('because it came with another request has status 422: %s', async (_what, query, variables) => {
    await create('reused', 'Reused');
    const revision = await revisionOf(database, 2);
    const answer = await ask(query, { key: 'reused', variables });
    expect(answer.status).toBe(422);
    expect(answer.codes).toEqual(['IDEMPOTENCY_KEY_REUSED']);
    expect(answer.errors[0]?.message).toContain('Use a new key for each new request.');
    expect(await revisionOf(database, 2)).toBe(revision);
  });

  it('because it is malformed has status 400', async () => {
    const answer = await create('"open', 'Malformed');
    expect(answer.status).toBe(400);
    expect(answer.codes).toEqual(['IDEMPOTENCY_KEY_INVALID']);
  });

  const GROUP = '{ group { uuid } }';
  it.each([
    [
      'side by side',
      `mutation { a: createGroup(input: { name: "Side A" }) ${GROUP} __typename b: createGroup(input: { name: "Side B" }) ${GROUP} }`,
    ],
    [
      'within fragments',
      `mutation { ...A ...A ...B }
      fragment A on Mutation { a: createGroup(input: { name: "Fragment A" }) ${GROUP} ...B }
      fragment B on Mutation { ... on Mutation { b: createGroup(input: { name: "Fragment B" }) ${GROUP} } }`,
    ],
    [
      'when none is left out',
      `mutation ($b: Boolean = false) { a: createGroup(input: { name: "Left A" }) ${GROUP} b: createGroup(input: { name: "Left B" }) @skip(if: $b) ${GROUP} }`,
    ],
  ])('because there are several mutations has status 400, and nothing changes: %s', async (_what, query) => {
    const revision = await revisionOf(database, 2);
    const answer = await ask(query, { key: 'several' });
    expect(answer.status).toBe(400);
    expect(answer.codes).toEqual(['IDEMPOTENCY_KEY_INVALID']);
    expect(answer.errors[0]?.message).toContain('this operation has 2');
    expect(await revisionOf(database, 2)).toBe(revision);
    expect((await ask(query, {})).errors).toEqual([]);
    expect(await revisionOf(database, 2)).toBe(revision + 2);
  });

  it('is not kept when the role does not allow the write', async () => {
    const refused = await create('"role"', 'By a viewer', { token: 'viewer' });
    expect(refused.codes).toEqual(['FORBIDDEN']);
    const kept = await database.reader.db.selectFrom('idempotency_keys').select('result').execute();
    expect(kept.filter(({ result }) => result.includes('By a viewer'))).toEqual([]);
  });
});

describe('an Idempotency-Key where nothing is written', () => {
  it('is ignored by queries, so that one key may come with several', async () => {
    const answers = [
      await ask('{ viewer { role } }', { key: 'query' }),
      await ask('{ campaigns(first: 1) { totalCount } groups(first: 1) { totalCount } }', { key: 'query' }),
      await create('query', 'After queries'),
    ];
    expect(answers.map(({ status, errors }) => [status, errors])).toEqual([
      [200, []],
      [200, []],
      [200, []],
    ]);
  });

  it('is ignored by GET', async () => {
    const response = await fetch(`${url}/graphql?query=${encodeURIComponent('{ viewer { role } }')}`, {
      headers: { authorization: `Bearer ${tokenKey('editor2')}`, accept: 'application/json', 'idempotency-key': '"' },
    });
    expect(response.status).toBe(200);
  });
});
