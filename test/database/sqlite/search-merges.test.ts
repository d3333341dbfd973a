import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import { sql } from 'kysely';
import { expect, it } from 'vitest';
import type { Database } from '../../../src/database/database.ts';
import { openSqlite } from '../../../src/database/sqlite/sqlite.ts';
import type { WorkspaceId } from '../../../src/database/tables.ts';
import { newUuid } from '../../../src/model/uuid.ts';
import { afterwards } from '../../support/afterwards.ts';
import { temporaryFolder } from '../../support/folder.ts';
import { makeWorkspace } from '../../support/workspace.ts';

/** A database with an empty workspace, and a connection that looks into its search index. */
async function open(): Promise<{ database: Database; workspace: WorkspaceId; index: Sqlite.Database }> {
  const file = join(temporaryFolder(), 'campaigns.db');
  const database = openSqlite(file);
  afterwards(() => database.close());
  await database.migrate();
  const { id } = await makeWorkspace(database);
  const index = new Sqlite(file, { readonly: true });
  afterwards(() => void index.close());
  return { database, workspace: id, index };
}

let seed = 1;

/** A text of `length` letters in which most trigrams differ. It is the same in each run of the tests. */
function manyTrigrams(length: number): string {
  const LETTERS = 'abcdefghijklmnopqrstuvwxyz0123456789';
  return Array.from({ length }, () => {
    seed = (seed * 48_271) % 2_147_483_647;
    return LETTERS[seed % LETTERS.length];
  }).join('');
}

/** Writes groups with such names, in one transaction. */
async function writeGroups(database: Database, workspace: WorkspaceId, count: number): Promise<void> {
  await database.write(workspace, async (write) => {
    const ids: number[] = [];
    for (let made = 0; made < count; made++) {
      const name = manyTrigrams(200);
      const { rows } = await sql<{ id: number }>`
        insert into groups (workspace_id, uuid, name, name_key, search_key, kind, is_system, status, contact_count, is_active, created_on)
        values (${workspace}, ${newUuid()}, ${name}, ${name}, ${name}, 'manual', 0, 'ready', 0, 1, 1) returning id`.execute(
        write.db,
      );
      ids.push(...rows.map(({ id }) => id));
    }
    await write.searchIndex.refresh(write, 'groups', ids);
  });
}

const pagesOf = (index: Sqlite.Database) =>
  new Set(index.prepare<[], number>('select id from groups_search_data').pluck().all());

const segmentsOf = (index: Sqlite.Database) =>
  index.prepare<[], number>('select count(distinct segid) from groups_search_idx').pluck().get();

it('a write merges little of the search index, however large the index is', async () => {
  const { database, workspace, index } = await open();
  for (let write = 0; write < 15; write++) await writeGroups(database, workspace, 100);
  expect(pagesOf(index).size).toBeGreaterThan(100);
  const added: number[] = [];
  for (let write = 0; write < 150; write++) {
    const before = pagesOf(index);
    await writeGroups(database, workspace, 1);
    added.push([...pagesOf(index)].filter((id) => !before.has(id)).length);
  }
  expect(Math.max(...added)).toBeLessThan(30);
});

it('many small writes leave few segments in the search index', async () => {
  const { database, workspace, index } = await open();
  for (let write = 0; write < 150; write++) await writeGroups(database, workspace, 1);
  expect(segmentsOf(index)).toBeLessThan(16);
  for (let write = 0; write < 5; write++) await writeGroups(database, workspace, 300);
  expect(segmentsOf(index)).toBeLessThan(16);
});
