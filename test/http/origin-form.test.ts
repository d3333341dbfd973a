import { request } from 'node:http';
import { text } from 'node:stream/consumers';
import { expect, it } from 'vitest';
import { tokenKey } from '../support/fixture.ts';
import { openWorld } from '../support/world.ts';

const world = await openWorld();
const { hostname, port } = new URL(world.url);

/** The `next` link of an answer to a request for this address, as it stands in the first line of the request. */
async function nextOf(path: string): Promise<string> {
  const answer = await new Promise<string>((resolve, reject) => {
    const headers = { authorization: `Token ${tokenKey('admin')}` };
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
