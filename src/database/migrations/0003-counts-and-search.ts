import type { Kysely } from 'kysely';
import { sql } from 'kysely';
import { foldName, searchKey } from '../../encoding/fold.ts';
import type { Session } from '../database.ts';
import type { EngineTypes } from './migration.ts';

/** How many rows one statement changes. */
const CHUNK = 1_000;

const SEARCHED_INDEXES = [
  ['campaigns_created', ['workspace_id', 'created_on']],
  ['campaigns_created_by_archived', ['workspace_id', 'is_archived', 'created_on']],
  ['campaigns_name_by_archived', ['workspace_id', 'is_archived', 'name_key']],
] as const;

/**
 * Each workspace keeps the lengths of its lists, so that a total costs the same however long a list is. Names get a second
 * key, for search, and an index for it; their first key no longer distinguishes how accents are encoded.
 */
export async function countsAndSearch(db: Kysely<unknown>, types: EngineTypes, session: Session): Promise<void> {
  await db.schema
    .createTable('list_counts')
    .addColumn('workspace_id', 'bigint', (column) => column.notNull().references('workspaces.id'))
    // 0: the list of the whole workspace. Otherwise the id of the group whose campaigns are counted.
    .addColumn('parent_id', 'bigint', (column) => column.notNull())
    .addColumn('list', types.key, (column) => column.notNull())
    .addColumn('is_archived', 'smallint', (column) => column.notNull())
    .addColumn('count', 'bigint', (column) => column.notNull())
    .addPrimaryKeyConstraint('list_counts_key', ['workspace_id', 'parent_id', 'list', 'is_archived'])
    .execute();
  await sql`
    insert into list_counts (workspace_id, parent_id, list, is_archived, count)
    select workspace_id, 0, 'groups', 0, count(*) from groups
    where is_active = 1 and kind <> 'status' group by workspace_id
    union all
    select workspace_id, 0, 'campaigns', is_archived, count(*) from campaigns
    where is_active = 1 group by workspace_id, is_archived
    union all
    select workspace_id, group_id, 'campaigns', is_archived, count(*) from campaigns
    where is_active = 1 group by workspace_id, group_id, is_archived`.execute(db);

  // These indexes are created again after the keys have been written, with the columns that a search compares. A search that reads
  // a long part of a list then need not read the rows themselves.
  for (const [name] of SEARCHED_INDEXES) await db.schema.dropIndex(name).execute();
  await types.createSearchIndexes(db);
  for (const table of ['groups', 'campaigns'] as const) {
    await db.schema
      .alterTable(table)
      .addColumn('search_key', types.key, (column) => column.notNull().defaultTo(''))
      .execute();
    await foldNames(db, table);
    await session.searchIndex.rebuild(session, table);
  }
  for (const [name, columns] of SEARCHED_INDEXES) {
    await db.schema
      .createIndex(name)
      .on('campaigns')
      .columns([...columns, 'id', 'search_key', 'group_id'])
      .where(sql.ref('is_active'), '=', sql.lit(1))
      .execute();
  }
}

/** Computes both keys of each name again, and writes them. */
async function foldNames(db: Kysely<unknown>, table: 'groups' | 'campaigns'): Promise<void> {
  const refolded: { id: number; key: string }[] = [];
  for (let last = 0; ;) {
    const { rows } = await sql<{ id: number; name: string; name_key: string }>`
      select id, name, name_key from ${sql.table(table)} where id > ${last} order by id limit ${sql.lit(CHUNK)}`.execute(
      db,
    );
    if (rows.length === 0) break;
    last = rows.at(-1)?.id ?? last;
    const keys = rows.map(({ id, name }) => sql`(${id}, ${searchKey(name)})`);
    await sql`
      update ${sql.table(table)} set search_key = folded.column2
      from (values ${sql.join(keys)}) as folded where id = folded.column1`.execute(db);
    for (const { id, name, name_key } of rows) {
      const key = foldName(name);
      if (key !== name_key) refolded.push({ id, key });
    }
  }
  for (const { id, key } of refolded) {
    // Two names of a workspace may differ only in how their accents are encoded. A name whose new key is taken keeps its
    // old one, so that nothing is lost: both stay readable, and either can be renamed. Until then, a page in the order of names that
    // ends at this row continues at the place of the other row, because cursors are made from names.
    await sql`
      update ${sql.table(table)} as twin set name_key = ${key}
      where id = ${id} and (is_active = 0 or not exists (
        select 1 from ${sql.table(table)} as earlier
        where earlier.workspace_id = twin.workspace_id and earlier.name_key = ${key} and earlier.is_active = 1
      ))`.execute(db);
  }
}
