import { setTimeout as wait } from 'node:timers/promises';
import { sql } from 'kysely';
import pg from 'pg';
import { describe, expect, it } from 'vitest';
import { DatabaseBusyError } from '../../../src/database/errors.ts';
import { LOCK_TIMEOUT } from '../../../src/database/postgres/faults.ts';
import { Campaigns } from '../../../src/model/campaigns.ts';
import { afterwards } from '../../support/afterwards.ts';
import { AUTHOR } from '../../support/author.ts';
import { newPostgresPlace, openAt } from '../../support/engine.ts';
import { done } from '../../support/outcome.ts';
import { revisionOf } from '../../support/revision.ts';
import { makeWorkspace } from '../../support/workspace.ts';

// The server itself rolls back transactions here: in a real deadlock, and by triggers that raise a serialization error.

const { address } = await newPostgresPlace('tables');
const database = openAt(address);
/** A separate connection, like that of another program. */
const other = new pg.Client({ connectionString: address.url });
await other.connect();
afterwards(() => Promise.all([database.close(), other.end()]));

describe('a write that the server rolls back because of another transaction', () => {
  it('in a deadlock, runs again as a whole', async () => {
    const { id, groups } = await makeWorkspace(database, { groups: [{ name: 'One' }, { name: 'Two' }] });
    const [one, two] = groups.map((group) => group.id);
    // The session whose deadlock_timeout ends first is rolled back. The other session's long one makes sure that it is this program's.
    await other.query("set deadlock_timeout = '10s'");
    await other.query('begin');
    await other.query('update groups set contact_count = 1 where workspace_id = $1 and id = $2', [id, two]);
    let tries = 0;
    let otherDone: Promise<unknown> = Promise.resolve();
    await database.write(id, async ({ db }) => {
      tries += 1;
      const count = (group: number | undefined) =>
        db
          .updateTable('groups')
          .set((eb) => ({ contact_count: eb('contact_count', '+', 10) }))
          .where('workspace_id', '=', id)
          .where('id', '=', group ?? 0)
          .execute();
      await count(one);
      if (tries === 1) {
        otherDone = other
          .query('update groups set contact_count = 1 where workspace_id = $1 and id = $2', [id, one])
          .then(() => other.query('commit'));
        while (!(await otherWaits())) await wait(5);
      }
      await count(two);
    });
    await otherDone;
    expect(tries).toBe(2);
    const { rows } = await other.query('select contact_count from groups where workspace_id = $1 order by id', [id]);
    expect(rows).toEqual([{ contact_count: '11' }, { contact_count: '11' }]);
  });

  it.each([
    ['in the middle', 'create trigger refusing before insert on campaigns', 1],
    ['in the middle, four times', 'create trigger refusing before insert on campaigns', 4],
    ['by one of its last statements', 'create trigger refusing before insert on changes', 1],
    ['at the commit', 'create constraint trigger refusing after insert on changes deferrable initially deferred', 1],
    [
      'at the commit, four times',
      'create constraint trigger refusing after insert on changes deferrable initially deferred',
      4,
    ],
  ])('%s, is written once', async (_when, trigger, times) => {
    const { id } = await makeWorkspace(database);
    const campaigns = new Campaigns(database, id, AUTHOR);
    await refusing(trigger, times, async () => {
      const made = done(await campaigns.create({ name: 'Once', group: { name: 'Everyone' } }));
      expect(await campaigns.list.byUuid(made.uuid)).toMatchObject({ name: 'Once', revision: 1 });
    });
    expect(await campaigns.list.where({}).count()).toBe(1);
    expect(await revisionOf(database, id)).toBe(1);
  });

  it('each time, is refused after five, and nothing has changed', async () => {
    const { id } = await makeWorkspace(database);
    const campaigns = new Campaigns(database, id, AUTHOR);
    const trigger = 'create constraint trigger refusing after insert on changes deferrable initially deferred';
    const tried = await refusing(trigger, 1_000, async () => {
      const creating = campaigns.create({ name: 'Never', group: { name: 'Everyone' } });
      await expect(creating).rejects.toThrow(DatabaseBusyError);
    });
    expect(tried).toBe(5);
    expect(await campaigns.list.where({}).count()).toBe(0);
    expect(await revisionOf(database, id)).toBe(0);
  });
});

describe('writes that share a transaction which the server rolls back', () => {
  const NAMES = ['One', 'Two', 'Three', 'Four'];

  /** Creates campaigns with these names at the same time. */
  const createAll = (campaigns: Campaigns) =>
    Promise.allSettled(NAMES.map((name) => campaigns.create({ name, group: { name: 'Everyone' } })));

  it.each([
    ['in the middle', 'create trigger refusing before insert on campaigns'],
    ['by one of its last statements', 'create trigger refusing before insert on changes'],
    ['at the commit', 'create constraint trigger refusing after insert on changes deferrable initially deferred'],
  ])('%s, are each written once', async (_when, trigger) => {
    const { id } = await makeWorkspace(database);
    const campaigns = new Campaigns(database, id, AUTHOR);
    await refusing(trigger, 1, async () => {
      const made = await createAll(campaigns);
      const revisions = made.map((outcome) => outcome.status === 'fulfilled' && done(outcome.value).revision);
      expect(revisions).toEqual([1, 2, 3, 4]);
    });
    expect(await campaigns.list.where({}).count()).toBe(4);
    expect(await revisionOf(database, id)).toBe(4);
  });

  it('because of one of them, are written but for that one', async () => {
    const { id } = await makeWorkspace(database);
    const campaigns = new Campaigns(database, id, AUTHOR);
    const trigger = 'create constraint trigger refusing after insert on campaigns deferrable initially deferred';
    const onlyTwo = "when (new.name = 'Two')";
    await refusing(
      trigger,
      1_000,
      async () => {
        const made = await createAll(campaigns);
        expect(made.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled', 'fulfilled']);
        expect(made[1]).toHaveProperty('reason', expect.any(DatabaseBusyError));
      },
      onlyTwo,
    );
    expect(await campaigns.list.where({}).count()).toBe(3);
    expect(await revisionOf(database, id)).toBe(3);
  });

  it('because one of them goes on after an error of the server, are written but for that one', async () => {
    const { id, groups } = await makeWorkspace(database);
    const campaigns = new Campaigns(database, id, AUTHOR);
    const careless = database.write(id, async ({ db, record }) => {
      await db.updateTable('groups').set({ name: 'Half done' }).where('workspace_id', '=', id).execute();
      await record({
        ...{ action: 'updated', type: 'Group', uuid: groups[0]?.uuid ?? '' },
        ...{ fields: '[]', changedOn: 0, author: AUTHOR },
      });
      await sql`select 1 / 0`.execute(db).catch(() => {});
    });
    const [failed, ...made] = await Promise.all([careless.catch((error: unknown) => error), createAll(campaigns)]);
    expect(failed).toBeInstanceOf(Error);
    expect(made[0]?.map(({ status }) => status)).toEqual(NAMES.map(() => 'fulfilled'));
    const { rows } = await campaigns.list.where({}).page({
      ordering: { field: 'created', direction: 'asc' },
      from: 'start',
      limit: 10,
    });
    expect(rows.map(({ name, group, revision }) => [name, group.name, revision])).toEqual(
      NAMES.map((name, place) => [name, 'Everyone', place + 1]),
    );
    expect(await revisionOf(database, id)).toBe(4);
  });

  it('because another process holds the workspace for too long, are refused together', async () => {
    const { id } = await makeWorkspace(database);
    await other.query('begin');
    await other.query('select 1 from workspaces where id = $1 for update', [id]);
    const started = performance.now();
    const campaigns = new Campaigns(database, id, AUTHOR);
    const made = await createAll(campaigns);
    const waited = performance.now() - started;
    await other.query('rollback');
    expect(made.map((outcome) => outcome.status === 'rejected' && outcome.reason)).toEqual(
      NAMES.map(() => expect.any(DatabaseBusyError)),
    );
    expect(waited).toBeGreaterThan(LOCK_TIMEOUT - 100);
    expect(waited).toBeLessThan(2 * LOCK_TIMEOUT);
    expect((await createAll(campaigns)).map(({ status }) => status)).toEqual(NAMES.map(() => 'fulfilled'));
  }, 30_000);
});

/** Whether a transaction waits for a lock. */
async function otherWaits(): Promise<boolean> {
  const { rows } = await sql<{ waits: boolean }>`
    select count(*) > 0 as waits from pg_stat_activity
    where datname = current_database() and wait_event_type = 'Lock'`.execute(database.reader.db);
  return rows[0]?.waits ?? false;
}

/**
 * Runs `work` while a trigger raises a serialization error for the first `times` rows that satisfy `when`. Returns the number of
 * rows that the trigger has seen.
 */
async function refusing(trigger: string, times: number, work: () => Promise<void>, when = ''): Promise<number> {
  const table = / on (\w+)/.exec(trigger)?.[1];
  // A sequence, because it keeps counting when a transaction is rolled back.
  await other.query(`
    create sequence refused;
    create function refuse() returns trigger language plpgsql as $$
      begin
        if nextval('refused') <= ${times} then
          raise exception 'could not serialize access' using errcode = '40001';
        end if;
        return new;
      end $$;
    ${trigger} for each row ${when} execute function refuse()`);
  try {
    await work();
    const { rows } = await other.query<{ last_value: string }>('select last_value from refused');
    return Number(rows[0]?.last_value);
  } finally {
    await other.query(`drop trigger refusing on ${table}; drop function refuse; drop sequence refused`);
  }
}
