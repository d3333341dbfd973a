import { beforeEach, describe, expect, it } from 'vitest';
import { readConfig } from '../../src/config.ts';
import { beginEpoch } from '../../src/database/feed.ts';
import { Groups } from '../../src/model/groups.ts';
import { afterwards } from '../support/afterwards.ts';
import { AUTHOR } from '../support/author.ts';
import { openAt } from '../support/engine.ts';
import type { TokenName } from '../support/fixture.ts';
import { tokenKey } from '../support/fixture.ts';
import { makeWorkspace } from '../support/workspace.ts';
import { openWorld } from '../support/world.ts';

const world = await openWorld();
const limited = await openWorld({ rateLimit: { requests: 3, seconds: 600 } });

const CAMPAIGNS = '/api/v2/campaigns.json';
const QUERY = '/graphql?query={campaigns(first:2){totalCount,nodes{name}}}';
const PATHS = [CAMPAIGNS, '/api/v2/groups.json?name=Vets', QUERY];

interface Asked {
  readonly as?: TokenName;
  readonly key?: string;
  readonly tag?: string | null;
  readonly url?: string;
  readonly headers?: Record<string, string>;
}

/** Sends a request with Node's fetch, which adds `Cache-Control: no-cache` to a request with If-None-Match. */
const get = (path: string, { as = 'admin2', key = tokenKey(as), tag, url = world.url, headers }: Asked = {}) =>
  fetch(url + path, {
    headers: { authorization: `Token ${key}`, ...(tag != null && { 'if-none-match': tag }), ...headers },
  });

const tagOf = async (path: string, asked: Asked = {}) => (await get(path, asked)).headers.get('etag');

let made = 0;
const change = () =>
  world.as('admin2').data('mutation ($name: String!) { createGroup(input: { name: $name }) { group { id } } }', {
    name: `Conditional ${made++}`,
  });

describe.each(PATHS)('GET %s', (path) => {
  it('has a weak tag, by which a caller is told that nothing has changed', async () => {
    const first = await get(path);
    const tag = first.headers.get('etag');
    expect(tag).toMatch(/^W\/"[\w-]{22}"$/);
    expect(first.headers.get('vary')?.split(/, */)).toEqual(
      expect.arrayContaining(['Authorization', 'Accept', 'Accept-Encoding']),
    );
    const second = await get(path, { tag });
    expect([second.status, await second.text()]).toEqual([304, '']);
    expect([second.headers.get('etag'), second.headers.get('cache-control')]).toEqual([tag, 'private, no-cache']);
    expect(second.headers.get('content-type')).toBeNull();
  });

  it('is read anew after a change, and only then', async () => {
    const before = await tagOf(path);
    expect(await tagOf(path)).toBe(before);
    await change();
    const { status, headers } = await get(path, { tag: before });
    expect(status).toBe(200);
    expect(headers.get('etag')).not.toBe(before);
    expect((await get(path, { tag: headers.get('etag') })).status).toBe(304);
  });

  it('finds the tag in a list, strong or weak', async () => {
    const tag = (await tagOf(path)) ?? '';
    for (const header of [`"other", ${tag}`, tag.replace('W/', ''), `${tag},"x"`, '*', ' * ']) {
      expect((await get(path, { tag: header })).status).toBe(304);
    }
    for (const header of ['"other"', tag.slice(0, -2), '', '"*"'])
      expect((await get(path, { tag: header })).status).toBe(200);
  });

  it('has another tag for another workspace, role, address, form and epoch', async () => {
    const tag = await tagOf(path);
    const other = await Promise.all([
      tagOf(path, { as: 'admin' }),
      tagOf(path, { as: 'editor2' }),
      tagOf(path.includes('?') ? `${path.replace('Vets', 'Spammers')}&x=1` : `${path}?x=1`),
      tagOf(path, { headers: { accept: 'application/json;q=0.9' } }),
    ]);
    expect(new Set([tag, ...other]).size).toBe(5);
    await world.database.administer(beginEpoch);
    expect((await get(path, { tag })).status).toBe(200);
  });

  it('is refused without a valid token, whatever tag is sent', async () => {
    const tag = await tagOf(path);
    expect((await get(path, { key: 'wrong', tag })).status).toBe(path.startsWith('/api') ? 403 : 401);
  });

  it('reads nothing of a page when nothing has changed', async () => {
    const tag = await tagOf(path);
    const before = world.statements.length;
    expect((await get(path, { tag })).status).toBe(304);
    expect(world.statements.slice(before).filter((one) => /from "(campaigns|groups|list_counts)"/.test(one))).toEqual(
      [],
    );
  });
});

it('what another process changes counts', async () => {
  const { id, key } = await makeWorkspace(world.database);
  const tag = await tagOf(CAMPAIGNS, { key });
  const elsewhere = openAt(readConfig(world.settings).database);
  afterwards(() => elsewhere.close());
  await new Groups(elsewhere, id, AUTHOR).create({ name: 'From elsewhere' });
  expect((await get(CAMPAIGNS, { key, tag })).status).toBe(200);
});

describe('If-None-Match: * leaves a wrong request its error:', () => {
  it.each([
    ['a wrong filter', '/api/v2/campaigns.json?uuid=x', 400],
    ['a wrong cursor', '/api/v2/campaigns.json?cursor=x', 404],
    ['a wrong cursor of the changes', '/api/v2/changes.json?after=x', 400],
    ['a query that is not valid', '/graphql?query={nothing}', 400],
    ['a mutation by GET', '/graphql?query=mutation{createGroup(input:{name:"x"}){group{id}}}', 405],
    ['a refused page', '/graphql?query={campaigns(after:"x"){totalCount}}', 200],
  ])('%s', async (_what, path, status) => {
    const answer = await get(path, { tag: '*' });
    expect(answer.status).toBe(status);
    expect(await answer.text()).toBe(await (await get(path)).text());
  });
});

describe('the rate limit', () => {
  let tag: string | null;
  beforeEach(async () => {
    tag ??= await tagOf(CAMPAIGNS, { url: limited.url });
  });

  it('does not count what has not changed, and lets it pass when all is used up', async () => {
    for (let count = 0; count < 5; count++) expect((await get(CAMPAIGNS, { url: limited.url, tag })).status).toBe(304);
    const left = await Promise.all(
      Array.from({ length: 3 }, async () => (await get(CAMPAIGNS, { url: limited.url })).status),
    );
    expect(left.toSorted((one, other) => one - other)).toEqual([200, 200, 429]);
    expect((await get(CAMPAIGNS, { url: limited.url, tag })).status).toBe(304);
  });
});

describe('no tag has', () => {
  it.each([
    ['an answer that shows the caller', '/graphql?query={viewer{rateLimit{remaining}},campaigns{totalCount}}'],
    ['one that does in a fragment', '/graphql?query={...A}fragment A on Query{viewer{role}}'],
    ['an answer that shows webhooks', '/graphql?query={webhooks{state}}'],
    ['an answer that shows whether users can sign in, in all workspaces', '/graphql?query={members{nodes{active}}}'],
    ['an answer with errors', '/graphql?query={campaigns(after:"x"){totalCount}}'],
    ['a refused query', '/graphql?query={nothing}'],
    ['a refused list', '/api/v2/campaigns.json?uuid=x'],
    ['a page that is not there', '/api/v2/campaigns.json?cursor=x'],
  ])('%s', async (_what, path) => {
    const { headers } = await get(path);
    expect([headers.get('etag'), headers.get('cache-control')]).toEqual([null, 'no-store']);
  });

  it('a POST', async () => {
    const { headers } = await world.as('admin2').ask('{ campaigns { totalCount } }');
    expect([headers.get('etag'), headers.get('cache-control')]).toEqual([null, 'no-store']);
  });
});

it.each([CAMPAIGNS, QUERY])('a HEAD has the tag of the GET: %s', async (path) => {
  const { headers } = await fetch(world.url + path, {
    method: 'HEAD',
    headers: { authorization: `Token ${tokenKey('admin2')}` },
  });
  expect(headers.get('etag')).toMatch(/^W/);
  expect(headers.get('etag')).toBe(await tagOf(path));
});
