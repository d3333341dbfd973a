import { setTimeout } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { readConfig } from '../../src/config.ts';
import { openWorld } from '../support/world.ts';

const VIEWER = '{ viewer { rateLimit { limit remaining resetAt } } }';

interface Seen {
  readonly viewer: {
    readonly rateLimit: { readonly limit: number; readonly remaining: number; readonly resetAt: string } | null;
  };
}

const open = (limit: string) => openWorld({ rateLimit: readConfig({ RATE_LIMIT: limit }).rateLimit });

test('REST and GraphQL share what a workspace may ask, over all its tokens', async () => {
  const world = await open('5/minute');
  const { rest } = world;
  await rest.ask('/groups.json', { as: 'admin2' });
  await rest.ask('/campaigns.json?uuid=x');
  const { viewer } = await world.as('editor2').data<Seen>(VIEWER);
  expect(viewer.rateLimit).toMatchObject({ limit: 5, remaining: 2 });
  const reset = Date.parse(viewer.rateLimit?.resetAt ?? '') - Date.now();
  expect(reset).toBeGreaterThan(50_000);
  expect(reset).toBeLessThanOrEqual(60_000);

  // Two kinds of refused requests are not counted: those without a known caller, and those with a wrong method.
  await rest.ask('/campaigns.json', { as: null });
  await rest.ask('/campaigns.json', { method: 'PUT' });
  expect((await rest.ask('/campaigns.json')).status).toBe(200);
  expect((await rest.ask('/campaigns.json', { body: {} })).status).toBe(400);
  const refused = await rest.ask('/campaigns.json');
  expect(refused.status).toBe(429);
  const seconds = refused.headers.get('retry-after') ?? '';
  expect(seconds).toMatch(/^\d+$/);
  expect(refused.json).toEqual({ detail: `Request was throttled. Expected available in ${seconds} seconds.` });
  expect(refused.headers.get('x-temba-workspace')).toBe('3fe6e7be-9ba0-4717-9ed4-0c227dab7ad2');
  expect((await world.as('admin2').ask(VIEWER)).codes).toEqual(['RATE_LIMITED']);

  expect((await rest.ask('/campaigns.json', { as: 'editor' })).status).toBe(200);
});

test('the window ends', async () => {
  const { rest } = await open('1/second');
  expect((await rest.ask('/groups.json')).status).toBe(200);
  const refused = await rest.ask('/groups.json');
  expect(refused.json).toEqual({ detail: 'Request was throttled. Expected available in 1 second.' });
  expect(refused.headers.get('retry-after')).toBe('1');
  await setTimeout(1050);
  expect((await rest.ask('/groups.json')).status).toBe(200);
});

test('there is no limit where it is off', async () => {
  const world = await open('off');
  expect(await world.as('editor2').data(VIEWER)).toEqual({ viewer: { rateLimit: null } });
});
