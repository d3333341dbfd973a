import { existsSync } from 'node:fs';
import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import { sql } from 'kysely';
import { describe, expect, it } from 'vitest';
import { openSqlite } from '../../src/database/sqlite/sqlite.ts';
import { newUuid } from '../../src/model/uuid.ts';
import { runCommand } from '../support/command.ts';
import { FIXTURE } from '../support/fixture.ts';
import { temporaryFolder } from '../support/folder.ts';
import { campaigns, inFile } from '../support/program.ts';

const folder = temporaryFolder();
let files = 0;
const newFile = () => join(folder, `${(files += 1)}.db`);

describe('migrating', () => {
  it('makes the tables once, and then finds nothing to do', async () => {
    const database = openSqlite(newFile());
    expect(await database.migrate()).toEqual([
      '0001-campaigns',
      '0002-revisions',
      '0003-counts-and-search',
      '0004-token-use',
      '0005-idempotency-keys',
      '0006-campaigns-of-a-group',
      '0007-changes',
      '0008-write-marks',
      '0010-webhooks',
      '0012-changes-by-actor',
      '0013-upstreams',
      '0014-members-and-tokens',
      '0015-upstream-sends',
      '0016-search-merges',
      '0017-webhook-deliveries',
      '0018-webhook-revisions',
    ]);
    expect(await database.migrate()).toEqual([]);
    await database.close();
  });

  it('is safe when several processes start at once: one does it', async () => {
    const settings = inFile(newFile());
    const outcomes = await Promise.all(Array.from({ length: 6 }, () => campaigns(['migrate'], settings)));
    expect(outcomes.map(({ code, stderr }) => [code, stderr])).toEqual(outcomes.map(() => [0, '']));
    const said = outcomes.map(({ stdout }) => stdout.trim()).toSorted();
    expect(said).toEqual([
      'Migrated: 0001-campaigns, 0002-revisions, 0003-counts-and-search, 0004-token-use, 0005-idempotency-keys, 0006-campaigns-of-a-group, 0007-changes, 0008-write-marks, 0010-webhooks, 0012-changes-by-actor, 0013-upstreams, 0014-members-and-tokens, 0015-upstream-sends, 0016-search-merges, 0017-webhook-deliveries, 0018-webhook-revisions.',
      ...Array.from({ length: 5 }, () => 'The database is up to date; there was nothing to do.'),
    ]);
  }, 30_000);

  it('is one transaction: when the last of it fails nothing has changed', async () => {
    const file = newFile();
    const sqlite = new Sqlite(file);
    // The index name groups_name is in use, so the first migration fails when it creates its index, after creating its tables.
    sqlite.exec('create table standing (id integer); create index groups_name on standing (id)');
    const database = openSqlite(file);
    await expect(database.migrate()).rejects.toThrow('groups_name');
    const tables = sqlite.prepare<[], { name: string }>("select name from sqlite_master where type = 'table'").all();
    expect(tables).toEqual([{ name: 'standing' }]);
    await database.close();
    sqlite.close();
  });

  it('refuses a database that a newer release has migrated, in one clear line, and leaves it as it is', async () => {
    const file = newFile();
    const database = openSqlite(file);
    await database.migrate();
    await database.administer(({ db }) =>
      sql`insert into kysely_migration (name, timestamp) values ('9999-later', '2040')`.execute(db),
    );
    await database.close();
    for (const command of [['migrate'], ['serve'], ['token', 'list'], ['dump', '-']]) {
      expect(await campaigns(command, inFile(file))).toEqual({
        code: 1,
        stdout: '',
        stderr:
          'campaigns: The database has been migrated by a newer release (it has "9999-later"). Start that release or a later one with it.\n',
      });
    }
  });
});

describe('a database of an earlier release', () => {
  const file = newFile();
  const snapshot = `${file}.json`;
  const executed = () => {
    const sqlite = new Sqlite(file, { readonly: true });
    const names = sqlite.prepare<[], string>('select name from kysely_migration order by name').pluck().all();
    sqlite.close();
    return names;
  };
  const user = ['--workspace', 'Nyota', '--email', 'a@nyota.example', '--role', 'viewer'];

  it.each([
    ['token', 'list'],
    ['token', 'create', ...user],
    ['token', 'revoke', '1'],
    ['webhook', 'list', '--workspace', 'Nyota'],
    ['webhook', 'create', 'https://receiver.example', '--workspace', 'Nyota', '--name', 'Receiver'],
    ['workspace', 'create', 'Other'],
    ['upstream', 'accept', '--workspace', 'Nyota'],
    ['load', FIXTURE],
    ['dump', snapshot],
  ])('is not migrated by a command that is not for it: %s %s', async (...command) => {
    if (!existsSync(file)) {
      const database = openSqlite(file);
      await database.migrate();
      await database.administer(({ db }) =>
        sql`delete from kysely_migration where name = '0016-search-merges'`.execute(db),
      );
      await database.close();
    }
    const before = executed();
    const { code, stdout, stderr } = await runCommand(command, inFile(file));
    expect([code, stdout]).toEqual([1, '']);
    expect(stderr).toMatch(
      /^campaigns: [^\n]*it lacks "0016-search-merges"[^\n]* Run "campaigns migrate" first[^\n]*\n$/,
    );
    expect(executed()).toEqual(before);
    expect(existsSync(snapshot)).toBe(false);
  });
});

describe('a database', () => {
  it('syncs its log at every commit, and keeps foreign keys', async () => {
    const file = newFile();
    const heard: string[] = [];
    const database = openSqlite(file, (statement) => heard.push(statement.toLowerCase()));
    await database.migrate();
    for (const setting of ['journal_mode = wal', 'synchronous = full', 'foreign_keys = on']) {
      expect(heard.filter((statement) => statement.includes(setting))).toHaveLength(2);
    }
    await expect(
      database.administer(({ db }) =>
        db
          .insertInto('memberships')
          .values({
            workspace_id: 1 as never,
            uuid: newUuid(),
            user_id: 1,
            email_key: 'a@b.example',
            role: 'viewer',
            is_active: 1,
            created_on: 0,
          })
          .execute(),
      ),
    ).rejects.toThrow('FOREIGN KEY');
    await database.close();
  });

  it('reads the last commit while a transaction is open, without waiting', async () => {
    const database = openSqlite(newFile());
    await database.migrate();
    const read = () => database.reader.db.selectFrom('users').select('email').execute();
    await database.administer(async ({ db }) => {
      await db.insertInto('users').values({ email: 'a@b.example', is_active: 1 }).execute();
      const started = performance.now();
      expect(await read()).toEqual([]);
      expect(performance.now() - started).toBeLessThan(200);
    });
    expect(await read()).toEqual([{ email: 'a@b.example' }]);
    await database.close();
  });

  it('reads while another process is writing, too', async () => {
    const file = newFile();
    const [one, other] = [openSqlite(file), openSqlite(file)];
    await one.migrate();
    await one.administer(async ({ db }) => {
      await db.insertInto('users').values({ email: 'a@b.example', is_active: 1 }).execute();
      expect(await other.reader.db.selectFrom('users').selectAll().execute()).toEqual([]);
    });
    await Promise.all([one.close(), other.close()]);
  });

  it('changes nothing when the work of a transaction fails, and goes on', async () => {
    const database = openSqlite(newFile());
    await database.migrate();
    await expect(
      database.administer(async ({ db }) => {
        await db.insertInto('users').values({ email: 'a@b.example', is_active: 1 }).execute();
        throw new Error('no');
      }),
    ).rejects.toThrow('no');
    expect(await database.reader.db.selectFrom('users').selectAll().execute()).toEqual([]);
    await database.administer(({ db }) =>
      db.insertInto('users').values({ email: 'c@d.example', is_active: 1 }).execute(),
    );
    expect(await database.reader.db.selectFrom('users').select('email').execute()).toEqual([{ email: 'c@d.example' }]);
    await database.close();
  });

  it('never uses an id twice, so that newer rows have greater ids', async () => {
    const database = openSqlite(newFile());
    await database.migrate();
    const insert = () =>
      database.administer(({ db }) =>
        db
          .insertInto('users')
          .values({ email: crypto.randomUUID(), is_active: 1 })
          .returning('id')
          .executeTakeFirstOrThrow(),
      );
    const { id } = await insert();
    await database.administer(({ db }) => db.deleteFrom('users').execute());
    expect((await insert()).id).toBeGreaterThan(id);
    await database.close();
  });
});
