import { setTimeout as wait } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { Campaigns } from '../../src/model/campaigns.ts';
import { AUTHOR } from '../support/author.ts';
import { makeWorkspace } from '../support/workspace.ts';
import { openWorld } from '../support/world.ts';

/** In ms. Short, so that a download soon takes longer. */
const DEADLINE = 500;
const world = await openWorld({ requestTimeout: DEADLINE });

/** Each row takes about half a kilobyte, so the file is larger than the buffers of the connection. */
const ROWS = 20_000;
const workspace = await makeWorkspace(world.database, { groups: [{ name: '群'.repeat(64) }] });
const [group] = workspace.groups;
await new Campaigns(world.database, workspace.id, AUTHOR).createMany(
  Array.from({ length: ROWS }, (_, place) => ({
    name: `${'😀'.repeat(58)}${place}`,
    group: { uuid: group?.uuid ?? '' },
  })),
);

const ask = (query = '') =>
  fetch(`${world.url}/api/v2/campaigns.csv${query}`, {
    headers: { authorization: `Token ${workspace.key}`, 'accept-encoding': 'identity' },
  });

/**
 * Reads the first piece, and reads the rest after `pause`. Resolves with the number of bytes received. Rejects if the response breaks off.
 */
async function readSlowly(pause: () => Promise<unknown>): Promise<number> {
  const reader = (await ask()).body?.getReader();
  let bytes = (await reader?.read())?.value?.length ?? 0;
  await pause();
  for (;;) {
    const { done, value } = (await reader?.read()) ?? { done: true, value: undefined };
    if (done) return bytes;
    bytes += value?.length ?? 0;
  }
}

const pages = () => world.statements.filter((statement) => /from "?campaigns"?/.test(statement)).length;

test('a download that is read slowly is not cut by the deadline of an operation, and reads no further than its client', async () => {
  const before = pages();
  let read = 0;
  const bytes = await readSlowly(async () => {
    await wait(2 * DEADLINE);
    read = pages() - before;
    // The server answers other requests while the download waits.
    expect((await ask(`?uuid=${group?.uuid}`)).status).toBe(200);
  });
  expect(bytes).toBeGreaterThan(ROWS * 400);
  expect(read).toBeGreaterThan(0);
  expect(read).toBeLessThan(ROWS / 250);
});

test('a download ends without its end when its token is revoked', async () => {
  const revoked = readSlowly(() =>
    world.database.administer(({ db }) =>
      db.updateTable('api_tokens').set({ is_active: 0 }).where('workspace_id', '=', workspace.id).execute(),
    ),
  );
  await expect(revoked).rejects.toThrow('terminated');
});
