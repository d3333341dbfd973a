import { describe, expect, it } from 'vitest';
import { readAnswer } from '../support/client.ts';
import { tokenKey } from '../support/fixture.ts';
import { openWorld } from '../support/world.ts';

const world = await openWorld();

async function send(accept: string, query: string) {
  const response = await fetch(`${world.url}/graphql`, {
    method: 'POST',
    headers: { authorization: `Bearer ${tokenKey('editor')}`, 'content-type': 'application/json', accept },
    body: JSON.stringify({ query }),
  });
  return { status: response.status, answer: await readAnswer(response) };
}

it('a range behind a hundred others is not read', async () => {
  const behind = (count: number) => `${'a/b,'.repeat(count)}application/json`;
  expect((await send(behind(99), '{ viewer { role } }')).status).toBe(200);
  expect((await send(behind(100), '{ viewer { role } }')).status).toBe(406);
});

describe('an error', () => {
  const JSON_TYPE = 'application/json; charset=utf-8';
  const GRAPHQL_TYPE = 'application/graphql-response+json; charset=utf-8';

  // GraphQL over HTTP, 6.4.1: who names application/json alone gets 200 for what is well-formed.
  it.each([
    ['application/json', 200, JSON_TYPE],
    ['Application/JSON', 200, JSON_TYPE],
    ['application/json, text/html;q=0.5, */*;q=0.1', 200, JSON_TYPE],
    ['application/graphql-response+json;q=0, application/json', 200, JSON_TYPE],
    ['application/graphql-response+json', 400, GRAPHQL_TYPE],
    ['application/json;q=0.9, application/graphql-response+json', 400, GRAPHQL_TYPE],
    ['*/*, application/graphql-response+json', 400, GRAPHQL_TYPE],
    ['application/json;q=0,*/*', 400, GRAPHQL_TYPE],
    ['application/json, application/graphql-response+json', 400, JSON_TYPE],
    ['*/*', 400, JSON_TYPE],
    ['', 400, JSON_TYPE],
  ])('has the status and the type that the client takes: Accept: %s', async (accept, status, type) => {
    const headers = { 'content-type': 'application/json', ...(accept && { accept }) };
    const ask = (key: string) =>
      fetch(`${world.url}/graphql`, {
        method: 'POST',
        headers: { ...headers, authorization: `Bearer ${key}` },
        body: '{"query":"{ nothing }"}',
      });
    const invalid = await ask(tokenKey('editor'));
    expect([invalid.status, invalid.headers.get('content-type')]).toEqual([status, type]);
    const unknown = await ask('unknown');
    expect([unknown.status, unknown.headers.get('content-type')]).toEqual([401, type]);
  });
});

describe('an error that only this server finds in a document', () => {
  it.each([
    ['the same field too often', `{ ${'viewer { role } '.repeat(100)} }`],
    ['a subscription with a condition', 'subscription { changes @skip(if: true) { cursor } }'],
    [
      'a subscription with a condition in a fragment',
      'subscription { ...F } fragment F on Subscription { ... @include(if: true) { changes { cursor } } }',
    ],
  ])('has the status of every other validation error, and locations: %s', async (_what, query) => {
    for (const [accept, status] of [
      ['application/json', 200],
      ['application/graphql-response+json', 400],
    ] as const) {
      const { status: given, answer } = await send(accept, query);
      expect([given, answer.codes]).toEqual([status, ['GRAPHQL_VALIDATION_FAILED']]);
      expect(answer.errors[0]?.locations).not.toHaveLength(0);
    }
  });
});

describe('a mutation', () => {
  it.each([
    'text/plain',
    'text/html',
    'application/xml',
    'application/graphql+json',
    'multipart/mixed',
    'application/json;q=0',
    'application/json;charset=latin1',
    'application/*;q=0, */*',
    'application/json;q=0, application/graphql-response+json;q=0, */*',
  ])('is not carried out for a client that does not take JSON: Accept: %s', async (accept) => {
    const name = `Not for ${accept}`;
    const { status, answer } = await send(
      accept,
      `mutation { createCampaign(input: { name: "${name}", group: { name: "Reporters" } }) { campaign { uuid } } }`,
    );
    expect([status, answer.codes]).toEqual([406, ['NOT_ACCEPTABLE']]);
    const found = await send('*/*', `{ campaigns(filter: { search: "${name}" }) { totalCount } }`);
    expect(found.answer.data).toEqual({ campaigns: { totalCount: 0 } });
  });

  it.each([
    'application/json',
    'application/json; charset=UTF-8',
    'application/graphql-response+json, a/b;q=0.8',
    'text/html, application/*',
    'application/json;q=0, */*',
    'text/plain, */*;q=0.1',
  ])('is carried out for Accept: %s', async (accept) => {
    const name = `For ${accept}`.replaceAll(/[^\w ]/g, ' ');
    const { status, answer } = await send(
      accept,
      `mutation { createCampaign(input: { name: "${name}", group: { name: "Reporters" } }) { campaign { name } } }`,
    );
    expect([status, answer.data]).toEqual([200, { createCampaign: { campaign: { name: name.trim() } } }]);
  });
});
