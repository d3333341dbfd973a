import { sql } from 'kysely';
import { newUuid } from '../../src/model/uuid.ts';
import { rebuildDerivedData } from '../../src/model/derived-data.ts';
import type { Database } from '../../src/database/database.ts';
import type { WorkspaceId } from '../../src/database/tables.ts';

const WORDS =
  'malaria water school nurse clinic reminder mother child birth weekly monthly survey north south coast valley';

/**
 * Makes a workspace with `campaigns` campaigns and `groups` groups. Three in ten campaigns are in the first group. Of every
 * 300 of these, 299 are archived. All other campaigns are not archived.
 */
export async function makeLargeWorkspace(database: Database, campaigns: number, groups: number): Promise<WorkspaceId> {
  return database.administer(async (session) => {
    const { id } = await session.db
      .insertInto('workspaces')
      .values({ uuid: newUuid(), name: 'Large' })
      .returning('id')
      .executeTakeFirstOrThrow();
    const word = (salt: number) =>
      sql`json_extract(${JSON.stringify(WORDS.split(' '))}, '$[' || (abs(n * ${sql.lit(salt)} + n / 7) % 16) || ']')`;
    const name = sql`${word(2_654_435)} || ' ' || ${word(40_503)} || ' ' || ${word(97)} || ' ' || n`;
    const uuid = sql`lower(printf('%08x-0000-4000-8000-%012x', ${id}, n))`;
    await sql`
      with recursive numbers(n) as (select 1 union all select n + 1 from numbers where n < ${groups})
      insert into groups (workspace_id, uuid, name, name_key, search_key, kind, is_system, status, contact_count, is_active, created_on)
      select ${id}, ${uuid}, ${name}, ${name}, ${name}, 'manual', 0, 'ready', 0, 1, n * 1000000 from numbers`.execute(
      session.db,
    );
    const first = await sql<{ id: number }>`select min(id) as id from groups where workspace_id = ${id}`.execute(
      session.db,
    );
    const base = first.rows[0]?.id ?? 0;
    await sql`
      with recursive numbers(n) as (select 1 union all select n + 1 from numbers where n < ${campaigns})
      insert into campaigns
        (workspace_id, group_id, uuid, name, name_key, search_key, is_archived, is_active, created_on, modified_on)
      select ${id}, ${base} + case when n % 10 < 3 then 0 else n % ${groups} end, ${uuid}, ${name}, ${name}, ${name},
        case when n % 10 < 3 and n % 1000 > 0 then 1 else 0 end, 1, 1700000000000000 + n * 1000000, 1700000000000000
      from numbers`.execute(session.db);
    await rebuildDerivedData(session, id);
    return id;
  });
}
