import { renameSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { DatabaseError } from '../../src/database/errors.ts';
import { openReadOnly } from '../../src/database/open.ts';
import { openSqlite } from '../../src/database/sqlite/sqlite.ts';
import { makeFolder } from '../../src/database/sqlite/database-folder.ts';
import { afterwards } from '../support/afterwards.ts';
import { temporaryFolder } from '../support/folder.ts';

it('goes on when its folder cannot be reached any more, and says so when it is opened', async () => {
  const folder = join(temporaryFolder(), 'data');
  makeFolder(folder);
  const address = { engine: 'sqlite', file: join(folder, 'campaigns.db') } as const;
  const writer = openSqlite(address.file);
  afterwards(() => writer.close());
  await writer.migrate();

  const reader = openReadOnly(address);
  renameSync(folder, `${folder}-moved`);
  // A link that leads to itself: looking at a file in it is an error, as in a folder of another user.
  symlinkSync(folder, folder);
  expect(() => reader.refresh()).not.toThrow();
  expect(() => openReadOnly(address)).toThrow(DatabaseError);
});
