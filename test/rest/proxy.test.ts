import { describe, expect, test } from 'vitest';
import { readConfig } from '../../src/config.ts';
import type { RestClient } from '../support/rest-client.ts';
import { openWorld } from '../support/world.ts';

const FORWARDED = {
  'X-Forwarded-Proto': 'https',
  'X-Forwarded-Host': 'campaigns.example',
  'X-Forwarded-For': '203.0.113.9',
};

/** The links in the replies to requests that carry a proxy's headers. */
const links = async (rest: RestClient): Promise<string[]> => {
  const headers = FORWARDED;
  const list = (await rest.ask('/campaigns.json?after=2024', { as: 'editor', headers })).json as { next: string };
  const second = new URL(list.next);
  const path = second.pathname.replace('/api/v2', '') + second.search;
  const page = (await rest.ask(path, { as: 'editor', headers })).json as { next: string | null; previous: string };
  const root = (await rest.ask('/.json', { as: null, headers })).json as { campaigns: string };
  const description = (await rest.ask('/openapi.json', { as: null, headers })).json as { servers: { url: string }[] };
  return [list.next, page.previous, root.campaigns, description.servers[0]?.url ?? ''];
};

const open = async (trust: string) =>
  (await openWorld({ trustProxy: readConfig({ TRUST_PROXY: trust }).trustProxy })).rest;

describe('behind a proxy that is trusted', () => {
  test.each(['on', '1', '127.0.0.1', 'loopback'])(
    'TRUST_PROXY=%s: links have the outside scheme and host',
    async (trust) => {
      for (const link of await links(await open(trust))) {
        expect(link).toMatch(/^https:\/\/campaigns\.example\/api\/v2/);
      }
    },
  );
});

describe('what a trusted proxy passes on of a client and is no origin', () => {
  test.each([
    ['a host with other characters', 'X-Forwarded-Host', 'gw.example/evil"<'],
    ['a host with a user', 'X-Forwarded-Host', 'a@gw.example'],
    ['another scheme', 'X-Forwarded-Proto', 'javascript'],
    ['a scheme with more', 'X-Forwarded-Proto', 'https://gw.example/?'],
  ])('is ignored: %s', async (_what, name, value) => {
    const rest = await open('on');
    const { json } = await rest.ask('/campaigns.json', { as: 'editor', headers: { [name]: value } });
    expect(json).toMatchObject({ next: expect.stringMatching(/^http:/) });
    expect((json as { next: string }).next.startsWith(`${rest.base}/api/v2/campaigns.json?`)).toBe(true);
  });
});

describe('forged headers change nothing', () => {
  test.each(['off', '192.0.2.1'])('TRUST_PROXY=%s', async (trust) => {
    const rest = await open(trust);
    for (const link of await links(rest)) expect(link.startsWith(`${rest.base}/api/v2`)).toBe(true);
  });
});
