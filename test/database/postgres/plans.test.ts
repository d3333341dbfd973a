import { sql } from 'kysely';
import { describe, expect, it } from 'vitest';
import type { Session } from '../../../src/database/database.ts';
import type { WorkspaceId } from '../../../src/database/tables.ts';
import type { CampaignFilter } from '../../../src/model/campaign.ts';
import { campaignList } from '../../../src/model/campaign-lookups.ts';
import type { ChangeFilter } from '../../../src/model/change.ts';
import { Changes } from '../../../src/model/changes.ts';
import { rebuildDerivedData } from '../../../src/model/derived-data.ts';
import type { GroupFilter } from '../../../src/model/group.ts';
import { groupList } from '../../../src/model/groups.ts';
import type { Ordering, PageRequest } from '../../../src/model/page.ts';
import { afterwards } from '../../support/afterwards.ts';
import { newPostgresPlace } from '../../support/engine.ts';
import { ORDERINGS } from '../../support/lists.ts';
import { COSTLY, ExplainedDatabase } from '../../support/postgres-plans.ts';

// A page deep in a list must cost as much as the first page. PostgreSQL explains each statement that a list has run, with the
// statement's values. The tables are large enough that PostgreSQL can choose between plans.

const CAMPAIGNS = 20_000;
const GROUPS = 3_000;
/** The number of groups that have campaigns. */
const USED_GROUPS = 200;

const { address } = await newPostgresPlace('tables');
const explained = new ExplainedDatabase(address);
const { database } = explained;
afterwards(() => database.close());

const workspaces = await Promise.all(['One', 'Two'].map(makeWorkspace));
const workspace = workspaces[0] as WorkspaceId;
await sql`vacuum analyze`.execute(database.reader.db);

/** Makes a workspace whose campaigns were created one second apart. One campaign in four is archived. */
function makeWorkspace(name: string): Promise<WorkspaceId> {
  return database.administer(async (session) => {
    const { db } = session;
    const { id } = await db
      .insertInto('workspaces')
      .values({ uuid: crypto.randomUUID(), name })
      .returning('id')
      .executeTakeFirstOrThrow();
    const key = sql`'name ' || (n * 7919 % ${sql.lit(CAMPAIGNS)})`;
    await sql`
      insert into groups (workspace_id, uuid, name, name_key, search_key, kind, is_system, status, contact_count, is_active, created_on)
      select ${id}, gen_random_uuid(), ${key}, ${key}, ${key}, 'manual', 0, 'ready', 0, 1, n * 1000000
      from generate_series(1, ${sql.lit(GROUPS)}::bigint) as n`.execute(db);
    await sql`
      insert into campaigns
        (workspace_id, group_id, uuid, name, name_key, search_key, is_archived, is_active, created_on, modified_on)
      select ${id}, (select min(id) from groups where workspace_id = ${id}) + n % ${sql.lit(USED_GROUPS)},
        gen_random_uuid(), ${key}, ${key}, ${key}, case when n % 4 = 0 then 1 else 0 end, 1, n * 1000000, n * 1000000
      from generate_series(1, ${sql.lit(CAMPAIGNS)}::bigint) as n`.execute(db);
    await sql`
      insert into changes (workspace_id, revision, changed_on, action, type, uuid, fields, origin, user_email)
      select ${id}, n, n * 1000000, case when n % 3 = 0 then 'created' else 'updated' end, 'Campaign',
        gen_random_uuid(), '[]', 'graphql', 'user ' || n % 50
      from generate_series(1, ${sql.lit(CAMPAIGNS)}::bigint) as n`.execute(db);
    await sql`update workspaces set revision = ${sql.lit(CAMPAIGNS)} where id = ${id}`.execute(db);
    await rebuildDerivedData(session, id);
    return id;
  });
}

/** The plan steps of each statement that `work` runs, such as "Index Scan campaigns". */
async function plansOf(work: (session: Session) => Promise<unknown>) {
  return (await explained.explain(() => work(database.reader))).map(({ steps }) => steps);
}

/** Reads the first page, the last page, and the pages after and before a row deep in the list. */
async function placesOf(
  read: (request: PageRequest) => Promise<{ rows: readonly { id: number }[] }>,
  ordering: Ordering,
) {
  const key = ordering.field === 'created' ? (CAMPAIGNS / 2) * 1_000_000 : 'name 5';
  const position = { key, id: 1_000 };
  const requests: PageRequest[] = [
    { ordering, from: 'start', limit: 50 },
    { ordering, from: 'end', limit: 50 },
    { ordering, from: 'start', limit: 50, after: position },
    { ordering, from: 'end', limit: 50, before: position },
  ];
  for (const request of requests) await read(request);
}

const group = { name: 'name 7919' };
const CAMPAIGN_FILTERS: CampaignFilter[] = [
  {},
  { archived: true },
  { archived: null },
  { group },
  { group, archived: null },
  { group: { uuidOrName: group.name } },
  { createdAfter: 1_000_000 },
  { createdBefore: CAMPAIGNS * 1_000_000, createdAfter: 1_000_000, archived: null },
];
const GROUP_FILTERS: GroupFilter[] = [{}, { kind: 'manual' }, { name: group.name }];

describe.each(ORDERINGS)('a page by $field $direction', (ordering) => {
  it.each(CAMPAIGN_FILTERS)('of campaigns is a range of an index, in order: %j', async (filter) => {
    const plans = await plansOf((session) =>
      placesOf((request) => campaignList(session, workspace).where(filter).page(request), ordering),
    );
    for (const steps of plans) {
      expect(steps.filter((step) => COSTLY.test(step))).toEqual([]);
      expect(steps.some((step) => /^Index (Only )?Scan campaigns$/.test(step))).toBe(true);
    }
  });

  it.each(GROUP_FILTERS)('of groups is a range of an index, in order: %j', async (filter) => {
    const plans = await plansOf((session) =>
      placesOf((request) => groupList(session, workspace).where(filter).page(request), ordering),
    );
    for (const steps of plans) {
      // A name matches one row at most, so sorting costs nothing.
      const costly = filter.name === undefined ? COSTLY : /Seq Scan/;
      expect(steps.filter((step) => costly.test(step))).toEqual([]);
    }
  });

  it('of the campaigns of each of several groups is a range of an index for each', async () => {
    const { rows } = await groupList(database.reader, workspace).where({}).page({ ordering, from: 'start', limit: 20 });
    const ids = rows.map(({ id }) => id);
    for (const filter of [{}, { archived: null }]) {
      const [steps = []] = await plansOf((session) =>
        campaignList(session, workspace).pagesOf('group', ids, { ordering, from: 'start', limit: 5 }, filter),
      );
      expect(steps.filter((step) => COSTLY.test(step))).toEqual([]);
      expect(steps.filter((step) => /^Index (Only )?Scan campaigns$/.test(step))).toHaveLength(20);
    }
  });

  it('that several UUIDs choose from looks these up, and sorts no others', async () => {
    const uuids = Array.from({ length: 20 }, () => crypto.randomUUID());
    const [steps = []] = await plansOf((session) =>
      campaignList(session, workspace).where({ uuids }).page({ ordering, from: 'start', limit: 50 }),
    );
    expect(steps.filter((step) => /Seq Scan campaigns/.test(step))).toEqual([]);
  });
});

it.each([
  { actors: ['user 7', 'user 8'] },
  { actors: ['user 7'], types: ['Campaign'] },
  { madeAfter: 5_000 * 1_000_000, madeBefore: 6_000 * 1_000_000 },
  { actors: ['user 7'], madeAfter: 5_000 * 1_000_000 },
] as const satisfies ChangeFilter[])('a page of changes is a range of an index for each user: %j', async (filter) => {
  const ordering = { field: 'revision', direction: 'asc' } as const;
  const plans = await plansOf(async (session) => {
    const { page } = new Changes(session, workspace).where(filter);
    for (const from of ['start', 'end'] as const) await page({ ordering, from, limit: 50 });
  });
  for (const steps of plans) expect(steps.filter((step) => /Seq Scan changes/.test(step))).toEqual([]);
  // The times are translated to revisions by a few statements, whose number does not depend on the position.
  expect(plans.length).toBeLessThanOrEqual('madeAfter' in filter ? 2 * (1 + 1 + 2 * 4) : 2);
});

it('a page by name of a narrow range of time reads that range, and sorts it', async () => {
  const filter = { createdAfter: 1_000_000, createdBefore: 50 * 1_000_000 };
  const [steps = []] = await plansOf((session) =>
    campaignList(session, workspace)
      .where(filter)
      .page({ ordering: { field: 'name', direction: 'asc' }, from: 'start', limit: 50 }),
  );
  expect(steps.filter((step) => /Seq Scan campaigns/.test(step))).toEqual([]);
});

it('counts are read from where they are kept', async () => {
  for (const filter of [{}, { archived: null }, { group }]) {
    const plans = await plansOf((session) => campaignList(session, workspace).where(filter).count());
    for (const steps of plans) expect(steps.filter((step) => step.endsWith(' campaigns'))).toEqual([]);
  }
});

it('one object is found by an index', async () => {
  const plans = await plansOf((session) => campaignList(session, workspace).byUuid(crypto.randomUUID()));
  for (const steps of plans) expect(steps.filter((step) => COSTLY.test(step))).toEqual([]);
});
