import { setTimeout as wait } from 'node:timers/promises';
import pg from 'pg';
import { expect, it } from 'vitest';
import { afterwards } from '../../support/afterwards.ts';
import { tokenKey } from '../../support/fixture.ts';
import { openStream } from '../../support/stream.ts';
import { openWorld } from '../../support/world.ts';

const world = await openWorld();

/** Another session, which locks the table of campaigns so that reads wait. */
const other = new pg.Client({ connectionString: world.settings.DATABASE_URL });
await other.connect();
afterwards(() => other.end());

const LIVE = `subscription ($after: String) {
  changes(after: $after, first: 1) { changes { action subject { ... on Group { name campaigns { totalCount nodes { uuid } } } } } cursor }
}`;

const follow = (after?: string) =>
  openStream(`${world.url}/graphql`, {
    headers: { authorization: `Bearer ${tokenKey('admin')}` },
    body: { query: LIVE, variables: { after } },
  });

it('a stream ends when a change cannot be read, and the cursor from before has this change', async () => {
  const stream = await follow();
  const start = await stream.next();

  await other.query('begin; lock table campaigns in access exclusive mode');
  await world.as('admin').data('mutation { createGroup(input: { name: "Not read at first" }) { group { uuid } } }');
  const next = stream.next();
  // The server retries a failed read once, so end its connections until the stream has ended.
  while (await Promise.race([next.then(() => false), wait(10, true)])) {
    await other.query('select pg_stat_clear_snapshot()');
    await other.query(`select pg_terminate_backend(pid) from pg_stat_activity
      where datname = current_database() and wait_event_type = 'Lock'`);
  }
  await other.query('rollback');
  expect(await next).toBeNull();

  const again = await follow(start?.id);
  expect(await again.next()).toMatchObject({
    event: 'next',
    data: {
      data: {
        changes: {
          changes: [
            { action: 'CREATED', subject: { name: 'Not read at first', campaigns: { totalCount: 0, nodes: [] } } },
          ],
        },
      },
    },
  });
});
