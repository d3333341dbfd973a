import { describe, expect, test } from 'vitest';
import { readConfig } from '../../src/config.ts';
import type { Served } from './support/served.ts';
import { serve } from './support/served.ts';

const FORWARDED = {
  'X-Forwarded-Proto': 'https',
  'X-Forwarded-Host': 'campaigns.example',
  'X-Forwarded-For': '203.0.113.9',
};

async function linked(trust: string, look: (served: Served) => Promise<void>): Promise<void> {
  const served = await serve({ trustProxy: readConfig({ TRUST_PROXY: trust }).trustProxy });
  try {
    await look(served);
  } finally {
    await served.close();
  }
}

const links = async ({ ask }: Served): Promise<string[]> => {
  const headers = FORWARDED;
  const list = (await ask('/campaigns.json?after=2024', { as: 'editor', headers })).json as { next: string };
  const second = new URL(list.next);
  const path = second.pathname.replace('/api/v2', '') + second.search;
  const page = (await ask(path, { as: 'editor', headers })).json as { next: string | null; previous: string };
  const root = (await ask('/.json', { as: null, headers })).json as { campaigns: string };
  const description = (await ask('/openapi.json', { as: null, headers })).json as { servers: { url: string }[] };
  return [list.next, page.previous, root.campaigns, description.servers[0]?.url ?? ''];
};

describe('behind a proxy that is trusted', () => {
  test.each(['on', '1', '127.0.0.1', 'loopback'])('TRUST_PROXY=%s: links have the outside scheme and host', (trust) =>
    linked(trust, async (served) => {
      for (const link of await links(served)) expect(link).toMatch(/^https:\/\/campaigns\.example\/api\/v2/);
    }),
  );
});

describe('forged headers change nothing', () => {
  test.each(['off', '192.0.2.1'])('TRUST_PROXY=%s', (trust) =>
    linked(trust, async (served) => {
      for (const link of await links(served)) expect(link.startsWith(`${served.base}/api/v2`)).toBe(true);
    }),
  );
});
