import { describe, expect, it } from 'vitest';
import { shownOperationName } from '../../src/http/observed.ts';
import { maskKeys } from '../../src/observe/masked-path.ts';
import { send } from '../contract/wire.ts';
import { sendRaw } from '../http/support.ts';
import { tokenKey } from '../support/fixture.ts';
import { openWorld } from '../support/world.ts';

const KEY = tokenKey('admin');
/** A key in the format of other servers with the same REST API. */
const HEX_KEY = '0123456789abcdef0123456789abcdef01234567';

/** The log would cut this name off behind most of the key. */
const LONG_NAME = `${'a'.repeat(30)}_${KEY}`;

const encoded = (key: string) => [...key].map((one) => `%${one.charCodeAt(0).toString(16)}`).join('');
const basic = (user: string, password: string) => `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`;

const world = await openWorld();
const behindProxy = await openWorld({ trustProxy: true });

/** The lines that both servers have logged since the last call. */
const newLines = (() => {
  let [one, other] = [0, 0];
  return () => {
    const lines = [...world.log.slice(one), ...behindProxy.log.slice(other)];
    [one, other] = [world.log.length, behindProxy.log.length];
    return lines;
  };
})();

/** Whether the text contains the first 20 characters of a key, in any case, plain or percent-encoded up to three times. */
function hasKey(text: string): boolean {
  const plain = [text];
  for (let time = 0; time < 3; time += 1) plain.push((plain.at(-1) ?? '').replace(/%([0-9a-f]{2})/gi, fromCode));
  return plain.some((one) => [KEY, HEX_KEY].some((key) => one.toLowerCase().includes(key.slice(0, 20).toLowerCase())));
}

const fromCode = (_all: string, code: string) => String.fromCharCode(Number.parseInt(code, 16));

describe('no line of the log has a key in it that is sent', () => {
  it.each<[string, string, Record<string, string>?, string?]>([
    ['in the header Authorization', '/graphql', { authorization: `Bearer ${KEY}` }],
    ['in the header Authorization, and is wrong', '/graphql', { authorization: `Bearer ${HEX_KEY}` }],
    ['as a Basic password', '/api/v2/groups.json', { authorization: basic('admin@nyota.example', KEY) }],
    ['as a Basic user', '/api/v2/groups.json', { authorization: basic(KEY, '') }],
    ['in a cookie', '/api/v2/groups.json', { cookie: `token=${KEY}` }],
    ['in a header of its own', '/api/v2/groups.json', { 'x-api-key': KEY, referer: `http://a.example/?token=${KEY}` }],
    ['as a parameter of REST', `/api/v2/campaigns.json?token=${KEY}`],
    ['as a parameter of GraphQL', `/graphql?query={viewer{role}}&access_token=${KEY}`],
    ['at the end of a path of REST', `/api/v2/campaigns.json/${KEY}`],
    ['in place of an endpoint', `/api/v2/${KEY}.json`],
    ['at the end of the path of GraphQL', `/graphql/${KEY}`],
    ['as the whole path', `/${KEY}`],
    ['in the path, with a name', `/api/v2/token=${KEY};v=2/campaigns.json`],
    ['in the path, with a scheme', `/api/v2/Token%20${KEY}`],
    ['in the path, in small letters', `/campaigns/${KEY.toLowerCase()}`],
    ['in the path, without its last letters', `/campaigns/${KEY.slice(0, 34)}`],
    ['in the path, percent-encoded', `/${encoded(KEY)}`],
    ['in the path, partly percent-encoded', `/${KEY.slice(0, 19)}${encoded(KEY.slice(19))}`],
    ['in the path, percent-encoded twice', `/${encoded(KEY).replaceAll('%', '%25')}`],
    ['in the path, and is of 40 hexadecimal digits', `/api/v2/campaigns.json/${HEX_KEY}`],
    ['in an absolute address', `http://user:${KEY}@campaigns.example/${KEY}`],
    ['as the id of the request', '/healthz', { 'x-request-id': KEY }],
    ['as the address of the client', '/graphql', { 'x-forwarded-for': KEY, authorization: 'Bearer x' }],
    ['in a document', '/graphql', { authorization: `Bearer ${KEY}` }, JSON.stringify({ query: `{ ${KEY} }` })],
    [
      'in the name of an operation',
      '/graphql',
      { authorization: `Bearer ${KEY}` },
      JSON.stringify({ query: `query ${LONG_NAME} { viewer { role } }` }),
    ],
    ['in a body that is no JSON', '/graphql', { authorization: `Bearer ${KEY}` }, `{"token": ${KEY}`],
    ['as a value', '/api/v2/groups.json', { authorization: `Token ${KEY}` }, JSON.stringify({ name: KEY.repeat(2) })],
  ])('%s', async (_what, path, headers = {}, body) => {
    newLines();
    for (const { url } of [world, behindProxy]) {
      await send(url, {
        method: body === undefined ? 'GET' : 'POST',
        path,
        headers: { ...headers, ...(body !== undefined && { 'content-type': 'application/json' }) },
        body: body === undefined ? undefined : Buffer.from(body),
      });
    }
    await expect.poll(() => world.log.length + behindProxy.log.length).toBeGreaterThan(0);
    const lines = newLines();
    expect(lines.length).toBeGreaterThanOrEqual(2);
    expect(lines.filter(hasKey)).toEqual([]);
  });

  it.each([
    ['as the method', `${KEY} / HTTP/1.1\r\nHost: a\r\n\r\n`],
    ['as the name of a header', `GET /healthz HTTP/1.1\r\nHost: a\r\n${KEY}: x\r\nConnection: close\r\n\r\n`],
    ['as the name of the host', `GET /healthz HTTP/1.1\r\nHost: ${KEY}\r\nConnection: close\r\n\r\n`],
  ])('%s', async (_what, request) => {
    newLines();
    await sendRaw(Number(new URL(world.url).port), request);
    expect(newLines().filter(hasKey)).toEqual([]);
  });
});

it('would be found by these tests', () => {
  expect(hasKey(`{"path":"/${KEY}"}`)).toBe(true);
  expect(hasKey(encoded(KEY).replaceAll('%', '%25'))).toBe(true);
});

it.each([
  ['/api/v2/campaigns.json', '/api/v2/campaigns.json'],
  ['/campaigns/089de107-5553-4c07-ab00-092b7869dae1', '/campaigns/089de107-5553-4c07-ab00-092b7869dae1'],
  ['/graphiql/assets/editor-0123456789abcdef.js', '/graphiql/assets/editor-0123456789abcdef.js'],
  ['0123456789abcdef0123456789abcdef', '0123456789abcdef0123456789abcdef'],
  [`/api/v2/campaigns.json/${KEY}`, '/api/v2/campaigns.json/[masked]'],
  [`/a/${KEY}/b/${HEX_KEY}`, '/a/[masked]/b/[masked]'],
])('the path %s is logged as %s', (path, logged) => {
  expect(maskKeys(path)).toBe(logged);
});

it.each([
  ['ListCampaignsOfTheWorkspaceWithTheirGroupsAndHistory', 'ListCampaignsOfTheWorkspaceWithTheirGroupsAndHistory'],
  ['list_campaigns_of_the_workspace_with_their_groups', 'list_campaigns_of_the_workspace_with_their_groups'],
  [KEY, '[masked]'],
  [`token_f${HEX_KEY}`, 'token_[masked]'],
])('the operation %s is logged as %s', (name, logged) => {
  expect(shownOperationName(name)).toBe(logged);
});
