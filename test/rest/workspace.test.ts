import { expect, it } from 'vitest';
import { openWorld } from '../support/world.ts';
import { problems } from './support/openapi.ts';

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

it.each([
  ['languages', { languages: ['kin', 'fra'], primary_language: 'kin' }],
  ['no language', { languages: [], primary_language: null }],
])('the description also fits the answer of a live account with %s, which comes in its place', async (_, languages) => {
  const { json } = await world.rest.ask('/workspace.json');
  const credits = { used: 121_433, remaining: 3452 };
  const others = { country: 'RW', timezone: 'Africa/Kigali', date_style: 'month_first', credits, anon: true };
  const answer = { ...Object(json), ...others, ...languages };
  expect(problems('#/components/schemas/Workspace', answer, 'body')).toEqual([]);
});
