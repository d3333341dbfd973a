import { sql } from 'kysely';
import { describe, expect, it } from 'vitest';
import { tokenKey } from '../support/fixture.ts';
import { openWorld } from '../support/world.ts';

// The table of campaigns is renamed, so every request for campaigns fails inside the server.

const world = await openWorld();
await world.database.administer(({ db }) => sql`alter table campaigns rename to mislaid`.execute(db));

const authorization = `Token ${tokenKey('admin')}`;

/** Text that no response may contain: SQL, file names, table names, and names of the code's own errors. */
const INTERNAL = /sqlite|no such table|mislaid|select |insert |\.ts\b|\.js\b|node_modules|\/src\/|stack|kysely/i;

const REQUESTS = [
  ['a list', '{ campaigns { nodes { uuid } } }'],
  ['a count', '{ campaigns { totalCount } }'],
  ['an object', '{ campaign(uuid: "089de107-5553-4c07-ab00-092b7869dae1") { uuid } }'],
  ['a nested list', '{ groups(first: 1) { nodes { campaigns { totalCount } } } }'],
  ['a change', 'mutation { createCampaign(input: { name: "x", group: { name: "Farmers" } }) { campaign { uuid } } }'],
] as const;

describe('a fault', () => {
  it.each(REQUESTS)('in %s is masked, and identified by the request id alone', async (_what, query) => {
    const response = await fetch(`${world.url}/graphql`, {
      method: 'POST',
      headers: { authorization, 'content-type': 'application/json' },
      body: JSON.stringify({ query }),
    });
    const text = await response.text();
    expect(text).not.toMatch(INTERNAL);
    expect(JSON.parse(text)).toMatchObject({
      errors: [
        {
          message: 'The server failed to do this. The fault has been logged.',
          extensions: { code: 'INTERNAL_SERVER_ERROR', requestId: response.headers.get('x-request-id') },
        },
      ],
    });
    expect(response.headers.get('x-request-id')).toMatch(/^[\da-f-]{36}$/);
  });

  it('in REST is masked, and identified by the request id alone', async () => {
    const response = await fetch(`${world.url}/api/v2/campaigns.json`, { headers: { authorization } });
    const text = await response.text();
    expect(response.status).toBe(500);
    expect(text).not.toMatch(INTERNAL);
    expect(text).toContain(response.headers.get('x-request-id'));
  });

  it('is logged with its cause under the request’s id', async () => {
    const { headers, errors } = await world.as('admin').ask('{ campaigns { nodes { uuid } } }');
    const requestId = headers.get('x-request-id') ?? '';
    expect(errors[0]?.extensions?.requestId).toBe(requestId);
    const lines = world.log.filter((line) => line.includes(requestId)).map((line) => JSON.parse(line) as object);
    expect(lines).toContainEqual(
      expect.objectContaining({
        level: 50,
        requestId,
        err: expect.objectContaining({
          message: expect.stringMatching(/no such table: campaigns|relation "campaigns" does not exist/),
        }),
      }),
    );
  });

  it('in one field does not affect the others', async () => {
    const { data, codes, status } = await world
      .as('admin')
      .ask('{ viewer { role } campaign(uuid: "089de107-5553-4c07-ab00-092b7869dae1") { uuid } }');
    expect([status, codes]).toEqual([200, ['INTERNAL_SERVER_ERROR']]);
    expect(data).toEqual({ viewer: { role: 'ADMINISTRATOR' }, campaign: null });
  });

  it('does not stop the server', async () => {
    expect((await fetch(`${world.url}/healthz`)).status).toBe(200);
    expect((await world.as('admin').ask('{ viewer { role } }')).status).toBe(200);
  });
});
