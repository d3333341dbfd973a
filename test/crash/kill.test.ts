import { setTimeout } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { clientFor } from '../support/client.ts';
import { newPlace } from '../support/engine.ts';
import { serve } from '../support/program.ts';

/** More rounds use more delays within the same range. `npm run test:kill` has 100. */
const ROUNDS = Number(process.env.KILL_ROUNDS ?? 8);

/** The longest time, in ms, for which the clients write before the kill. */
const LONGEST_DELAY = 57;

const CREATE = `mutation ($name: String!) {
  createCampaign(input: { name: $name, group: { name: "Vets" } }) { campaign { uuid } userErrors { code } }
}`;

interface Created {
  readonly createCampaign: { readonly campaign: { readonly uuid: string } | null };
}

it('keeps every campaign that it has acknowledged, however often it is killed during writes', async () => {
  const settings = { ...(await newPlace('fixture')).settings, RATE_LIMIT: 'off', LOG_LEVEL: 'info' };
  const acknowledged: string[] = [];
  let cutOff = 0;

  for (let round = 0; round < ROUNDS; round += 1) {
    const server = await serve(settings);
    const client = clientFor(server.url, 'admin2');
    const { campaigns: there } = await client.data<{ campaigns: { totalCount: number } }>(
      '{ campaigns { totalCount } }',
    );
    expect(there.totalCount).toBeGreaterThanOrEqual(acknowledged.length);

    // Eight clients write until the server is killed.
    const writers = Array.from({ length: 8 }, async (_nothing, writer) => {
      for (let count = 0; ; count += 1) {
        const { data } = await client.ask<Created>(CREATE, { name: `Round ${round}, writer ${writer}, ${count}` });
        if (data?.createCampaign.campaign) acknowledged.push(data.createCampaign.campaign.uuid);
      }
    });
    const outcomes = Promise.allSettled(writers);
    // Kills the server while it writes. Each round has another delay, from none to the longest.
    const before = acknowledged.length;
    while (acknowledged.length < before + 16) await setTimeout(1);
    await setTimeout((round * LONGEST_DELAY) / Math.max(1, ROUNDS - 1));
    await server.stop('SIGKILL');
    cutOff += (await outcomes).filter(({ status }) => status === 'rejected').length;
  }

  const server = await serve(settings);
  const client = clientFor(server.url, 'admin2');
  const found = new Set<string>();
  for (let start = 0; start < acknowledged.length; start += 100) {
    const uuids = acknowledged.slice(start, start + 100);
    const page = await client.data<{ campaigns: { nodes: { uuid: string }[] } }>(
      'query ($uuids: [UUID!]) { campaigns(first: 100, filter: { uuids: $uuids }) { nodes { uuid } } }',
      { uuids },
    );
    for (const { uuid } of page.campaigns.nodes) found.add(uuid);
  }
  expect(acknowledged.length).toBeGreaterThanOrEqual(ROUNDS * 16);
  expect(cutOff).toBe(ROUNDS * 8);
  expect(acknowledged.filter((uuid) => !found.has(uuid))).toEqual([]);
  expect(await server.stop()).toBe(0);
}, 300_000);
