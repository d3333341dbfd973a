import { setTimeout as wait } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { afterwards } from '../../support/afterwards.ts';
import { clientFor } from '../../support/client.ts';
import { execute } from '../../support/postgres-templates.ts';
import { serve } from '../../support/program.ts';
import { NO_PROGRAMS, startReplicated } from '../../support/replicated.ts';
import { startProxy } from '../../support/tcp-proxy.ts';

// A primary with a synchronous standby. One address always leads to the current primary, as with a proxy or a DNS name.

const WRITERS = 4;

const CREATE =
  'mutation ($name: String!) { createCampaign(input: { name: $name, group: { name: "Farmers" } }) { campaign { uuid } } }';

interface Created {
  readonly createCampaign: { readonly campaign: { readonly uuid: string } | null } | null;
}

it('goes on at the standby that took over, and has lost no acknowledged write', async ({ skip }) => {
  const replicated = await startReplicated();
  if (!replicated) return skip(NO_PROGRAMS);
  const { primary, standby } = replicated;
  await execute(primary.url(), "alter system set synchronous_standby_names = '*'", 'select pg_reload_conf()');
  const proxy = await startProxy(primary.port);
  afterwards(() => proxy.close());
  const program = await serve({
    DATABASE_URL: `postgres://postgres@127.0.0.1:${proxy.port}/campaigns`,
    RATE_LIMIT: 'off',
  });
  const client = clientFor(program.url, 'admin');
  const acknowledged: string[] = [];
  const refused = new Set<number>();
  const load = new AbortController();
  const writers = Array.from({ length: WRITERS }, async (_nothing, writer) => {
    for (let place = 0; !load.signal.aborted; place++) {
      const name = `failover ${writer} ${place}`;
      const answer = await client.ask<Created>(CREATE, { name });
      if (answer.data?.createCampaign?.campaign) acknowledged.push(name);
      else {
        refused.add(answer.status);
        await wait(50);
      }
    }
  });
  await until(() => acknowledged.length > 20);

  await primary.stop('immediate');
  await execute(standby.url(), 'select pg_promote()');
  const before = acknowledged.length;
  proxy.target = standby.port;
  await until(() => acknowledged.length > before + 20);
  load.abort();
  await Promise.all(writers);

  // Refusals must be 503. There may be none, because the server may simply wait until the standby answers.
  expect([...refused].filter((status) => status !== 503)).toEqual([]);
  const kept = new Set<string>();
  const page = async (after: string | null): Promise<void> => {
    const { data } = await client.ask<{
      campaigns: { nodes: { name: string }[]; pageInfo: { hasNextPage: boolean; endCursor: string } };
    }>(
      'query ($after: String) { campaigns(first: 250, after: $after) { nodes { name } pageInfo { hasNextPage endCursor } } }',
      { after },
    );
    for (const { name } of data?.campaigns.nodes ?? []) kept.add(name);
    if (data?.campaigns.pageInfo.hasNextPage) await page(data.campaigns.pageInfo.endCursor);
  };
  await page(null);
  expect(acknowledged.filter((name) => !kept.has(name))).toEqual([]);
  expect(await program.stop()).toBe(0);
}, 120_000);

async function until(isTrue: () => boolean): Promise<void> {
  while (!isTrue()) await wait(20);
}
