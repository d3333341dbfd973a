import { expect, test } from 'vitest';
import { readConfig } from '../../src/config.ts';
import { serve } from './support/served.ts';

const VIEWER = '{ viewer { rateLimit { limit remaining resetAt } } }';

interface Viewer {
  readonly rateLimit: { readonly limit: number; readonly remaining: number; readonly resetAt: string } | null;
}

test('REST and GraphQL share what a workspace may ask, over all its tokens', async () => {
  const served = await serve({ rateLimit: readConfig({ RATE_LIMIT: '5/minute' }).rateLimit });
  try {
    const { ask, graphql } = served;
    await ask('/groups.json', { as: 'admin2' });
    await ask('/campaigns.json?uuid=x');
    const { viewer } = (await graphql('editor2', VIEWER)) as { viewer: Viewer };
    expect(viewer.rateLimit).toMatchObject({ limit: 5, remaining: 2 });
    const reset = Date.parse(viewer.rateLimit?.resetAt ?? '') - Date.now();
    expect(reset).toBeGreaterThan(50_000);
    expect(reset).toBeLessThanOrEqual(60_000);

    // What is refused before the caller is known, or for its method, is not counted.
    await ask('/campaigns.json', { as: null });
    await ask('/campaigns.json', { method: 'PUT' });
    expect((await ask('/campaigns.json')).status).toBe(200);
    expect((await ask('/campaigns.json', { body: {} })).status).toBe(400);
    const refused = await ask('/campaigns.json');
    expect(refused.status).toBe(429);
    const seconds = refused.headers.get('retry-after') ?? '';
    expect(seconds).toMatch(/^\d+$/);
    expect(refused.json).toEqual({ detail: `Request was throttled. Expected available in ${seconds} seconds.` });
    expect(refused.headers.get('x-temba-workspace')).toBe('3fe6e7be-9ba0-4717-9ed4-0c227dab7ad2');
    await expect(graphql('admin2', VIEWER)).rejects.toThrow('RATE_LIMITED');

    expect((await ask('/campaigns.json', { as: 'editor' })).status).toBe(200);
  } finally {
    await served.close();
  }
});

test('the window ends', async () => {
  const served = await serve({ rateLimit: readConfig({ RATE_LIMIT: '1/second' }).rateLimit });
  try {
    expect((await served.ask('/groups.json')).status).toBe(200);
    const refused = await served.ask('/groups.json');
    expect(refused.json).toEqual({ detail: 'Request was throttled. Expected available in 1 second.' });
    expect(refused.headers.get('retry-after')).toBe('1');
    await new Promise((resolve) => setTimeout(resolve, 1050));
    expect((await served.ask('/groups.json')).status).toBe(200);
  } finally {
    await served.close();
  }
});

test('there is no limit where it is off', async () => {
  const served = await serve({ rateLimit: readConfig({ RATE_LIMIT: 'off' }).rateLimit });
  try {
    expect(await served.graphql('editor2', VIEWER)).toEqual({ viewer: { rateLimit: null } });
  } finally {
    await served.close();
  }
});
