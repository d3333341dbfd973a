import { sql } from 'kysely';
import { afterAll, describe, expect, it } from 'vitest';
import type { Session } from '../../../src/database/database.ts';
import type { WorkspaceId } from '../../../src/database/tables.ts';
import type { CampaignFilter } from '../../../src/model/campaign.ts';
import { campaignList } from '../../../src/model/campaign-lookups.ts';
import type { ChangeFilter } from '../../../src/model/change.ts';
import { Changes } from '../../../src/model/changes.ts';
import { feedState } from '../../../src/model/feed-state.ts';
import { rebuildDerivedData } from '../../../src/model/derived-data.ts';
import { groupList } from '../../../src/model/groups.ts';
import type { Ordering, PageRequest, Position } from '../../../src/model/page.ts';
import { MAX_CANDIDATES } from '../../../src/model/search-query.ts';
import { newPostgresPlace } from '../../support/engine.ts';
import { ORDERINGS } from '../../support/lists.ts';
import type { ExplainedStatement } from '../../support/postgres-plans.ts';
import { COSTLY, ExplainedDatabase } from '../../support/postgres-plans.ts';
import { execute } from '../../support/postgres-templates.ts';

// Measures how much the list statements read, in databases of the sizes in SCALE_CAMPAIGNS (`npm run test:scale`). It counts
// buffers, which are pages of 8 KiB. It does not measure time, because time depends on how busy the machine is.

const SIZES = (process.env.SCALE_CAMPAIGNS ?? '100000').split(',').map(Number);
/** Rows per page. */
const LIMIT = 50;
/** Number of the page that is compared with the first page, in lists that are long enough. */
const DEEP_PAGE = 20_000;
const GROUPS = 3_000;
/** The number of groups that have campaigns. It is large, so that every page shows about the same number of groups. */
const USED_GROUPS = 1_000;
/** The group that has one campaign in fifty. */
const LARGE_GROUP = 7;
/** The number of other workspaces. Each has a hundredth of the campaigns. */
const OTHERS = 10;
/**
 * Allowed difference in buffers: a page may begin in the middle of one leaf of an index and end in the next one, on several levels.
 */
const LEAVES = 4;

/**
 * Buffers for one search candidate. The candidate and its group are each looked up by id: a few pages of an index, and one page of rows.
 */
const EACH_CANDIDATE = 8;

const WORDS =
  'malaria water school nurse clinic reminder mother child birth weekly monthly survey north south coast valley';

describe.each(SIZES)('%i campaigns', async (size) => {
  const { address } = await newPostgresPlace('tables');
  const explained = new ExplainedDatabase(address);
  const { database } = explained;
  const { reader } = database;
  const report: string[] = [];
  // Ten percent more than the size, so that the deepest page is full in each list.
  const large = size + size / 10;
  const workspace = await fill(
    large,
    Array.from({ length: OTHERS }, () => size / 100),
  );
  const deepest = Math.min(DEEP_PAGE * LIMIT, size);

  afterAll(async () => {
    process.stdout.write(`\n${[`## ${size} campaigns`, ...(await sizes(reader)), ...report].join('\n')}\n`);
    await database.close();
  });

  async function fill(most: number, others: readonly number[]): Promise<WorkspaceId> {
    const ids = await database.administer(async (session) => {
      const kept = await withoutIndexes(session, ['groups', 'campaigns', 'changes']);
      const made: WorkspaceId[] = [];
      for (const campaigns of [most, ...others]) made.push(await addWorkspace(session, campaigns));
      for (const statement of kept) await sql.raw(statement).execute(session.db);
      await rebuildDerivedData(session);
      return made;
    });
    // A separate connection, because the program's connections have time limits.
    await execute(address.url, 'vacuum analyze');
    return ids[0] as WorkspaceId;
  }

  /** Explains the statements of `work`, and reports the buffers that they read. */
  async function measure(title: string, work: () => Promise<unknown>): Promise<ExplainedStatement[]> {
    // Run once before measuring, so that things that are read only once, such as the version of an index, are not counted.
    await work();
    const statements = await explained.explain(work, true);
    report.push(`| ${title} | ${statements.map(({ buffers }) => buffers).join(' + ')} |`);
    return statements;
  }

  /** Measures the first page and a page deep in the list. Both are ranges of an index and must read about the same number of buffers. */
  async function comparePages(
    title: string,
    table: string,
    ordering: Ordering,
    position: Position,
    read: (request: PageRequest) => Promise<unknown>,
  ): Promise<void> {
    const request = { ordering, from: 'start', limit: LIMIT } as const;
    const first = await measure(`${title}, page 1`, () => read(request));
    const deep = await measure(`${title}, deep`, () => read({ ...request, after: position }));
    for (const { steps } of [...first, ...deep]) {
      expect(steps.filter((step) => COSTLY.test(step) && !/^Seq Scan (feed|workspaces)$/.test(step))).toEqual([]);
      expect(steps).toEqual(expect.arrayContaining([expect.stringMatching(`^Index (Only )?Scan ${table}$`)]));
    }
    const [one, other] = [first, deep].map((statements) => statements.reduce((sum, { buffers }) => sum + buffers, 0));
    const [least, most] = [Math.min(one ?? 0, other ?? 0), Math.max(one ?? 0, other ?? 0)];
    expect(least).toBeGreaterThan(0);
    expect(most, `${title}: ${one} and ${other} buffers`).toBeLessThanOrEqual(least * 1.1 + LEAVES);
  }

  const group = { name: `group ${LARGE_GROUP}` };
  const filters: CampaignFilter[] = [
    {},
    { archived: true },
    { archived: null },
    { group },
    { group, archived: null },
    { createdAfter: 1_000_000 },
    { createdBefore: size * 2_000_000, createdAfter: 1_000_000, archived: null },
  ];

  describe.each(ORDERINGS)('by $field $direction', async (ordering) => {
    const column = sql.ref(ordering.field === 'created' ? 'created_on' : 'name_key');
    const direction = sql.raw(ordering.direction);
    // Run as administration, because skipping this many rows takes longer than a request may.
    const { rows } = await database.administer(({ db }) =>
      sql<Position>`
        select ${column} as key, id from campaigns where workspace_id = ${workspace} and is_active = 1
        order by ${column} ${direction}, id ${direction} offset ${sql.lit(deepest - 1)} limit 1`.execute(db),
    );
    const position = rows[0] as Position;

    it.each(filters)('a page deep in the campaigns costs what the first one costs: %j', async (filter) => {
      const title = `campaigns ${JSON.stringify(filter)} by ${ordering.field} ${ordering.direction}`;
      await comparePages(title, 'campaigns', ordering, position, (request) =>
        campaignList(reader, workspace).where(filter).page(request),
      );
    });

    it('a page of groups is a range of an index', async () => {
      const key = ordering.field === 'created' ? (GROUPS / 2) * 1_000_000 : 'group 5';
      await comparePages(
        `groups by ${ordering.field} ${ordering.direction}`,
        'groups',
        ordering,
        { key, id: 1 },
        (page) => groupList(reader, workspace).where({}).page(page),
      );
    });

    it.each(['malaria', 'Malaria weekly', 'group 17', '999', 'nowhere'])(
      'a search reads no more of a large table than of a small one: %s',
      async (search) => {
        const title = `search “${search}” by ${ordering.field} ${ordering.direction}`;
        const statements = await measure(title, () =>
          campaignList(reader, workspace).where({ search }).page({ ordering, from: 'start', limit: LIMIT }),
        );
        for (const { buffers } of statements) expect(buffers).toBeLessThan(MAX_CANDIDATES.page * EACH_CANDIDATE);
      },
    );
  });

  describe.each(['asc', 'desc'] as const)('changes %s', async (direction) => {
    const ordering: Ordering = { field: 'revision', direction };
    const changes = new Changes(reader, workspace);
    const { rows } = await sql<{ uuid: string }>`
      select uuid from changes where workspace_id = ${workspace} and revision = ${sql.lit(deepest / 2)}`.execute(
      reader.db,
    );
    const uuid = rows[0]?.uuid ?? '';
    const revision = direction === 'asc' ? deepest : large - deepest;
    const position = { key: revision, id: revision };
    const changeFilters: ChangeFilter[] = [{}, { types: ['Campaign'] }, { types: ['Campaign'], actions: ['updated'] }];

    it.each(changeFilters)('a page deep in the feed costs what the first one costs: %j', async (filter) => {
      await comparePages(`changes ${JSON.stringify(filter)} ${direction}`, 'changes', ordering, position, (request) =>
        changes.where(filter).page(request),
      );
    });

    it('the history of an object is a range of an index', async () => {
      const statements = await measure(`history of a campaign, ${direction}`, () =>
        changes.whereParent('Campaign', uuid).page({ ordering, from: 'start', limit: LIMIT }),
      );
      for (const { steps } of statements) expect(steps).toContain('Index Scan changes');
    });
  });

  it('what is kept or looked up by its key reads a few pages', async () => {
    const { rows } = await sql<{
      uuid: string;
    }>`select uuid from campaigns where workspace_id = ${workspace} limit 1`.execute(reader.db);
    const reads = {
      'totalCount of campaigns': () => campaignList(reader, workspace).where({}).count(),
      'totalCount of a group': () => campaignList(reader, workspace).where({ group }).count(),
      'a campaign by its UUID': () => campaignList(reader, workspace).byUuid(rows[0]?.uuid ?? ''),
      'the state of the feed': () => feedState(reader, workspace),
    };
    for (const [title, read] of Object.entries(reads)) {
      for (const { buffers } of await measure(title, read)) expect(buffers).toBeLessThan(30);
    }
  });
});

/** Drops the indexes and constraints, because updating them row by row is slow. Returns the statements that create them again. */
async function withoutIndexes({ db }: Session, tables: readonly string[]): Promise<string[]> {
  const again: string[] = [];
  for (const table of tables) {
    // Drop foreign keys first, because they depend on unique keys.
    const { rows: constraints } = await sql<{ name: string; definition: string }>`
      select conname as name, pg_get_constraintdef(oid) as definition from pg_constraint
      where conrelid = ${table}::regclass and contype in ('f', 'u') order by contype`.execute(db);
    const { rows: indexes } = await sql<{ name: string; definition: string }>`
      select indexrelid::regclass::text as name, pg_get_indexdef(indexrelid) as definition from pg_index
      where indrelid = ${table}::regclass
        and not exists (select 1 from pg_constraint where conindid = indexrelid and contype in ('p', 'u'))`.execute(db);
    for (const { name } of constraints)
      await sql`alter table ${sql.table(table)} drop constraint ${sql.id(name)}`.execute(db);
    for (const { name } of indexes) await sql`drop index ${sql.table(name)}`.execute(db);
    again.push(...indexes.map(({ definition }) => definition));
    again.push(
      ...constraints
        .toReversed()
        .map(({ name, definition }) => `alter table ${table} add constraint ${name} ${definition}`),
    );
  }
  return again;
}

/** Adds a workspace whose campaigns were created one second apart, each with a change. One campaign in four is archived. */
async function addWorkspace({ db }: Session, campaigns: number): Promise<WorkspaceId> {
  const { id } = await db
    .insertInto('workspaces')
    .values({ uuid: crypto.randomUUID(), name: `${campaigns} campaigns`, revision: campaigns })
    .returning('id')
    .executeTakeFirstOrThrow();
  // The names are not in the order in which the rows are stored, just as in a workspace that has grown over years.
  const words = WORDS.split(' ');
  const word = (salt: number) =>
    sql`(string_to_array(${WORDS}, ' '))[1 + (hashint8(n * ${sql.lit(salt)}) & 2147483647) % ${sql.lit(words.length)}]`;
  await sql`
    insert into groups (workspace_id, uuid, name, name_key, search_key, kind, is_system, status, contact_count, is_active, created_on)
    select ${id}, gen_random_uuid(), 'Group ' || n, 'group ' || n, 'group ' || n, 'manual', 0, 'ready', 0, 1, n * 1000000
    from generate_series(1, ${sql.lit(GROUPS)}::bigint) as n`.execute(db);
  await sql`
    insert into campaigns
      (workspace_id, group_id, uuid, name, name_key, search_key, is_archived, is_active, created_on, modified_on, revision)
    select ${id}, base + case when n % 50 = 0 then ${sql.lit(LARGE_GROUP - 1)} else n % ${sql.lit(USED_GROUPS)} end, gen_random_uuid(), name, name, name,
      case when n % 4 = 0 then 1 else 0 end, 1, n * 1000000, n * 1000000, n
    from (select min(id) as base from groups where workspace_id = ${id}) as first,
      generate_series(1, ${sql.lit(campaigns)}::bigint) as n,
      lateral (select ${word(3)} || ' ' || ${word(5)} || ' ' || ${word(7)} || ' ' || n as name) as named`.execute(db);
  await sql`
    insert into changes (workspace_id, revision, changed_on, action, type, uuid, fields, origin, user_email, token_name)
    select ${id}, revision, created_on, case when revision % 3 = 0 then 'updated' else 'created' end, 'Campaign', uuid,
      json_build_array(json_build_object('name', 'name', 'before', null, 'after', name)), 'graphql', 'someone@example.org', 'console'
    from campaigns where workspace_id = ${id}`.execute(db);
  return id;
}

/** The number of rows and the size of each table and index, and the number of the program's connections. */
async function sizes({ db }: Session): Promise<string[]> {
  const { rows } = await sql<{ line: string }>`
    select format('| %s | %s | %s |', relname, reltuples::bigint, pg_size_pretty(pg_relation_size(pg_class.oid))) as line
    from pg_class join pg_namespace on pg_namespace.oid = relnamespace and nspname = 'public'
    where relkind in ('r', 'i') and pg_relation_size(pg_class.oid) > 1000000 order by relkind desc, pg_relation_size(pg_class.oid) desc`.execute(
    db,
  );
  const { rows: connections } = await sql<{ count: number; size: string }>`
    select count(*) as count, pg_size_pretty(pg_database_size(current_database())) as size
    from pg_stat_activity where datname = current_database()`.execute(db);
  return [
    ...rows.map(({ line }) => line),
    `connections: ${connections[0]?.count}; database: ${connections[0]?.size}`,
    '',
  ];
}
