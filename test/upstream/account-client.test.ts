import { afterEach, expect, it } from 'vitest';
import { AccountClient } from '../../src/upstream/account-client.ts';
import { listen } from '../http/support.ts';

const clients: AccountClient[] = [];

afterEach(() => {
  for (const client of clients.splice(0)) client.close();
});

it('a request that gets no answer in time is sent once, also over a connection that was used before', async () => {
  const asked: string[] = [];
  const { url } = await listen(({ url: path = '' }, response) => {
    asked.push(path);
    if (asked.length === 1) response.writeHead(404, { 'content-type': 'application/json' }).end('{}');
  });
  const client = new AccountClient({ url, token: 'a token' }, 100);
  clients.push(client);
  expect(await client.workspace()).toMatchObject({ kind: 'refused', status: 404 });
  expect(await client.workspace()).toEqual({ kind: 'unknown', reason: 'There was no answer within 0.1 seconds.' });
  await new Promise((resolve) => void setTimeout(resolve, 50));
  expect(asked).toHaveLength(2);
});

it('a read is sent again when the account had closed the connection of the request before, and a write is not', async () => {
  const asked: string[] = [];
  const { url } = await listen(({ method = '', socket }, response) => {
    asked.push(method);
    if (asked.length === 2 || method === 'POST') socket.destroy();
    else response.writeHead(404, { 'content-type': 'application/json' }).end('{}');
  });
  const client = new AccountClient({ url, token: 'a token' }, 1_000);
  clients.push(client);
  expect(await client.workspace()).toMatchObject({ kind: 'refused', status: 404 });
  expect(await client.workspace()).toMatchObject({ kind: 'refused', status: 404 });
  expect(await client.createGroup({ name: 'Readers' })).toEqual({
    kind: 'unknown',
    reason: 'The connection failed: ECONNRESET.',
  });
  expect(asked).toEqual(['GET', 'GET', 'GET', 'POST']);
});

it.each([
  ['{}', 'a UUID is missing'],
  ['[]', 'it is not a JSON object'],
  ['{', 'it is not a JSON object'],
  ['{"uuid":"b7c2f8a0-7a0e-4d3e-9f0b-0123456789ab","name":7}', '"name" is not text'],
  [`{"uuid":"b7c2f8a0-7a0e-4d3e-9f0b-0123456789ab","name":"${'é'.repeat(513)}"}`, 'a name is too long'],
])('an answer that starts with %.60s is not read: %s', async (answer, why) => {
  const { url } = await listen((_request, response) => void response.end(answer));
  const client = new AccountClient({ url, token: 'a token' }, 1_000);
  clients.push(client);
  expect(await client.workspace()).toEqual({
    kind: 'unknown',
    reason: `Its answer is not that of API v2: ${why}.`,
  });
});

it.each([401, 403])('a page of a proxy with the status %i says nothing about the token', async (status) => {
  const { url } = await listen((_request, response) => void response.writeHead(status).end('<html>Blocked</html>'));
  const client = new AccountClient({ url, token: 'a token' }, 1_000);
  clients.push(client);
  expect(await client.workspace()).toEqual({
    kind: 'unknown',
    reason: `It answered ${status}, and not as API v2 does.`,
  });
});

it('a page of a proxy is no deletion', async () => {
  const { url } = await listen((_request, response) => void response.end('<html>Maintenance</html>'));
  const client = new AccountClient({ url, token: 'a token' }, 1_000);
  clients.push(client);
  expect(await client.deleteGroup('b7c2f8a0-7a0e-4d3e-9f0b-0123456789ab')).toMatchObject({ kind: 'unknown' });
});

it.each([
  ['seconds', () => '137', 137],
  ['a date', () => new Date(Date.now() + 1_800_000).toUTCString(), 1_800],
  ['a date that is long to come', () => 'Thu, 31 Dec 2255 23:59:59 GMT', 3_600],
  ['nothing', () => undefined, 60],
  ['neither', () => '1.5', 60],
])('a 429 is waited out as long as Retry-After says in %s', async (_what, header, seconds) => {
  const { url } = await listen((_request, response) => {
    const value = header();
    response.writeHead(429, value === undefined ? {} : { 'retry-after': value }).end('{}');
  });
  const client = new AccountClient({ url, token: 'a token' }, 1_000);
  clients.push(client);
  const outcome = await client.workspace();
  if (outcome.kind !== 'rate-limited') throw new Error(`It is ${outcome.kind}.`);
  // A date has whole seconds, and the answer takes some time.
  expect(outcome.retryAfter).toBeLessThanOrEqual(seconds);
  expect(outcome.retryAfter).toBeGreaterThan(seconds - 30);
});
