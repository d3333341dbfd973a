import Sqlite from 'better-sqlite3';
import { afterEach, expect, it, vi } from 'vitest';
import { tokenCredentials } from '../../src/access/credentials.ts';
import { authenticator } from '../../src/access/authenticate.ts';
import { failureCounter } from '../../src/access/failure-limit.ts';
import { rememberingIdentify } from '../../src/access/identity.ts';
import { COLLECT, lastUse } from '../../src/access/last-use.ts';
import { readConfig } from '../../src/config.ts';
import { openSqlite } from '../../src/database/sqlite/sqlite.ts';
import { newUuid } from '../../src/model/uuid.ts';
import { afterwards } from '../support/afterwards.ts';
import { runCommand } from '../support/command.ts';
import type { TokenName } from '../support/fixture.ts';
import { tokenKey } from '../support/fixture.ts';
import { inFile } from '../support/program.ts';
import { openWorld } from '../support/world.ts';

const VIEWER = '{ viewer { role } }';
const DAY = 86_400_000;
const NOON = Date.UTC(2030, 0, 31, 12);

afterEach(() => {
  vi.useRealTimers();
});

/** Opens the parts of a server that authenticate, with a new database and a clock that stands still. */
async function openParts() {
  const world = await openWorld();
  vi.useFakeTimers({ toFake: ['Date', 'setTimeout', 'clearTimeout'], now: NOON });
  const errors: unknown[] = [];
  const uses = lastUse(world.database, (error) => void errors.push(error));
  const authenticate = authenticator(
    rememberingIdentify(world.database),
    failureCounter(readConfig({}).authFailureLimit),
    uses.record,
  );
  return {
    ...world,
    errors,
    uses,
    use: (name: TokenName) => authenticate(tokenCredentials(tokenKey(name)), {}),
    /** Lets so much time pass, in ms, and waits for the writes that begin meanwhile. */
    async pass(ms: number): Promise<void> {
      await vi.advanceTimersByTimeAsync(ms);
      await world.database.administer(async () => {}, { changesAccess: false });
    },
    writes: () => world.statements.filter((one) => one.startsWith('update "api_tokens"')).length,
    async lastUsed(name: TokenName): Promise<string | null> {
      const { last_used_on: time } = await world.database.reader.db
        .selectFrom('api_tokens')
        .select('last_used_on')
        .where('name', '=', name)
        .executeTakeFirstOrThrow();
      return time === null ? null : new Date(time / 1000).toISOString();
    },
  };
}

it('is written to the day, once a day, for all tokens together', async () => {
  const { use, pass, writes, lastUsed } = await openParts();
  // Most of the hour is skipped, because letting it pass with all its timers takes long.
  const passAnHour = async () => {
    vi.setSystemTime(Date.now() + 3_600_000 - COLLECT);
    await pass(COLLECT);
  };
  for (let time = 0; time < 50; time += 1) await Promise.all([use('admin'), use('editor2'), use('viewer')]);
  expect(writes()).toBe(0);
  await pass(COLLECT);
  expect(writes()).toBe(1);
  expect(await lastUsed('admin')).toBe('2030-01-31T00:00:00.000Z');
  expect(await lastUsed('editor2')).toBe('2030-01-31T00:00:00.000Z');
  expect(await lastUsed('editor')).toBeNull();

  for (let hour = 0; hour < 11; hour += 1) {
    await use('admin');
    await passAnHour();
  }
  expect(writes()).toBe(1);

  await passAnHour();
  await use('admin');
  await pass(COLLECT);
  expect(writes()).toBe(2);
  expect(await lastUsed('admin')).toBe('2030-02-01T00:00:00.000Z');
  expect(await lastUsed('editor2')).toBe('2030-01-31T00:00:00.000Z');
});

it('is written at most once a day by several processes, and does not go back with a clock', async () => {
  const { use, pass, file, database, lastUsed, uses } = await openParts();
  const other = openSqlite(file);
  afterwards(() => other.close());
  const theirs = lastUse(other, () => {});
  const version = () => database.dataVersion();
  await use('admin');
  theirs.record({ id: 1, uuid: newUuid(), name: 'test', expiresOn: null, lastUsedOn: null });
  await pass(COLLECT);
  await theirs.close();
  const written = version();
  // `lastUsedOn: null` stands for a caller that was cached before today's use was written.
  uses.record({ id: 1, uuid: newUuid(), name: 'test', expiresOn: null, lastUsedOn: null });
  await pass(COLLECT);
  expect(version()).toBe(written);

  vi.setSystemTime(NOON - DAY);
  uses.record({ id: 1, uuid: newUuid(), name: 'test', expiresOn: null, lastUsedOn: null });
  await pass(COLLECT);
  expect(await lastUsed('admin')).toBe('2030-01-31T00:00:00.000Z');
});

it('does not keep a day of a clock that was far ahead', async () => {
  const { use, pass, lastUsed, writes } = await openParts();
  vi.setSystemTime(NOON + 1_000 * DAY);
  await use('admin');
  await pass(COLLECT);
  expect(await lastUsed('admin')).toBe('2032-10-27T00:00:00.000Z');
  vi.setSystemTime(NOON);
  for (let uses = 0; uses < 3; uses += 1) {
    await use('admin');
    await pass(COLLECT);
    expect(await lastUsed('admin')).toBe('2030-01-31T00:00:00.000Z');
  }
  expect(writes()).toBe(2);
});

it('is nobody’s trouble when it cannot be written, and is written later', async () => {
  const { use, pass, file, errors, lastUsed } = await openParts();
  const other = new Sqlite(file);
  afterwards(() => other.close());
  other.exec("create trigger refuse before update on api_tokens begin select raise(abort, 'the disk is full'); end");
  expect(await use('admin')).toMatchObject({ kind: 'known' });
  await pass(COLLECT);
  expect(errors.map(String)).toEqual([expect.stringContaining('the disk is full')]);
  expect(await use('admin')).toMatchObject({ kind: 'known' });
  other.exec('drop trigger refuse');
  await pass(COLLECT);
  expect(await lastUsed('admin')).toBe('2030-01-31T00:00:00.000Z');
  expect(errors).toHaveLength(1);
});

it('is the day of the use, also when it is written on a later day', async () => {
  const { use, pass, lastUsed } = await openParts();
  vi.setSystemTime(NOON + DAY / 2 - 1);
  await use('admin');
  await pass(COLLECT);
  expect(new Date().toISOString().slice(0, 10)).toBe('2030-02-01');
  expect(await lastUsed('admin')).toBe('2030-01-31T00:00:00.000Z');
  await use('admin');
  await pass(COLLECT);
  expect(await lastUsed('admin')).toBe('2030-02-01T00:00:00.000Z');
});

it('of a server is written when it stops, and shown by token list; refused tokens have none', async () => {
  const world = await openWorld();
  expect((await world.as('viewer').ask(VIEWER)).status).toBe(200);
  expect((await world.rest.ask('/groups.json', { as: 'editor2' })).status).toBe(200);
  expect((await world.as('revoked').ask(VIEWER)).status).toBe(401);
  // The requests themselves do not write the last use.
  expect(world.statements.filter((one) => one.startsWith('update "api_tokens"'))).toEqual([]);
  await world.close();
  const { stdout } = await runCommand(['token', 'list'], inFile(world.file));
  const today = new Date().toISOString().slice(0, 10);
  const lastUses = Object.fromEntries(
    stdout.split('\n').flatMap((line) => {
      const found = / (viewer|editor2|revoked|admin) +\S+ +never +(\S+)/.exec(line);
      return found ? [[found[1], found[2]]] : [];
    }),
  );
  expect(lastUses).toEqual({ viewer: today, editor2: today, revoked: 'never', admin: 'never' });
});
