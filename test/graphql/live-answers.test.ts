import { describe, expect, it } from 'vitest';
import { beginEpoch } from '../../src/database/feed.ts';
import { ERROR_CODES } from '../../src/graphql/errors.ts';
import type { ReadStream } from '../support/stream.ts';
import { openWorld } from '../support/world.ts';
import type { Asked } from './support/live.ts';
import { batch, followAt, followByGetAt, LIVE, rest } from './support/live.ts';

const world = await openWorld();
const follow = (asked?: Asked) => followAt(world.url, asked);

describe('what is refused', () => {
  const STREAM_OR_JSON = 'text/event-stream, application/graphql-response+json';
  const stream = async (options: Asked) => rest(await follow(options));
  const error = (code: string) => [
    {
      event: 'next',
      id: undefined,
      data: { errors: [expect.objectContaining({ extensions: expect.objectContaining({ code }) as object })] },
    },
    { event: 'complete', id: undefined, data: undefined },
  ];

  it.each([
    ['INVALID_CURSOR', LIVE, { after: 'nothing' }],
    ['BAD_USER_INPUT', LIVE, { first: 251 }],
    [
      'TOO_COSTLY',
      'subscription { changes(first: 250) { changes { subject { ... on Group { campaigns(first: 250) { nodes { id } } } } } } }',
      {},
    ],
    ['GRAPHQL_VALIDATION_FAILED', 'subscription { nothing }', {}],
    ['GRAPHQL_VALIDATION_FAILED', 'subscription ($x: Boolean!) { changes @skip(if: $x) { cursor } }', { x: true }],
    ['GRAPHQL_VALIDATION_FAILED', `{ ${'viewer { role } '.repeat(100)} }`, {}],
  ])('is told in the stream: %s', async (code, query, variables) => {
    expect(await stream({ query, variables })).toMatchObject(error(code));
  });

  it('is told as JSON to a client that takes it: Apollo Client and urql do', async () => {
    const { response } = await follow({
      variables: { after: 'nothing' },
      headers: { accept: 'text/event-stream, application/json' },
    });
    expect(response.headers['content-type']).toContain('application/json');
  });

  it('includes a cursor of another epoch', async () => {
    const { cursor } = await batch(await follow());
    await world.database.administer(beginEpoch);
    expect(await stream({ variables: { after: cursor } })).toMatchObject(error('CURSOR_EXPIRED'));
    const { response } = await follow({ variables: { after: cursor }, headers: { accept: STREAM_OR_JSON } });
    expect(response.statusCode).toBe(ERROR_CODES.CURSOR_EXPIRED.status);
  });

  it('says whether the header or the argument is wrong', async () => {
    const messageOf = async (options: Asked) => JSON.stringify(await stream(options));
    expect(await messageOf({ variables: { after: 'zzz' } })).toContain('`after` is not a cursor');
    expect(await messageOf({ headers: { 'last-event-id': 'zzz' } })).toContain(
      'The header Last-Event-ID is not a cursor',
    );
  });

  it('has the status of its code for a client that takes JSON and knows statuses', async () => {
    const { response } = await follow({ variables: { after: 'nothing' }, headers: { accept: STREAM_OR_JSON } });
    expect(response.statusCode).toBe(ERROR_CODES.INVALID_CURSOR.status);
  });

  it('includes a caller without a token, by its status', async () => {
    const { response } = await follow({ headers: { authorization: 'Bearer wrong' } });
    expect(response.statusCode).toBe(401);
  });

  it('includes a mutation by GET', async () => {
    const query = 'mutation { createGroup(input: { name: "By GET" }) { group { id } } }';
    const { response } = await followByGetAt(world.url, { query });
    expect(response.statusCode).toBe(405);
    expect(await world.as('admin2').data('{ group(by: { name: "By GET" }) { id } }')).toEqual({ group: null });
  });
});

describe('the form of a stream', () => {
  it.each([
    ['text/event-stream', 'text/event-stream'],
    ['text/event-stream, multipart/mixed', 'text/event-stream'],
    [
      'application/graphql-response+json, application/graphql+json, application/json, text/event-stream, multipart/mixed',
      'text/event-stream',
    ],
    [
      'multipart/mixed;boundary="graphql";subscriptionSpec="1.0",application/graphql-response+json,application/json;q=0.9',
      'multipart/mixed;boundary="graphql";subscriptionSpec="1.0"',
    ],
    [
      'multipart/mixed;subscriptionSpec=1.0, text/event-stream;q=0.5',
      'multipart/mixed;boundary="graphql";subscriptionSpec="1.0"',
    ],
    ['multipart/mixed;subscriptionSpec=1.0;q=0.4, text/event-stream;q=0.5', 'text/event-stream'],
  ])('for Accept: %s', async (accept, contentType) => {
    const { response } = await follow({ headers: { accept } });
    expect([response.statusCode, response.headers['content-type']]).toEqual([200, contentType]);
  });

  it.each([
    'application/json',
    '*/*',
    'multipart/mixed;deferSpec=20220824,application/json',
    'text/event-stream;q=0, application/json',
  ])('is not there for Accept: %s, which is told what to send', async (accept) => {
    const { codes, status, errors } = await readJson(await follow({ headers: { accept } }));
    expect([status, codes]).toEqual([406, ['NOT_ACCEPTABLE']]);
    expect(errors).toContain('text/event-stream');
  });

  it.each([
    ['($v: Boolean!) { changes @include(if: $v) { cursor } }'],
    ['($v: Boolean!) { ...F } fragment F on Subscription { changes @skip(if: $v) { cursor } }'],
    ['{ changes @skip(if: true) { cursor } }'],
    ['{ ... on Subscription { ...F @include(if: false) } } fragment F on Subscription { changes { cursor } }'],
  ])('is refused when its field is under a condition: subscription %s', async (rest) => {
    const { status, codes } = await world.as('admin').ask(`subscription ${rest}`, { v: true });
    expect([status, codes]).toEqual([400, ['GRAPHQL_VALIDATION_FAILED']]);
  });

  it('in parts is what Apollo Client reads: each ends with a boundary at once', async () => {
    const { response } = await follow({
      headers: { accept: 'multipart/mixed;subscriptionSpec=1.0' },
      query: 'subscription { changes { upToDate } }',
    });
    const text = await new Promise((resolve) => response.once('data', resolve));
    expect(text).toBe(
      '\r\n--graphql\r\ncontent-type: application/json\r\n\r\n{"payload":{"data":{"changes":{"upToDate":true}}}}\r\n--graphql',
    );
  });

  it('is one event for a query, for clients that take nothing else', async () => {
    const stream = await follow({ query: '{ viewer { role } }' });
    expect(await rest(stream)).toMatchObject([
      { event: 'next', data: { data: { viewer: { role: 'ADMINISTRATOR' } } } },
      { event: 'complete' },
    ]);
  });
});

async function readJson({ response }: ReadStream) {
  let text = '';
  for await (const piece of response) text += piece as string;
  const { errors } = JSON.parse(text) as { errors: { message: string; extensions: { code: string } }[] };
  return {
    status: response.statusCode,
    codes: errors.map(({ extensions }) => extensions.code),
    errors: errors.map(({ message }) => message).join(),
  };
}
