import { chmodSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { openSqlite } from '../../src/database/sqlite/sqlite.ts';
import { temporaryFolder } from '../support/folder.ts';

it('a new database and the files beside it can be read by their owner alone, and an older one keeps its rights', async () => {
  const file = join(temporaryFolder(), 'campaigns.db');
  const rights = async () => {
    const database = openSqlite(file);
    await database.migrate();
    const modes = [file, `${file}-wal`, `${file}-shm`].map((path) => (statSync(path).mode & 0o777).toString(8));
    await database.close();
    return modes;
  };
  expect(await rights()).toEqual(['600', '600', '600']);
  chmodSync(file, 0o640);
  expect(await rights()).toEqual(['640', '640', '640']);
});
