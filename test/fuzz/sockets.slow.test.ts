import fc from 'fast-check';
import { afterAll, describe, expect } from 'vitest';
import { tokenKey } from '../support/fixture.ts';
import { fuzz } from './support/property.ts';
import { usually } from './support/values.ts';
import { exchange, statusesIn } from './support/raw.ts';
import { expectHarmless, expectSound, openFuzzedWorld, rowsOfOthers } from './support/world.ts';

const world = await openFuzzedWorld();
const others = rowsOfOthers(world);

/** The number of connections open at the same time. Many are open, because a test mostly waits while the server waits for more bytes. */
const AT_ONCE = 25;

const AUTHORIZED = `Authorization: Token ${tokenKey('editor2')}`;
const NAMES = ['GET', 'POST', 'HEAD', 'DELETE', 'CONNECT', 'get', 'G E T', '', 'OPTIONS', 'PRI', '\x16\x03\x01'];
const ADDRESSES = [
  '/api/v2/campaigns.json',
  '/graphql',
  '/healthz',
  '*',
  '',
  'http://other/graphql',
  '/é',
  '/\0',
  'a b',
];
const VERSIONS = ['HTTP/1.1', 'HTTP/1.0', 'HTTP/0.9', 'HTTP/2.0', 'HTTP/9.9', 'http/1.1', ''];
const LINES = [
  ...['Host: localhost', 'Host: a', 'Host', ': value', ' folded: yes', 'Name : value', 'Bad\0Name: x', 'X: \x7f'],
  ...[
    'Content-Length: 2',
    'Content-Length: -1',
    'Content-Length: 5, 5',
    'Content-Length: 9999999999',
    'Content-Length: x',
  ],
  ...['Transfer-Encoding: chunked', 'Transfer-Encoding: gzip, chunked', 'Transfer-Encoding: x', 'Connection: close'],
  ...['Connection: upgrade', 'Upgrade: websocket', 'Upgrade: h2c', 'Expect: 100-continue', 'Expect: the worst'],
  ...['Content-Type: application/json', 'Accept: application/json', 'Idempotency-Key: "a"', `X: ${'y'.repeat(20_000)}`],
  ...[AUTHORIZED, `Authorization: Token ${tokenKey('admin2')}`, 'Authorization: é'],
];
const BODIES = [
  '{}',
  '{"query":"{viewer{role}}"}',
  '2\r\n{}\r\n0\r\n\r\n',
  'zz\r\n',
  'ffffffffffffffff\r\n',
  '0\r\nA: b\r\n\r\n',
];

/** Requests built from correct and incorrect lines. */
const requests = fc
  .record({
    method: usually('GET', fc.constantFrom(...NAMES)),
    address: usually('/api/v2/campaigns.json', fc.constantFrom(...ADDRESSES)),
    version: usually('HTTP/1.1', fc.constantFrom(...VERSIONS)),
    first: usually(`Host: localhost\r\n${AUTHORIZED}`, fc.constantFrom('Host: localhost', '')),
    lines: fc.array(fc.constantFrom(...LINES), { maxLength: 4 }),
    end: usually('\r\n', fc.constantFrom('\n', '\r')),
    body: usually('', fc.constantFrom(...BODIES)),
  })
  .map(({ method, address, version, first, lines, end, body }) =>
    Buffer.from([`${method} ${address} ${version}`, ...(first ? [first] : []), ...lines, '', body].join(end), 'latin1'),
  );

const randomBytes = fc.uint8Array({ minLength: 1, maxLength: 400 }).map((bytes) => Buffer.from(bytes));

/** Requests in which some bytes are overwritten. */
const damaged = fc
  .tuple(requests, fc.array(fc.tuple(fc.nat(), fc.nat({ max: 255 })), { minLength: 1, maxLength: 5 }))
  .map(([request, changes]) => {
    const bytes = Buffer.from(request);
    for (const [at, byte] of changes) bytes[at % bytes.length] = byte;
    return bytes;
  });

/** The bytes sent over one connection: one or more requests, in pieces. */
const conversations = fc.array(fc.oneof({ arbitrary: requests, weight: 4 }, damaged, randomBytes), {
  minLength: 1,
  maxLength: 4,
});

describe('connections survive', () => {
  afterAll(() => expectSound(world, others));

  const together = fc.array(conversations, { minLength: AT_ONCE, maxLength: AT_ONCE });
  fuzz(`bytes that are no requests, or nearly, over ${AT_ONCE} connections`, 120, together, async (all) => {
    const streams = await Promise.all(all.map((pieces) => exchange(world.url, pieces)));
    for (const text of streams) {
      const statuses = statusesIn(text);
      expect(statuses).not.toBeNull();
      for (const status of statuses ?? []) {
        // 505 means an unknown version of HTTP, and 501 an unknown transfer coding. Both are correct answers.
        if (status !== 505 && status !== 501) expectHarmless({ status, type: undefined, text });
      }
    }
    expect((await fetch(`${world.url}/healthz`)).status).toBe(200);
  });
});
