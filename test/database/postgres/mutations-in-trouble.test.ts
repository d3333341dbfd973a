import { setTimeout as wait } from 'node:timers/promises';
import pg from 'pg';
import { expect, it } from 'vitest';
import { afterwards } from '../../support/afterwards.ts';
import { openWorld } from '../../support/world.ts';

// A mutation commits its change before the fields of its payload are read. In these tests the write succeeds and those reads fail.

const world = await openWorld({ requestTimeout: 1_000 });

/** Another session, which locks the table of campaigns so that reads wait. */
const other = new pg.Client({ connectionString: world.settings.DATABASE_URL });
await other.connect();
afterwards(() => other.end());

async function whileLocked<Result>(work: () => Promise<Result>): Promise<Result> {
  await other.query('begin; lock table campaigns in access exclusive mode');
  try {
    return await work();
  } finally {
    await other.query('rollback');
  }
}

const create = (name: string) =>
  world.as('admin').ask(
    `mutation ($name: String!) {
       first: createGroup(input: { name: $name }) { group { campaigns(first: 1) { nodes { uuid } } } userErrors { code } }
     }`,
    { name },
  );

const groupsNamed = (search: string) =>
  world.as('admin').data('query ($search: String) { groups(filter: { search: $search }) { totalCount } }', { search });

/** The response to a mutation whose change was made but whose payload could not be read. */
const MADE = [
  200,
  null,
  { first: { group: null, userErrors: [] } },
  expect.objectContaining({
    path: ['first', 'group', 'campaigns'],
    message: expect.stringMatching(/[.] By then the change may have been made: look before you repeat it[.]$/),
  }),
];

it('a change whose payload cannot be read in time does not look like one that was not made', async () => {
  const { status, headers, data, errors } = await whileLocked(() => create('Read too slowly'));
  expect([status, headers.get('retry-after'), data, ...errors]).toEqual(MADE);
  expect(errors[0]?.extensions).toEqual({ code: 'TIMEOUT', outcome: 'UNKNOWN' });
  expect(errors[0]?.message).toContain('took longer than 1 s');
  expect(await groupsNamed('Read too slowly')).toEqual({ groups: { totalCount: 1 } });
});

it('nor does one after which the database has gone away', async () => {
  const { status, headers, data, errors } = await whileLocked(async () => {
    const asked = create('Read too late');
    // The server retries a failed read once, so end its connections until it has answered.
    while (await Promise.race([asked.then(() => false), wait(10, true)])) {
      await other.query('select pg_stat_clear_snapshot()');
      await other.query(`select pg_terminate_backend(pid) from pg_stat_activity
        where datname = current_database() and wait_event_type = 'Lock'`);
    }
    return asked;
  });
  expect([status, headers.get('retry-after'), data, ...errors]).toEqual(MADE);
  expect(errors[0]?.extensions).toEqual({ code: 'STORAGE_UNAVAILABLE', outcome: 'UNKNOWN' });
  expect(errors[0]?.message).not.toContain('Try again');
  expect(await groupsNamed('Read too late')).toEqual({ groups: { totalCount: 1 } });
});
