import { describe, expect, test } from 'vitest';
import { fixture, tokenKey } from '../support/fixture.ts';
import { openWorld } from '../support/world.ts';
import { expectNoInsides } from './support/insides.ts';

const { rest } = await openWorld();

describe('the header Accept', () => {
  test.each([
    ['application/json; charset=utf-8', 200],
    ['application/json; indent=4', 200],
    ['text/html, */*; q=0.1', 200],
    ['APPLICATION/JSON', 200],
    ['application/*;q=0.2', 200],
    ['text/*', 406],
    ['application/xml;q=0.9, text/html', 406],
    ['nonsense', 406],
  ])('%s', async (accept, status) => {
    expect((await rest.ask('/groups.json', { headers: { Accept: accept } })).status).toBe(status);
  });
});

describe('the header Authorization', () => {
  test.each([
    ['Token', /No credentials provided/],
    ['Token a b', /should not contain spaces/],
    ['Token \u00ff', /Invalid token/],
    ['Basic', /Invalid basic header\. No credentials provided/],
    ['Basic a b', /Credentials string should not contain spaces/],
    ['Basic YQ', /not correctly base64 encoded/],
    ['Basic YQ==', /not correctly base64 encoded/],
    ['Digest x', /Authentication credentials were not provided/],
  ])('%s', async (authorization, says) => {
    const reply = await rest.ask('/campaigns.json', { headers: { Authorization: authorization } });
    const text = expectNoInsides(reply);
    expect([reply.status, text]).toEqual([403, expect.stringMatching(says)]);
  });

  test('Basic needs the padding of base64, neither less nor more', async () => {
    const credentials = Buffer.from(`${email('editor2')}:${tokenKey('editor2')}`).toString('base64');
    // Without padding this test would show nothing.
    expect(credentials).toMatch(/=$/);
    const ask = (value: string) => rest.ask('/groups.json', { headers: { Authorization: `Basic ${value}` } });
    expect((await ask(credentials)).status).toBe(200);
    for (const wrong of [credentials.replace(/=$/, ''), `${credentials}=`]) {
      const { status, json: answer } = await ask(wrong);
      expect(status).toBe(403);
      expect(answer).toEqual({ detail: 'Invalid basic header. Credentials not correctly base64 encoded.' });
    }
  });
});

/** The e-mail address of the user of one of the fixture's tokens. */
function email(name: string): string {
  const token = fixture.tokens.find((one) => one.name === name);
  return fixture.users.find(({ id }) => id === token?.user_id)?.email ?? '';
}
