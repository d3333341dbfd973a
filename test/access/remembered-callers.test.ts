import { setImmediate as nextTurn } from 'node:timers/promises';
import Sqlite from 'better-sqlite3';
import { expect, it } from 'vitest';
import { basicCredentials, tokenCredentials } from '../../src/access/credentials.ts';
import { rememberingIdentify } from '../../src/access/identity.ts';
import { hashKey } from '../../src/model/token-key.ts';
import { tokenKey } from '../support/fixture.ts';
import { afterwards } from '../support/afterwards.ts';
import { openWorld } from '../support/world.ts';

const world = await openWorld();
/** A second connection to the database, like that of another process. */
const other = new Sqlite(world.file);
afterwards(() => other.close());

const credentials = tokenCredentials;

/** How many statements the server's database runs during `work`. */
async function statementsOf(work: () => Promise<unknown>): Promise<number> {
  const before = world.statements.length;
  await work();
  return world.statements.length - before;
}

it('are looked up once, and again after users, memberships or tokens have changed', async () => {
  const identify = rememberingIdentify(world.database);
  const ask = () => identify(credentials(tokenKey('admin')));
  expect([await statementsOf(ask), await statementsOf(ask)]).toEqual([1, 0]);
  other.exec("update groups set name = 'Renamed' where id = 1");
  // The server reads a request that arrives after the write in a later turn of the event loop.
  await nextTurn();
  expect(await statementsOf(ask)).toBe(0);
  await world.database.administer(async () => {});
  expect(await statementsOf(ask)).toBe(1);
});

it('are not those who were looked up before a write that has happened meanwhile', async () => {
  let version = 1;
  const identify = rememberingIdentify({ ...world.database, version: () => version });
  const key = tokenKey('editor5');
  const early = identify(credentials(key));
  version = 2;
  const late = identify(credentials(tokenKey('admin')));
  expect(await early).not.toBeNull();
  expect(await late).not.toBeNull();
  // This stands for a revocation by the write that has made the version 2.
  other.prepare('update api_tokens set is_active = 0 where key_hash = ?').run(hashKey(key));
  expect(await identify(credentials(key))).toBeNull();
});

it('are not those who show the same key with an empty e-mail address', async () => {
  const identify = rememberingIdentify(world.database);
  const key = tokenKey('admin');
  expect(await identify(credentials(key))).not.toBeNull();
  expect(await identify(basicCredentials('', key))).toBeNull();
  expect(await identify(credentials(key))).not.toBeNull();
});

it('are at most 10,000', async () => {
  const insert = other.prepare(
    `insert into api_tokens (workspace_id, uuid, user_id, name, key_hash, is_active, created_on) values (1, ?, 1, 'one of many', ?, 1, 0)`,
  );
  const keys = Array.from({ length: 10_001 }, (_, place) => `key ${place}`);
  other.transaction(() => keys.forEach((key) => insert.run(key, hashKey(key))))();

  const identify = rememberingIdentify(world.database);
  const ask = (key: string) => async () => {
    if ((await identify(credentials(key))) === null) throw new Error('the token is not known');
  };
  const [first = '', ...others] = keys;
  expect([await statementsOf(ask(first)), await statementsOf(ask(first))]).toEqual([1, 0]);
  for (const key of others.slice(0, 5_000)) await ask(key)();
  expect(await statementsOf(ask(first))).toBe(0);
  for (const key of others) await ask(key)();
  expect(await statementsOf(ask(first))).toBe(1);
});
