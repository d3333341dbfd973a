import { afterEach, describe, expect, it } from 'vitest';
import { afterwards } from '../../support/afterwards.ts';
import { newPostgresPlace } from '../../support/engine.ts';
import { tokenKey } from '../../support/fixture.ts';
import type { Serving } from '../../support/program.ts';
import { serve } from '../../support/program.ts';
import { RestClient } from '../../support/rest-client.ts';
import { startProxy } from '../../support/tcp-proxy.ts';

// A client waits for changes while the server, for a long time, cannot read the state of the feed or the first changes.

const { address } = await newPostgresPlace('fixture');
const proxy = await startProxy(Number(new URL(address.url).port || 5432));
afterwards(() => proxy.close());
const url = new URL(address.url);
url.hostname = '127.0.0.1';
url.port = String(proxy.port);
const settings = { DATABASE_URL: url.href };

afterEach(() => {
  proxy.judge = () => 'pass';
  proxy.delay = 0;
});

/**
 * Drops the statements that contain this text, so that the database never receives them. Resolves when the first one is dropped.
 */
function swallow(text: string): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  proxy.judge = (piece) => {
    if (!piece.includes(text)) return 'pass';
    resolve();
    return 'swallow';
  };
  return promise;
}

const waitFor = ({ url: base }: Serving, seconds: number) =>
  new RestClient(base).ask('/changes.json?after=now', { headers: { Prefer: `wait=${seconds}` } });
const expectNoFailure = (program: Serving) => expect(program.stdout()).not.toContain('a request failed');

it('the time of Prefer: wait begins after the first read', async () => {
  const program = await serve(settings);
  proxy.delay = 700;
  expect(await waitFor(program, 1)).toMatchObject({ status: 200, json: { results: [], up_to_date: true } });
  expectNoFailure(program);
});

describe.each([
  ['where the feed stands', 'min(changes.revision)'],
  ['the first changes', '"changes"."user_email"'],
])('while the server reads %s', (_what, statement) => {
  it('Prefer: wait is answered with 503 when this takes longer than a request may', async () => {
    const program = await serve({ ...settings, REQUEST_TIMEOUT: '1' });
    void swallow(statement);
    const { status, headers } = await waitFor(program, 25);
    expect([status, headers.get('retry-after')]).toEqual([503, '5']);
    // Only the reads count against the request timeout. Waiting for changes may take longer.
    proxy.judge = () => 'pass';
    const started = performance.now();
    expect(await waitFor(program, 2)).toMatchObject({ status: 200, json: { results: [] } });
    expect(performance.now() - started).toBeGreaterThan(1_900);
    expectNoFailure(program);
    await program.stop();
  });

  it('Prefer: wait is answered with 503 when the server stops', async () => {
    const program = await serve(settings);
    const swallowed = swallow(statement);
    const waiting = waitFor(program, 25);
    await swallowed;
    const stopped = program.stop();
    const { status, headers } = await waiting;
    expect([status, headers.get('retry-after')]).toEqual([503, '5']);
    expect(await stopped).toBe(0);
    expectNoFailure(program);
  });

  it('the client of a stream can go', async () => {
    const program = await serve(settings);
    const body = JSON.stringify({ query: 'subscription { changes(first: 1, from: NOW) { cursor } }' });
    const requests: [path: string, init: RequestInit][] = [
      ['/api/v2/changes.json?after=now', {}],
      ['/graphql', { method: 'POST', body }],
    ];
    for (const [path, init] of requests) {
      const swallowed = swallow(statement);
      const client = new AbortController();
      const authorization = `Token ${tokenKey('editor2')}`;
      const headers = { authorization, accept: 'text/event-stream', 'content-type': 'application/json' };
      const answer = fetch(program.url + path, { ...init, headers, signal: client.signal }).then(
        (response) => response.text(),
        () => '',
      );
      await swallowed;
      client.abort();
      await answer;
    }
    expect(await program.stop()).toBe(0);
    expectNoFailure(program);
  });
});
