import { describe, expect, test } from 'vitest';
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
});
