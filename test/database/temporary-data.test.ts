import { join } from 'node:path';
import { sql } from 'kysely';
import { expect, it } from 'vitest';
import { openSqlite } from '../../src/database/sqlite/sqlite.ts';
import type { Session } from '../../src/database/database.ts';
import type { WorkspaceId } from '../../src/database/tables.ts';
import { afterwards } from '../support/afterwards.ts';
import { temporaryFolder } from '../support/folder.ts';

/** The values of `pragma temp_store`, see https://www.sqlite.org/pragma.html#pragma_temp_store */
const FILE = 1;
const MEMORY = 2;

async function placeOf({ db }: Session): Promise<number> {
  const { rows } = await sql<{ temp_store: number }>`pragma temp_store`.execute(db);
  return rows[0]?.temp_store ?? 0;
}

it('what undoes a small write is kept in memory, and what a large one needs in a file', async () => {
  const database = openSqlite(join(temporaryFolder(), 'campaigns.db'));
  afterwards(() => database.close());
  await database.migrate();
  const workspace = 1 as WorkspaceId;

  const small = () => database.write(workspace, placeOf);
  const long = () => database.write(workspace, placeOf, { long: true });
  const places = [await small(), await long(), await small(), await database.administer(placeOf), await small()];
  expect(places).toEqual([MEMORY, FILE, MEMORY, FILE, MEMORY]);
});
