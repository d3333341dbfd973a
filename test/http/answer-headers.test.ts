import express from 'express';
import { describe, expect, it } from 'vitest';
import { answerHeaders } from '../../src/http/answer-headers.ts';
import { answerErrors } from '../../src/http/internal-error.ts';
import { send } from '../contract/wire.ts';
import { groupOf, tokenKey } from '../support/fixture.ts';
import { METRICS_TOKEN } from '../support/metrics.ts';
import { openWorld } from '../support/world.ts';
import { listen } from './support.ts';

const world = await openWorld({ metricsToken: METRICS_TOKEN });
const limited = await openWorld({ rateLimit: { requests: 1, seconds: 60 } });
const behindProxy = await openWorld({ trustProxy: true });

const KEY = tokenKey('admin');
const TOKEN = { authorization: `Token ${KEY}` };
const JSON_TYPE = { 'content-type': 'application/json' };
const { uuid } = groupOf(1, 'Farmers');

const graphql = (query: string) => JSON.stringify({ query });

describe('no answer may be stored', () => {
  it.each<[number, string, string, Record<string, string>?, string?]>([
    [200, 'GET', '/graphql?query={viewer{role}}', TOKEN],
    [200, 'POST', '/graphql', TOKEN, graphql('{ campaigns { nodes { name } } }')],
    [200, 'POST', '/graphql', TOKEN, graphql('mutation { createGroup(input: { name: "N" }) { userErrors { code } } }')],
    [400, 'POST', '/graphql', TOKEN, graphql('{')],
    [400, 'POST', '/graphql', TOKEN, '{'],
    [401, 'POST', '/graphql', {}, graphql('{ viewer { role } }')],
    [401, 'POST', '/graphql', { authorization: 'Bearer x' }, graphql('{ viewer { role } }')],
    [403, 'POST', '/graphql', { authorization: `Bearer ${tokenKey('agent')}` }, graphql('{ viewer { role } }')],
    [405, 'DELETE', '/graphql', TOKEN],
    [413, 'POST', '/graphql', TOKEN, JSON.stringify({ query: 'x'.repeat(1_000_000) })],
    [302, 'GET', '/graphql', { accept: 'text/html' }],
    [400, 'GET', '/api/v2/campaigns.json?uuid=x', TOKEN],
    [400, 'POST', '/api/v2/campaigns.json', TOKEN, '{'],
    [201, 'POST', '/api/v2/groups.json', TOKEN, '{"name": "Not stored"}'],
    [204, 'DELETE', `/api/v2/groups.json?uuid=${groupOf(1, 'Unused').uuid}`, TOKEN],
    [404, 'DELETE', `/api/v2/groups.json?uuid=${groupOf(2, 'Spammers').uuid}`, TOKEN],
    [403, 'GET', '/api/v2/campaigns.json'],
    [403, 'GET', '/api/v2/campaigns.json', { authorization: 'Token x' }],
    [405, 'PUT', '/api/v2/campaigns.json', TOKEN],
    [406, 'GET', '/api/v2/campaigns.json', { ...TOKEN, accept: 'text/html' }],
    [404, 'GET', '/api/v2/nothing.json', TOKEN],
    [200, 'GET', '/api/v2/.json'],
    [200, 'GET', '/api/v2/campaigns?format=json'],
    [200, 'GET', '/api/v2/openapi.json'],
    [200, 'GET', '/healthz'],
    [200, 'GET', '/readyz'],
    [200, 'GET', '/metrics', { authorization: `Bearer ${METRICS_TOKEN}` }],
    [401, 'GET', '/metrics'],
    [200, 'GET', '/schema.graphql'],
    [404, 'GET', '/nothing'],
    [404, 'GET', '/assets/nothing.js'],
    [404, 'GET', '/api/v2/assets/nothing.css'],
  ])('%i: %s %s', async (status, method, path, headers = {}, body) => {
    const reply = await send(world.url, {
      method,
      path,
      headers: { ...headers, ...(body !== undefined && { ...JSON_TYPE, 'content-length': Buffer.byteLength(body) }) },
      body: body === undefined ? undefined : Buffer.from(body),
    });
    expect([reply.status, reply.headers.get('cache-control')]).toEqual([status, 'no-store']);
  });

  it.each(['/graphql?query={viewer{role}}', '/api/v2/groups.json'])('429: GET %s', async (path) => {
    await fetch(limited.url + path, { headers: TOKEN });
    const response = await fetch(limited.url + path, { headers: TOKEN });
    expect([response.status, response.headers.get('cache-control')]).toEqual([429, 'no-store']);
  });

  it('500', async () => {
    const app = express().use(answerHeaders());
    app.use(() => {
      throw new Error('a bug');
    });
    app.use(answerErrors(() => {}));
    const { url } = await listen(app);
    const response = await fetch(url);
    expect([response.status, response.headers.get('cache-control')]).toEqual([500, 'no-store']);
  });
});

it.each(['/api/v2/campaigns.json', `/api/v2/groups.json?uuid=${uuid}`, '/graphql?query={campaigns{nodes{name}}}'])(
  "the caller's own cache may keep what it has a way to ask about again: %s",
  async (path) => {
    for (const method of path.startsWith('/api') ? ['GET', 'HEAD'] : ['GET']) {
      const { headers, status } = await fetch(world.url + path, { method, headers: TOKEN });
      expect([status, headers.get('cache-control')]).toEqual([200, 'private, no-cache']);
    }
  },
);

it('a file whose address changes with its content may be kept', async () => {
  const page = await (await fetch(`${world.url}/api/v2/`, { headers: { accept: 'text/html' } })).text();
  const [, file = ''] = /href="([^"]+docs\.css[^"]*)"/.exec(page) ?? [];
  const response = await fetch(world.url + file);
  expect(response.status).toBe(200);
  expect(response.headers.get('cache-control')).toBe('public, max-age=31536000, immutable');
});

describe('what browsers obey only where the connection is encrypted', () => {
  const sent = async (url: string, path: string, headers: Record<string, string>) => {
    const response = await fetch(url + path, { headers });
    const names = ['strict-transport-security', 'cross-origin-opener-policy', 'origin-agent-cluster'];
    return names.map((name) => response.headers.get(name));
  };
  const all = ['max-age=31536000', 'same-origin', '?1'];
  const none = [null, null, null];
  const paths = ['/graphql', '/api/v2/groups.json', '/api/v2/', '/', '/graphiql', '/nothing'];

  it.each(paths)('is sent where a trusted proxy says that the connection is encrypted: %s', async (path) => {
    expect(await sent(behindProxy.url, path, { 'x-forwarded-proto': 'https' })).toEqual(all);
  });

  it.each(paths)('is not sent otherwise: %s', async (path) => {
    expect(await sent(behindProxy.url, path, { 'x-forwarded-proto': 'http' })).toEqual(none);
    expect(await sent(behindProxy.url, path, {})).toEqual(none);
    expect(await sent(world.url, path, { 'x-forwarded-proto': 'https' })).toEqual(none);
  });
});
