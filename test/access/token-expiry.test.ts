import { afterEach, describe, expect, it, vi } from 'vitest';
import { createToken } from '../../src/access/administration.ts';
import type { Micros } from '../../src/database/tables.ts';
import { dumpSnapshot } from '../../src/snapshot/dump.ts';
import { loadBatches } from '../../src/snapshot/load.ts';
import { readSnapshot } from '../../src/snapshot/read.ts';
import { Client } from '../support/client.ts';
import { ENGINE } from '../support/engine.ts';
import { runCommand } from '../support/command.ts';
import { RestClient } from '../support/rest-client.ts';
import { chunksOf } from '../support/snapshot.ts';
import { openEmptyDatabase, openWorld } from '../support/world.ts';

const world = await openWorld();
const now = Date.now();
const MOMENT: Micros = (now + 3_600_000) * 1000;

afterEach(() => {
  vi.useRealTimers();
});

/** Sets the clock to `ms` milliseconds after this file was loaded. Timers are not faked. */
function setClock(ms: number): void {
  vi.useFakeTimers({ toFake: ['Date'], now: now + ms });
}

const newToken = (expiresOn: Micros | null) =>
  createToken(world.database, {
    workspace: 'Nyota Health',
    email: 'expiring@nyota.example',
    role: 'editor',
    name: 'expiring',
    expiresOn,
  });

const overGraphql = (key: string) => new Client(world.url, key).ask('{ viewer { role } }');
const overRest = (key: string) =>
  new RestClient(world.url).ask('/groups.json', { headers: { Authorization: `Token ${key}` } });

describe('a token that expires', () => {
  it('works until its time, and is refused from then on, also where it is cached', async () => {
    const key = await newToken(MOMENT);
    expect([(await overGraphql(key)).status, (await overRest(key)).status]).toEqual([200, 200]);
    const { statements } = world;
    const asked = statements.length;
    setClock(3_599_999);
    expect([(await overGraphql(key)).status, (await overRest(key)).status]).toEqual([200, 200]);
    setClock(3_600_000);
    const refused = await overGraphql(key);
    expect([refused.status, refused.codes]).toEqual([401, ['UNAUTHENTICATED']]);
    expect(refused.errors[0]?.message).toBe('The API token has expired. Use another one.');
    const { status, json } = await overRest(key);
    expect([status, json]).toEqual([403, { detail: 'Invalid token' }]);
    // The cache decided, so the tokens were not looked up again. PostgreSQL may cause one more look-up, because it notifies a server
    // of the server's own changes too.
    const lookups = statements.slice(asked).filter((one) => one.includes('key_hash'));
    expect(lookups.length).toBeLessThanOrEqual(ENGINE === 'sqlite' ? 0 : 1);
  });

  it('is refused where it is not cached', async () => {
    const key = await newToken(MOMENT);
    setClock(3_600_000);
    expect([(await overGraphql(key)).status, (await overRest(key)).status]).toEqual([401, 403]);
    setClock(3_599_999);
    expect((await overGraphql(key)).status).toBe(200);
  });

  it('is shown as expired by token list', async () => {
    const key = await newToken(MOMENT);
    const stateOf = async () => (await runCommand(['token', 'list'], world.settings)).stdout.trimEnd().slice(-7);
    expect(await stateOf()).not.toBe('expired');
    setClock(3_600_000);
    expect(await stateOf()).toBe('expired');
    expect((await overGraphql(key)).status).toBe(401);
  });

  it('never, works on', async () => {
    const key = await newToken(null);
    setClock(400 * 86_400_000);
    expect([(await overGraphql(key)).status, (await overRest(key)).status]).toEqual([200, 200]);
  });
});

it('a snapshot has when a token expires and when it was used; a snapshot without these loads', async () => {
  await world.database.administer(({ db }) =>
    db
      .updateTable('api_tokens')
      .set({ expires_on: MOMENT, last_used_on: 86_400_000_000 })
      .where('id', '=', 1)
      .execute(),
  );
  const dump = async (database: typeof world.database) => {
    let text = '';
    await dumpSnapshot(database, async (piece) => {
      text += piece;
    });
    return text;
  };
  const text = await dump(world.database);
  const copy = await openEmptyDatabase();
  await loadBatches(copy, readSnapshot(chunksOf(text)));
  expect(await dump(copy)).toBe(text);
  const times = (database: typeof world.database) =>
    database.reader.db.selectFrom('api_tokens').select(['expires_on', 'last_used_on']).orderBy('id').execute();
  expect((await times(copy))[0]).toEqual({ expires_on: MOMENT, last_used_on: 86_400_000_000 });
  expect(await times(copy)).toEqual(await times(world.database));

  const old = JSON.parse(text) as { tokens: Record<string, unknown>[] };
  for (const token of old.tokens) {
    delete token['expires_on'];
    delete token['last_used_on'];
  }
  const older = await openEmptyDatabase();
  await loadBatches(older, readSnapshot(chunksOf(JSON.stringify(old))));
  expect((await times(older))[0]).toEqual({ expires_on: null, last_used_on: null });
});
