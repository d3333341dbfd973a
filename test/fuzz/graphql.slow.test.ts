import fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import { createSchema } from '../../src/graphql/schema.ts';
import { tokenKey } from '../support/fixture.ts';
import { graphqlRequests } from './support/documents.ts';
import { fuzz } from './support/property.ts';
import { authorizations, encodings, headerValue, mutated, readCursors, texts, usually } from './support/values.ts';
import { ask, expectGraphQL, expectHarmless, expectSound, openFuzzedWorld, rowsOfOthers } from './support/world.ts';

const world = await openFuzzedWorld();
const others = rowsOfOthers(world);
const requests = graphqlRequests(createSchema(), await readCursors(world));

const authorization = `Bearer ${tokenKey('admin2')}`;
const accepted = fc.constantFrom('application/json', 'application/graphql-response+json', '*/*');

describe('GraphQL survives', () => {
  afterAll(() => expectSound(world, others));

  let [sent, answered] = [0, 0];
  fuzz('documents grown from the schema', 800, fc.tuple(requests, accepted), async ([request, accept]) => {
    const body = Buffer.from(JSON.stringify(request));
    const headers = { authorization, accept, 'content-type': 'application/json', 'content-length': body.length };
    const received = await ask(world.url, { method: 'POST', path: '/graphql', headers, body });
    expectGraphQL(received);
    sent += 1;
    if (received.text.includes('"data":{')) answered += 1;
  });

  it('has tried more than how documents are refused: one in four reached the data', () => {
    expect(answered).toBeGreaterThan(sent / 4);
  });

  fuzz('queries in the address', 200, fc.tuple(requests, accepted), async ([{ query, variables }, accept]) => {
    const search = new URLSearchParams({ query, variables: JSON.stringify(variables) });
    const path = `/graphql?${search.toString()}`;
    // node:http accepts at most 16 KiB of headers, including the address.
    if (path.length > 15_000) return;
    expectGraphQL(await ask(world.url, { method: 'GET', path, headers: { authorization, accept } }));
  });

  const bodies = fc.oneof(
    mutated(requests.map((request) => JSON.stringify(request))),
    fc.json({ maxDepth: 3 }),
    texts,
    fc
      .record({ query: fc.anything(), variables: fc.anything(), extensions: fc.anything() }, { requiredKeys: [] })
      .map((body) =>
        JSON.stringify(body, (_name, value: unknown) => (typeof value === 'bigint' ? String(value) : value)),
      ),
    requests.map((request) => JSON.stringify([request, request])),
    fc
      .record({ documentId: texts, extensions: fc.record({ persistedQuery: fc.record({ sha256Hash: texts }) }) })
      .map((body) => JSON.stringify(body)),
  );
  const headers = fc.record(
    {
      authorization: authorizations,
      accept: usually(
        'application/json',
        fc.oneof(accepted, fc.constantFrom('text/html', 'multipart/mixed', ''), texts),
      ),
      'content-type': usually(
        'application/json',
        fc.oneof(
          fc.constantFrom(
            'application/json; charset=utf-16',
            'application/graphql',
            'text/plain',
            'multipart/form-data',
          ),
          texts,
        ),
      ),
      'idempotency-key': fc.oneof({ arbitrary: fc.uuid(), weight: 8 }, fc.constantFrom('"a"', '"', 'a, b'), texts),
      'content-encoding': encodings,
      origin: fc.constantFrom('null', 'https://elsewhere.example'),
      'x-request-id': texts,
      'x-forwarded-for': texts,
    },
    { requiredKeys: ['authorization', 'content-type'] },
  );

  fuzz('bodies, headers and credentials', 400, fc.tuple(bodies, headers), async ([text, given]) => {
    const body = Buffer.from(text);
    const named = Object.entries(given).flatMap(([name, value]) =>
      value === undefined ? [] : [[name, headerValue(value)]],
    );
    const received = await ask(world.url, {
      method: 'POST',
      path: '/graphql',
      headers: { ...Object.fromEntries(named), 'content-length': body.length },
      body,
    });
    expectGraphQL(received);
  });

  const methods = fc.constantFrom('GET', 'HEAD', 'PUT', 'PATCH', 'DELETE', 'OPTIONS', 'TRACE', 'PROPFIND', 'QUERY');
  fuzz('other methods', 100, fc.tuple(methods, authorizations), async ([method, given]) => {
    const headers = given === undefined ? {} : { authorization: headerValue(given) };
    expectHarmless(await ask(world.url, { method, path: '/graphql', headers }));
  });
});
