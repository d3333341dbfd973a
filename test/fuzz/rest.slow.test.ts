import fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import { fuzz } from './support/property.ts';
import { addressable, restRequests } from './support/rest-requests.ts';
import { mutated, readCursors, texts } from './support/values.ts';
import { ask, expectHarmless, expectRest, expectSound, openFuzzedWorld, rowsOfOthers } from './support/world.ts';

const world = await openFuzzedWorld();
const others = rowsOfOthers(world);
const cursors = await readCursors(world);

const endpoints = fc.constantFrom('/api/v2/campaigns.json', '/api/v2/groups.json', '/api/v2/groups.json/');

/** Addresses of every part of the server, and addresses that are nearly right. */
const known = fc.constantFrom(
  ...['/', '/graphql', '/graphiql', '/schema.graphql', '/healthz', '/readyz', '/metrics', '/campaigns/1', '/groups'],
  ...['/api/v2/', '/api/v2/.json', '/api/v2/campaigns', '/api/v2/explorer/', '/api/v2/openapi.json', '/assets/x.js'],
  ...[
    '/api/v2/docs/../../src/main.ts',
    '/..%2f..%2fpackage.json',
    '/%2e%2e/%2e%2e/etc/passwd',
    '/api/v2/campaigns.json%00',
  ],
  ...[
    '//elsewhere.example/',
    '/%',
    '/%C3%28',
    '/api/v2/%E0%A4%A',
    '/graphiql/%zz',
    '/assets/%',
    '/api/v2/explorer/%ff',
  ],
);
const addresses = fc.oneof(
  known,
  mutated(known).map((address) => `/${addressable(address)}`),
  fc.array(texts, { maxLength: 4 }).map((parts) => `/${parts.map(addressable).join('/')}`),
  fc.webPath().map((path) => `/${path}`),
);

describe('REST survives', () => {
  afterAll(() => expectSound(world, others));

  let [sent, answered] = [0, 0];
  fuzz('parameters, headers and bodies', 1_000, restRequests(endpoints, cursors), async (request) => {
    const received = await ask(world.url, request);
    expectRest(received);
    sent += 1;
    if (received.status < 300) answered += 1;
  });

  it('has tried more than how requests are refused: one in ten succeeded', () => {
    expect(answered).toBeGreaterThan(sent / 10);
  });

  fuzz('other addresses of the server', 400, restRequests(addresses, cursors), async (request) => {
    const received = await ask(world.url, request);
    expectHarmless(received);
    // The page that Express itself sends for an address without a route. The server must never show it.
    expect(received.text).not.toMatch(/<title>Error<\/title>|<pre>/);
  });
});
