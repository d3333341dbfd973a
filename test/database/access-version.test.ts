import { join } from 'node:path';
import { expect, it } from 'vitest';
import { createToken, revokeToken } from '../../src/access/administration.ts';
import { tokenCredentials } from '../../src/access/credentials.ts';
import { rememberingIdentify } from '../../src/access/identity.ts';
import { openSqlite } from '../../src/database/sqlite/sqlite.ts';
import type { WorkspaceId } from '../../src/database/tables.ts';
import { afterwards } from '../support/afterwards.ts';
import { putFixture } from '../support/engine.ts';
import { temporaryFolder } from '../support/folder.ts';

// On SQLite. For PostgreSQL see postgres/access-version.test.ts.

const file = join(temporaryFolder(), 'campaigns.db');
await putFixture(file);
const statements: string[] = [];
const here = openSqlite(file, (statement) => void statements.push(statement));
/** Another connection, like that of another process. */
const elsewhere = openSqlite(file);
afterwards(() => Promise.all([here.close(), elsewhere.close()]));

const workspace = 1 as WorkspaceId;
const identify = rememberingIdentify(here);
const lookedUp = () => statements.filter((statement) => statement.includes('key_hash')).length;

const newToken = async () => {
  const token = { workspace: 'Nyota Health', email: 'a@nyota.example', role: 'editor', name: 'A' } as const;
  return tokenCredentials(await createToken(elsewhere, { ...token, expiresOn: null }));
};

it('callers stay remembered while others write, and are refused as soon as another process has revoked their token', async () => {
  const credentials = await newToken();
  expect(await identify(credentials)).toMatchObject({ role: 'editor' });
  const before = lookedUp();
  for (const database of [here, elsewhere, here]) {
    await database.write(workspace, ({ db }) =>
      db.updateTable('groups').set({ query: 'x' }).where('workspace_id', '=', workspace).execute(),
    );
    expect(await identify(credentials)).not.toBeNull();
  }
  expect(lookedUp()).toBe(before);
  await revokeToken(elsewhere, { token: credentials.key });
  expect(await identify(credentials)).toBeNull();
});

it('the version changes with users, memberships and tokens, unless the transaction fails', async () => {
  const versions: number[] = [];
  const note = () => void versions.push(here.version());
  const fail = async () => {
    throw new Error('taken back');
  };
  note();
  await elsewhere.write(workspace, async () => {});
  note();
  await elsewhere.administer(async () => {}, { changesAccess: false });
  note();
  await elsewhere.write(workspace, fail, { changesAccess: true }).catch(() => {});
  await elsewhere.administer(fail).catch(() => {});
  note();
  expect(new Set(versions).size).toBe(1);
  await elsewhere.write(workspace, async () => {}, { changesAccess: true });
  note();
  await elsewhere.administer(async () => {});
  note();
  await here.write(workspace, async () => {}, { changesAccess: true });
  note();
  expect(new Set(versions).size).toBe(4);
});
