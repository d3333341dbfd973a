import { join } from 'node:path';
import type { Kysely } from 'kysely';
import { sql } from 'kysely';
import { describe, expect, it } from 'vitest';
import type { Database } from '../../src/database/database.ts';
import { campaignTables } from '../../src/database/migrations/0001-campaigns.ts';
import { workspaceRevisions } from '../../src/database/migrations/0002-revisions.ts';
import { openSqlite } from '../../src/database/sqlite/sqlite.ts';
import type { WorkspaceId } from '../../src/database/tables.ts';
import { Campaigns } from '../../src/model/campaigns.ts';
import { Groups } from '../../src/model/groups.ts';
import { AUTHOR } from '../support/author.ts';
import { afterwards } from '../support/afterwards.ts';
import { temporaryFolder } from '../support/folder.ts';
import { done } from '../support/outcome.ts';

// Tests migration 0003 on a database of the previous release that contains data.

const WORKSPACE = 1 as WorkspaceId;
const NFD = 'e\u0301te\u0301';
/** Campaigns as [name, key, is_archived, is_active]. The previous release only folded the case of a name to make its key. */
const CAMPAIGNS = [
  ['Élevage au Mali', 'élevage au mali', 0, 1],
  [NFD, NFD, 0, 1],
  ['été', 'été', 0, 1],
  [`${NFD} 2`, `${NFD} 2`, 1, 1],
  ['Deleted', 'deleted', 0, 0],
] as const;

async function openMigrated(): Promise<Database> {
  const database = openSqlite(join(temporaryFolder(), 'campaigns.db'));
  afterwards(() => database.close());
  await database.administer(async (session) => {
    const db = session.db as unknown as Kysely<unknown>;
    const types = {
      identity: ['integer', (column) => column.primaryKey().autoIncrement()],
      key: 'text',
      rowId: ['integer', (column) => column.primaryKey().autoIncrement()],
      distributed: false,
      createSearchIndexes: async () => {},
      endAutomaticMerges: async () => {},
    } satisfies Parameters<typeof campaignTables>[1];
    await campaignTables(db, types);
    await workspaceRevisions(db);
    await sql`create table kysely_migration (name varchar(255) not null primary key, timestamp varchar(255) not null)`.execute(
      db,
    );
    await sql`insert into kysely_migration values ('0001-campaigns', ''), ('0002-revisions', '')`.execute(db);
    await sql`insert into workspaces (id, uuid, name) values (1, 'w', 'W')`.execute(db);
    for (const [place, kind] of ['manual', 'status'].entries()) {
      await sql`
        insert into groups values (${place + 1}, 1, ${`g${place}`}, ${`Fermières ${kind}`}, ${`fermières ${kind}`},
          ${kind}, 0, null, 'ready', 0, 1, 0)`.execute(db);
    }
    for (const [place, [name, key, archived, active]] of CAMPAIGNS.entries()) {
      await sql`
        insert into campaigns values (${place + 1}, 1, 1, ${`c${place}`}, ${name}, ${key}, ${archived}, ${active},
          ${place}, 0)`.execute(db);
    }
  });
  expect(await database.migrate()).toContain('0003-counts-and-search');
  return database;
}

describe('after the migration of a database with data', () => {
  it('the counts are kept', async () => {
    const database = await openMigrated();
    const { list } = new Campaigns(database, WORKSPACE, AUTHOR);
    expect([await list.where({}).count(), await list.where({ archived: null }).count()]).toEqual([3, 4]);
    expect(await list.whereParent('group', 1, { archived: true }).count()).toBe(1);
    expect(await new Groups(database, WORKSPACE, AUTHOR).list.where({}).count()).toBe(1);
  });

  it('existing names are found by a search', async () => {
    const { list } = new Campaigns(await openMigrated(), WORKSPACE, AUTHOR);
    const search = async (text: string) => list.where({ search: text, archived: null }).count();
    expect([await search('mali elevage'), await search('fermieres'), await search('delet')]).toEqual([1, 4, 0]);
  });

  it('names that differ only in how accents are encoded stay as they were, and each can be renamed', async () => {
    const database = await openMigrated();
    const campaigns = new Campaigns(database, WORKSPACE, AUTHOR);
    const ordering = { field: 'created', direction: 'asc' } as const;
    const { rows } = await campaigns.list.where({}).page({ ordering, from: 'start', limit: 10 });
    expect(rows.map(({ name }) => name)).toEqual(['Élevage au Mali', NFD, 'été']);
    expect(done(await campaigns.update('c1', { archived: true })).name).toBe(NFD);
    expect(done(await campaigns.update('c1', { archived: false, name: 'Summer' })).name).toBe('Summer');
    expect(await campaigns.create({ name: NFD, group: { uuid: 'g0' } })).toMatchObject({ errors: [{ code: 'TAKEN' }] });
    // The campaign without a twin has got the new key.
    expect(await campaigns.create({ name: 'ÉTÉ 2', group: { uuid: 'g0' } })).toMatchObject({
      errors: [{ code: 'TAKEN' }],
    });
  });
});
