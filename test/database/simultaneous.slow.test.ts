import { sql } from 'kysely';
import { describe, expect, it } from 'vitest';
import type { Client } from '../support/client.ts';
import { clientFor } from '../support/client.ts';
import { newPlace } from '../support/engine.ts';
import { serve } from '../support/program.ts';
import { openWorld } from '../support/world.ts';

interface Payload {
  readonly object: { readonly uuid: string } | null;
  readonly userErrors: readonly { readonly code: string; readonly field: string[] | null }[];
}

const CREATE_CAMPAIGN = `mutation ($name: String!) {
  result: createCampaign(input: { name: $name, group: { name: "Vets" } }) { object: campaign { uuid } userErrors { code field } }
}`;
const CREATE_GROUP = `mutation ($name: String!) {
  result: createGroup(input: { name: $name }) { object: group { uuid } userErrors { code field } }
}`;

/** 32 requests create the same name at the same time, some in upper case and some in lower case. */
async function race(clients: readonly Client[], mutation: string, name: string): Promise<Payload[]> {
  const requests = Array.from({ length: 32 }, (_nothing, caller) => {
    const client = clients[caller % clients.length];
    if (!client) throw new Error('there are no callers');
    return client.data<{ result: Payload }>(mutation, { name: caller % 3 ? name : name.toUpperCase() });
  });
  return (await Promise.all(requests)).map(({ result }) => result);
}

function expectOneWinner(payloads: readonly Payload[]): void {
  expect(payloads.filter(({ object }) => object !== null)).toHaveLength(1);
  const losers = payloads.filter(({ object }) => object === null);
  expect(losers).toHaveLength(31);
  for (const { userErrors } of losers) expect(userErrors).toEqual([{ code: 'TAKEN', field: ['name'] }]);
}

const KINDS = [
  ['campaigns', CREATE_CAMPAIGN],
  ['groups', CREATE_GROUP],
] as const;

describe('of 32 simultaneous creates of one name one succeeds and 31 get the error TAKEN', () => {
  it.each(KINDS)('when they are %s', async (kind, mutation) => {
    const world = await openWorld();
    const client = world.as('admin2');
    expectOneWinner(await race([client], mutation, 'été'));
    const { rows } = await sql`select id from ${sql.table(kind)} where name_key = 'été'`.execute(
      world.database.reader.db,
    );
    expect(rows).toHaveLength(1);
  });

  it.each(KINDS)('when they are %s, asked of two processes over one file', async (_kind, mutation) => {
    const settings = { ...(await newPlace('fixture')).settings, RATE_LIMIT: 'off' };
    const servers = await Promise.all([serve(settings), serve(settings)]);
    const clients = servers.map(({ url }) => clientFor(url, 'admin2'));
    for (const name of ['first', 'second', 'third']) expectOneWinner(await race(clients, mutation, name));
    expect(await Promise.all(servers.map((server) => server.stop()))).toEqual([0, 0]);
  });
});
