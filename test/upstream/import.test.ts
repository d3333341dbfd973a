import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Database } from '../../src/database/database.ts';
import type { WorkspaceId } from '../../src/database/tables.ts';
import { AccountClient } from '../../src/upstream/account-client.ts';
import { afterwards } from '../support/afterwards.ts';
import { runCommand } from '../support/command.ts';
import type { DatabasePlace } from '../support/engine.ts';
import { newPlace, openAt } from '../support/engine.ts';
import { temporaryFolder } from '../support/folder.ts';
import { tokenKey } from '../support/fixture.ts';
import type { LiveAccount } from './support/live-account.ts';
import { openLiveAccount } from './support/live-account.ts';
import { accountOf, giveForeignNames, shownBy, shownHere } from './support/mirror.ts';

let account: LiveAccount;

beforeAll(async () => {
  account = await openLiveAccount();
  await giveForeignNames(account, 2 as WorkspaceId);
});

function opened({ address }: DatabasePlace): Database {
  const database = openAt(address);
  afterwards(() => database.close());
  return database;
}

describe('campaigns import', () => {
  it.each([['admin2'], ['admin'], ['admin4']] as const)(
    'brings all that the account of %s shows, in its order, into a database of its own',
    async (token) => {
      const place = await newPlace();
      const outcome = await runCommand(['import', '--from', account.url], {
        ...place.settings,
        UPSTREAM_TOKEN: tokenKey(token),
      });
      expect(outcome).toMatchObject({ code: 0, stdout: '' });
      const database = opened(place);
      const workspaces = await database.reader.db.selectFrom('workspaces').select(['id', 'name']).execute();
      expect(workspaces).toHaveLength(1);
      const { id: workspace, name } = workspaces[0] ?? { id: 0 as WorkspaceId, name: '' };
      const client = new AccountClient(accountOf(account, token));
      afterwards(() => client.close());
      const there = await shownBy(client);
      expect(await shownHere({ database, workspace })).toEqual(there);
      expect(outcome.stderr).toContain(
        `Imported "${name}": ${there.campaigns.length} campaigns and ${there.groups.length} groups.`,
      );
      // From now on the workspace is not connected to the account.
      expect(await database.reader.db.selectFrom('upstreams').selectAll().execute()).toEqual([]);
      const check = await runCommand(['check'], place.settings);
      expect(check.code).toBe(0);
    },
  );

  it('reads several accounts of a file, and a token from a file', async () => {
    const [file, tokenFile] = [join(temporaryFolder(), 'accounts.json'), join(temporaryFolder(), 'token')];
    writeFileSync(file, JSON.stringify([accountOf(account, 'admin2'), accountOf(account, 'admin4')]));
    writeFileSync(tokenFile, `${tokenKey('admin2')}\n`);
    const several = await runCommand(['import'], { ...(await newPlace()).settings, UPSTREAMS_FILE: file });
    expect(several).toMatchObject({ code: 0 });
    expect(several.stderr).toMatch(/Imported "Mto Farming".*\nImported "Bulk Import"/);
    const one = await runCommand(['import', '--from', account.url], {
      ...(await newPlace()).settings,
      UPSTREAM_TOKEN_FILE: tokenFile,
    });
    expect(one.code).toBe(0);
  });

  it.each<[string, readonly string[], Record<string, string>, RegExp]>([
    ['no account', [], {}, /^campaigns: Which account\?/],
    ['no token', ['--from', 'https://textit.example'], {}, /^campaigns: UPSTREAM_TOKEN is ""/],
    ['a wrong token', ['--from', '$url'], { UPSTREAM_TOKEN: 'wrong' }, /^campaigns: \S+ refuses the token \(403\)\./],
    [
      'a server that is not there',
      ['--from', 'http://127.0.0.1:1'],
      { UPSTREAM_TOKEN: 'x' },
      /^campaigns: http:\/\/127\.0\.0\.1:1 cannot be read at present\. The connection failed: ECONNREFUSED\.$/,
    ],
  ])('says in one line what is wrong with %s, and writes nothing', async (_what, args, settings, line) => {
    const place = await newPlace();
    const given = args.map((arg) => (arg === '$url' ? account.url : arg));
    const outcome = await runCommand(['import', ...given], { ...place.settings, ...settings });
    expect(outcome.code).toBe(1);
    expect(outcome.stderr.trimEnd()).toMatch(line);
    expect(outcome.stderr.trimEnd().split('\n')).toHaveLength(1);
  });

  it.each([
    ['foo', 'foo'],
    ['', ''],
    ['none', 'none'],
    ['ftp://textit.example', 'ftp://textit.example'],
    ['https://user:secret@textit.example', 'https://…@textit.example'],
  ])('refuses the address "%s", also beside a good one, and names the option', async (address, shown) => {
    const { settings } = await newPlace();
    const others = { UPSTREAM_TOKEN: 'x', UPSTREAM_URL: 'https://textit.example' };
    expect(await runCommand(['import', '--from', address], { ...settings, ...others })).toEqual({
      code: 1,
      stdout: '',
      stderr: `campaigns: --from is "${shown}", which cannot be used: it must be the address of a server with API v2, such as https://textit.com.\n`,
    });
  });

  it('refuses an address beside a file of accounts, and names the option', async () => {
    const { settings } = await newPlace();
    const args = ['import', '--from', 'https://textit.example'];
    expect(await runCommand(args, { ...settings, UPSTREAMS_FILE: '/accounts.json' })).toEqual({
      code: 1,
      stdout: '',
      stderr:
        'campaigns: --from is "https://textit.example", which cannot be used: it must be left out where UPSTREAMS_FILE names the accounts and their tokens.\n',
    });
  });

  it('refuses a database that has data, without a request to the account', async () => {
    const place = await newPlace();
    const settings = { ...place.settings, UPSTREAM_TOKEN: tokenKey('admin2') };
    await runCommand(['import', '--from', account.url], settings);
    const asked = account.asked.length;
    const again = await runCommand(['import', '--from', account.url], settings);
    expect(again.code).toBe(1);
    expect(again.stderr).toMatch(/^campaigns: The database is not empty: it has the workspace "Mto Farming"\./);
    expect(account.asked.length).toBe(asked);
  });

  it('accepts a database that has tables alone', async () => {
    const { settings } = await newPlace('tables');
    const args = ['import', '--from', account.url];
    expect(await runCommand(args, { ...settings, UPSTREAM_TOKEN: tokenKey('admin2') })).toMatchObject({ code: 0 });
  });

  it('refuses a file that cannot be a database, without a request to the account', async () => {
    const folder = temporaryFolder();
    writeFileSync(join(folder, 'notes.txt'), 'notes '.repeat(1_000));
    mkdirSync(join(folder, 'folder'));
    const asked = account.asked.length;
    for (const [file, line] of [
      ['notes.txt', /^campaigns: The database file "\S+" cannot be read: it is not a SQLite database\.\n$/],
      ['folder', /^campaigns: The database file "\S+" cannot be opened: it is a folder\.\n$/],
      ['notes.txt/campaigns.db', /^campaigns: The database file "\S+" cannot be opened: "\S+" is no folder\.\n$/],
    ] as const) {
      const settings = { DATABASE_URL: `file:${join(folder, file)}`, UPSTREAM_TOKEN: tokenKey('admin2') };
      const outcome = await runCommand(['import', '--from', account.url], settings);
      expect([outcome.code, outcome.stderr]).toEqual([1, expect.stringMatching(line)]);
    }
    expect([account.asked.length, readdirSync(folder)]).toEqual([asked, ['folder', 'notes.txt']]);
  });

  it('makes no database when the account cannot be read', async () => {
    const folder = temporaryFolder();
    const settings = { DATABASE_URL: `file:${join(folder, 'data', 'campaigns.db')}`, UPSTREAM_TOKEN: 'wrong' };
    expect((await runCommand(['import', '--from', account.url], settings)).code).toBe(1);
    expect(readdirSync(folder)).toEqual([]);
  });
});
