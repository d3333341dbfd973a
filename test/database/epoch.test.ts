import { copyFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { backupDatabase } from '../../src/database/open.ts';
import { openSqlite } from '../../src/database/sqlite/sqlite.ts';
import type { WorkspaceId } from '../../src/database/tables.ts';
import { feedState } from '../../src/model/feed-state.ts';
import { loadSnapshot } from '../../src/snapshot/load.ts';
import { fixture } from '../support/fixture.ts';
import { temporaryFolder } from '../support/folder.ts';

const folder = temporaryFolder();
const WORKSPACE = 2 as WorkspaceId;

/** Opens and migrates the file as a server does when it starts, and returns the feed's epoch. */
async function epochOf(file: string): Promise<string> {
  const database = openSqlite(file);
  await database.migrate();
  const { epoch } = await feedState(database.reader, WORKSPACE);
  await database.close();
  return epoch;
}

it('the epoch of the feed stays from start to start, and is another one after a load and each time a backup is restored', async () => {
  const [file, backup] = [join(folder, 'campaigns.db'), join(folder, 'backup.db')];
  const database = openSqlite(file);
  await database.migrate();
  const before = await database.reader.db.selectFrom('feed').select('epoch').execute();
  await loadSnapshot(database, fixture);
  expect(await database.reader.db.selectFrom('feed').select('epoch').execute()).not.toEqual(before);
  await database.close();

  const first = await epochOf(file);
  expect(await epochOf(file)).toBe(first);

  await backupDatabase({ engine: 'sqlite', file }, backup, () => {});
  expect(await epochOf(file)).toBe(first);
  const restored = [join(folder, 'one.db'), join(folder, 'other.db')];
  for (const copy of restored) copyFileSync(backup, copy);
  const epochs = [first, ...(await Promise.all(restored.map(epochOf)))];
  expect(new Set(epochs).size).toBe(3);
});
