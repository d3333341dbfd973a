import { expect, it } from 'vitest';
import { openWorld } from '../support/world.ts';

const world = await openWorld();

it.each(['/workspace.json', '/org.json'])(
  '%s tells the workspace of the token, as existing servers do',
  async (path) => {
    const { status, json, headers } = await world.rest.ask(path);
    expect(status).toBe(200);
    expect(json).toEqual({
      uuid: headers.get('x-temba-workspace'),
      name: expect.any(String),
      country: '',
      languages: ['eng'],
      primary_language: 'eng',
      timezone: 'UTC',
      date_style: 'day_first',
      credits: { used: -1, remaining: -1 },
      anon: false,
    });
    expect(headers.get('allow')).toBe('GET, HEAD, OPTIONS');
    expect(headers.get('etag')).toMatch(/^W\/"/);
  },
);

it('workspace.json tells nothing without a token, and cannot be written', async () => {
  expect((await world.rest.ask('/workspace.json', { as: null })).status).toBe(403);
  expect((await world.rest.ask('/workspace.json', { as: 'agent' })).status).toBe(403);
  expect((await world.rest.ask('/workspace.json', { method: 'POST', body: { name: 'Other' } })).status).toBe(405);
});
