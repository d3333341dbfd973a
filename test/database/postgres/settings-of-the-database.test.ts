import { sql } from 'kysely';
import { expect, it } from 'vitest';
import type { Session } from '../../../src/database/database.ts';
import { Campaigns } from '../../../src/model/campaigns.ts';
import { afterwards } from '../../support/afterwards.ts';
import { AUTHOR } from '../../support/author.ts';
import { newPostgresPlace, openAt } from '../../support/engine.ts';
import { execute } from '../../support/postgres-templates.ts';
import { makeWorkspace } from '../../support/workspace.ts';

// A database can have settings of its own, which hold for each session in it: `alter database … set …`.

async function placeWith(content: 'tables' | 'nothing', setting: string) {
  const { address } = await newPostgresPlace(content);
  await execute(address.url, `alter database ${new URL(address.url).pathname.slice(1)} set ${setting}`);
  return address;
}

it('searches also where backslashes in texts begin escape sequences', async () => {
  const database = openAt(await placeWith('tables', 'standard_conforming_strings = off'));
  afterwards(() => database.close());
  const names = ['100% of mothers', 'Mothers'];
  const { id } = await makeWorkspace(database, { campaigns: names.map((name, created) => ({ name, created })) });
  const { list } = new Campaigns(database, id, AUTHOR);
  expect(await list.where({ search: '100%' }).count()).toBe(1);
});

it('a dump and a load may wait for their file as long as it takes', async () => {
  const database = openAt(await placeWith('tables', 'idle_in_transaction_session_timeout = 60000'));
  afterwards(() => database.close());
  const longestWait = async ({ db }: Session): Promise<unknown> => {
    const { rows } = await sql`select current_setting('idle_in_transaction_session_timeout') as wait`.execute(db);
    return rows[0];
  };
  expect(await longestWait(database.reader)).toEqual({ wait: '1min' });
  expect(await database.snapshot(longestWait)).toEqual({ wait: '0' });
  expect(await database.administer(longestWait)).toEqual({ wait: '0' });
});

it('servers that start at once wait for the one that migrates', async () => {
  const address = await placeWith('nothing', 'lock_timeout = 1');
  const databases = Array.from({ length: 3 }, () => openAt(address));
  afterwards(() => Promise.all(databases.map((database) => database.close())));
  const migrated = await Promise.all(databases.map((database) => database.migrate()));
  expect(migrated.filter((ran) => ran.length > 0)).toHaveLength(1);
});

it('searches have their indexes also where the extensions are in a schema that search_path does not name', async () => {
  const address = await placeWith('nothing', 'search_path = "Of campaigns"');
  const extensions = ['pg_trgm', 'btree_gin'].map((name) => `create extension ${name} schema "Of extensions"`);
  await execute(address.url, 'create schema "Of campaigns"', 'create schema "Of extensions"', ...extensions);
  const database = openAt(address);
  afterwards(() => database.close());
  await database.migrate();
  const { rows } = await sql`select to_regclass('campaigns_search') is not null as indexed`.execute(database.reader.db);
  expect(rows).toEqual([{ indexed: true }]);
  const { id } = await makeWorkspace(database, { campaigns: [{ name: 'Vaccination', created: 0 }] });
  expect(await new Campaigns(database, id, AUTHOR).list.where({ search: 'accin' }).count()).toBe(1);
});
