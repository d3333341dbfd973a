import { request } from 'node:http';
import { text } from 'node:stream/consumers';
import { expect, it } from 'vitest';
import { tokenKey } from '../support/fixture.ts';
import { openWorld } from '../support/world.ts';
import { sendRaw } from './support.ts';

const world = await openWorld();
const { hostname, port } = new URL(world.url);

const AUTHORIZATION = `Token ${tokenKey('admin')}`;

/** The `next` link of an answer to a request for this address, as it stands in the first line of the request. */
async function nextOf(path: string): Promise<string> {
  const answer = await new Promise<string>((resolve, reject) => {
    const headers = { authorization: AUTHORIZATION };
    const asked = request({ hostname, port, path, headers }, (response) => void text(response).then(resolve, reject));
    asked.on('error', reject).end();
  });
  return (JSON.parse(answer) as { next: string }).next;
}

it.each([
  ['/api/v2/campaigns.json', `${hostname}:${port}`],
  ['/api/v2/c%61mpaigns.json', `${hostname}:${port}`],
  // A client whose proxy this server is. The host of the address counts (RFC 9112, 3.2.2).
  ['http://campaigns.example:99/api/v2/campaigns.json', 'campaigns.example:99'],
  ['HTTP://campaigns.example/api/v2/campaigns.json', 'campaigns.example'],
])('links lead to where the request went: %s', async (path, host) => {
  const { host: linked, pathname } = new URL(await nextOf(path));
  expect([linked, pathname]).toEqual([host, '/api/v2/campaigns.json']);
});

it.each([
  '/api/v2/campaigns.json#part',
  '/api/v2/campaigns.json?archived=false#part',
  '/api/v2/campaigns.json#part?x=1',
])('links lead on where the address of the request has a fragment: %s', async (path) => {
  const { hash, searchParams } = new URL(await nextOf(path));
  expect([hash, searchParams.get('cursor')]).toEqual(['', expect.stringMatching(/^after\../)]);
});

it.each([
  ['HTTP/1.0', ''],
  ['HTTP/1.0', 'Host: \r\n'],
  ['HTTP/1.1', 'Host:\r\nConnection: close\r\n'],
])('a request by %s that names no host gets links to the address that it was sent to: %j', async (version, headers) => {
  const received = await sendRaw(
    Number(port),
    `GET /api/v2/campaigns.json ${version}\r\n${headers}Authorization: ${AUTHORIZATION}\r\n\r\n`,
  );
  expect(received).toContain(`"next":"${world.url}/api/v2/campaigns.json?cursor=`);
});
