import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Database } from '../../src/database/database.ts';
import { DatabaseBusyError, DatabaseUnavailableError, StatementEndedError } from '../../src/database/errors.ts';
import type { WorkspaceId } from '../../src/database/tables.ts';
import { foldName } from '../../src/encoding/fold.ts';
import { Campaigns } from '../../src/model/campaigns.ts';
import { Groups } from '../../src/model/groups.ts';
import { noteSend } from '../../src/model/upstream.ts';
import type { IdempotencyKey } from '../../src/model/idempotent-writes.ts';
import type { Patience } from '../../src/upstream/carry-out.ts';
import type { WriteThrough } from '../../src/upstream/write-through.ts';
import { writeThrough } from '../../src/upstream/write-through.ts';
import { AUTHOR } from '../support/author.ts';
import { giveClockBack } from '../support/clock.ts';
import { done, refusals } from '../support/outcome.ts';
import { openEmptyDatabase } from '../support/world.ts';
import type { LiveAccount } from './support/live-account.ts';
import { openLiveAccount } from './support/live-account.ts';
import type { Mirror } from './support/mirror.ts';
import {
  accountOf,
  campaignsOf,
  changesAfter,
  expectSame,
  groupsOf,
  MINUTE,
  openMirrorOf,
  revisionOf,
  SECOND,
} from './support/mirror.ts';

const WORKSPACE = 2 as WorkspaceId;
/** The timeout is long, because answers are held until the follower has read, which takes long on a slow machine. */
const PATIENCE: Patience = { timeout: 20_000, readBackPauses: [0, 10, 20] };

let account: LiveAccount;
let mirror: Mirror;
let through: Actions;
/** The actions of requests with an idempotency key. */
let keyed: (idempotency: IdempotencyKey) => Actions;
/** The error with which writes to the database fail; undefined: they do not fail. */
let trouble: () => Error | undefined;

type Actions = ReturnType<WriteThrough['actionsOf']>;

beforeEach(async () => {
  account = await openLiveAccount();
  // The follower has a clock of its own, which moves as fast as the follower works.
  vi.useFakeTimers({ toFake: ['Date'] });
  mirror = await openMirrorOf(await openEmptyDatabase(), accountOf(account, 'admin2'), {
    onTime: (time) => vi.setSystemTime(time / 1000),
  });
  await mirror.pass(MINUTE);
  const { database, workspace } = mirror;
  const local = {
    campaigns: new Campaigns(database, workspace, AUTHOR),
    groups: new Groups(database, workspace, AUTHOR),
  };
  const { signal } = new AbortController();
  trouble = () => undefined;
  const write: Database['write'] = async (...of) => {
    const error = trouble();
    if (error) throw error;
    return database.write(...of);
  };
  const request = {
    workspace,
    author: AUTHOR,
    database: { ...database, write },
    caller: 'somebody@example.org',
    signal,
  };
  const writes = writeThrough(async (id) => (id === workspace ? mirror.client : null), PATIENCE);
  through = writes.actionsOf(request, local);
  keyed = (idempotency) => writes.actionsOf({ ...request, idempotency }, local);
});

afterEach(giveClockBack);

/** The names of the campaigns of the mirror that are not archived. */
async function names(): Promise<string[]> {
  const rows = await mirror.database.reader.db
    .selectFrom('campaigns')
    .select('name')
    .where('is_active', '=', 1)
    .where('is_archived', '=', 0)
    .execute();
  return rows.map(({ name }) => name);
}

describe('what was just written through', () => {
  it('is not undone by lists of the account that are behind', async () => {
    const before = await (await fetch(`${account.url}/api/v2/campaigns.json`, { headers: headers() })).json();
    const { uuid } = done(await through.campaigns.create({ name: 'Just made', group: { name: 'Reporters' } }));
    account.fault = ({ path }) =>
      path === '/api/v2/campaigns.json' ? { kind: 'answer', status: 200, body: before as object } : undefined;
    await mirror.pass(50 * SECOND);
    expect(await names()).toContain('Just made');

    account.fault = () => undefined;
    const made = await (await fetch(`${account.url}/api/v2/campaigns.json`, { headers: headers() })).json();
    done(await through.campaigns.update(uuid, { name: 'Just renamed' }));
    account.fault = ({ path }) =>
      path === '/api/v2/campaigns.json' ? { kind: 'answer', status: 200, body: made as object } : undefined;
    await mirror.pass(50 * SECOND);
    expect(await names()).toContain('Just renamed');

    account.fault = () => undefined;
    await mirror.pass(5 * MINUTE);
    await expectSame(mirror);
  });

  it('is not held to when the clock that told its time is set back', async () => {
    const { uuid } = done(await through.campaigns.create({ name: 'Just made', group: { name: 'Reporters' } }));
    mirror.setBack(24 * 60 * MINUTE);
    done(await campaignsOf(account, WORKSPACE).update(uuid, { name: 'Renamed in the account' }));
    await mirror.pass(5 * MINUTE);
    expect(await names()).toContain('Renamed in the account');
    await expectSame(mirror);
  });

  it('is not undone either after the clock was set back by less than a day', async () => {
    const { uuid } = done(await through.campaigns.create({ name: 'Made ahead', group: { name: 'Reporters' } }));
    const before = await (await fetch(`${account.url}/api/v2/campaigns.json`, { headers: headers() })).json();
    mirror.setBack(2 * 60 * MINUTE);
    await mirror.pass(SECOND);
    done(await through.campaigns.update(uuid, { name: 'Renamed after it' }));
    account.fault = ({ path }) =>
      path === '/api/v2/campaigns.json' ? { kind: 'answer', status: 200, body: before as object } : undefined;
    await mirror.pass(50 * SECOND);
    expect(await names()).toContain('Renamed after it');
  });

  it('takes a name that the mirror still knows as another’s', async () => {
    const old = done(await campaignsOf(account, WORKSPACE).create({ name: 'Wanted', group: { name: 'Vets' } }));
    await mirror.pass(2 * MINUTE);
    done(await campaignsOf(account, WORKSPACE).update(old.uuid, { name: 'Given up' }));
    const { name } = done(await through.campaigns.create({ name: 'Wanted', group: { name: 'Vets' } }));
    expect(name).toBe('Wanted');
    expect(await names()).toEqual(expect.arrayContaining(['Wanted', 'Given up']));
  });
});

describe('what is being written through', () => {
  /** The account carries out the write, and the follower reads the result before the answer arrives. */
  const readMeanwhile: LiveAccount['fault'] = ({ method }) =>
    method === 'GET' ? undefined : { kind: 'late', until: () => mirror.pass(50 * SECOND) };

  /** The recorded changes, without the follower's. */
  async function recorded(write: () => Promise<unknown>): Promise<string[]> {
    const revision = await revisionOf(mirror);
    account.fault = readMeanwhile;
    const asked = account.asked.length;
    await write();
    const methods = account.asked.slice(asked).map(({ method }) => method);
    expect(methods.lastIndexOf('GET')).toBeGreaterThan(methods.findIndex((method) => method !== 'GET'));
    account.fault = () => undefined;
    await mirror.pass(5 * MINUTE);
    await expectSame(mirror);
    return changesAfter(mirror, revision);
  }

  it('is recorded as its caller’s, once: a new campaign, its new name, a new group and its end', async () => {
    const { campaigns, groups } = through;
    const given = { name: ' Été  long ', group: { name: 'Reporters' } };
    let uuid = '';
    expect(await recorded(async () => ({ uuid } = done(await campaigns.create(given))))).toEqual([
      'graphql created Campaign name: null -> Été  long, group: null -> Reporters, archived: null -> false',
    ]);
    expect(await recorded(async () => done(await campaigns.update(uuid, { name: 'Été' })))).toEqual([
      'graphql updated Campaign name: Été  long -> Été',
    ]);
    let group = '';
    expect(await recorded(async () => ({ uuid: group } = done(await groups.create({ name: 'Nurses' }))))).toEqual([
      'graphql created Group name: null -> Nurses, status: null -> ready, system: null -> false, contactCount: null -> 0',
    ]);
    expect(await recorded(async () => done(await groups.delete(group)))).toEqual([
      'graphql deleted Group name: Nurses -> null, status: ready -> null, system: false -> null, contactCount: 0 -> null',
    ]);
  });

  it('stands in the way of nothing when it is over, refused or not', async () => {
    const refused = await through.campaigns.create({ name: 'Refused', group: { name: 'No such group' } });
    expect(refused).toHaveProperty('errors');
    account.fault = ({ method }) => (method === 'GET' ? undefined : { kind: 'answer', status: 503, when: 'before' });
    await expect(through.campaigns.create({ name: 'Lost', group: { name: 'Reporters' } })).rejects.toThrow('account');
    account.fault = () => undefined;
    const there = campaignsOf(account, WORKSPACE);
    for (const name of ['Refused', 'Lost']) done(await there.create({ name, group: { name: 'Reporters' } }));
    await mirror.pass(40 * SECOND);
    expect(await names()).toEqual(expect.arrayContaining(['Refused', 'Lost']));
  });

  it('is left to the follower when the process that has sent it ends', async () => {
    const name = 'Of a process that has ended';
    await mirror.database.write(mirror.workspace, (write) =>
      noteSend(write, { workspace: mirror.workspace, target: foldName(name), sentOn: mirror.time() }),
    );
    done(await campaignsOf(account, WORKSPACE).create({ name, group: { name: 'Reporters' } }));
    await mirror.pass(40 * SECOND);
    expect(await names()).not.toContain(name);
    await mirror.pass(MINUTE);
    expect(await names()).toContain(name);
  });

  it('is left to the follower, too, when the clock is set back after that process has ended', async () => {
    const name = 'Of a process with another clock';
    await mirror.database.write(mirror.workspace, (write) =>
      noteSend(write, { workspace: mirror.workspace, target: foldName(name), sentOn: mirror.time() }),
    );
    mirror.setBack(24 * 60 * MINUTE);
    done(await campaignsOf(account, WORKSPACE).create({ name, group: { name: 'Reporters' } }));
    await mirror.pass(5 * MINUTE);
    expect(await names()).toContain(name);
  });
});

describe('while the database takes no writes', () => {
  it.each([
    [new DatabaseUnavailableError('the disk is full'), 'the disk is full; the account has made the change'],
    [DatabaseBusyError.held(5_000), 'the database is busy; the account has made the change'],
    [new StatementEndedError(), 'the database takes too long to answer; the account has made the change'],
  ])('what the account has done is not said to be undone: %s', async (error, reason) => {
    let isMade = false;
    account.fault = ({ method }) => void (isMade ||= method === 'POST');
    trouble = () => (isMade ? error : undefined);
    await expect(through.campaigns.create({ name: 'Made there', group: { name: 'Vets' } })).rejects.toMatchObject({
      outcome: 'UNKNOWN',
      message: expect.stringContaining(reason),
    });
    // The follower fetches it when the database can be written to again.
    await mirror.pass(2 * MINUTE);
    expect(await names()).toContain('Made there');
  });

  it('nothing is sent to the account, and nothing is said to have been', async () => {
    const error = new DatabaseUnavailableError('the disk is full');
    trouble = () => error;
    await expect(through.campaigns.create({ name: 'Not made', group: { name: 'Vets' } })).rejects.toBe(error);
    expect(account.asked.filter(({ method }) => method === 'POST')).toEqual([]);
  });
});

describe('a request for a group that is repeated with its key, because nobody knew what had become of it', () => {
  /** The account does not answer the write, and cannot be reached afterwards. `when`: whether it has carried out the write. */
  function cutOff(when: 'before' | 'after'): void {
    let isCut = false;
    account.fault = ({ method }) => {
      isCut ||= method !== 'GET';
      return isCut ? { kind: 'cut', when: method === 'GET' ? 'before' : when } : undefined;
    };
  }

  /** Sends a request twice. In between, the follower reads. */
  async function repeated<Value>(request: (actions: Actions) => Promise<Value>): Promise<Value> {
    const key = { key: 'a key', fingerprint: 'a request' };
    await expect(request(keyed(key))).rejects.toThrow('account');
    account.fault = () => undefined;
    await mirror.pass(5 * MINUTE);
    return request(keyed(key));
  }

  const inAccount = () => groupsOf(account, WORKSPACE);
  const inMirror = () => new Groups(mirror.database, mirror.workspace, AUTHOR);

  it('has made the group that the follower has read since', async () => {
    cutOff('after');
    const { uuid } = done(await repeated(({ groups }) => groups.create({ name: 'Nurses' })));
    expect(uuid).toBe((await inAccount().find({ name: 'Nurses' }))?.uuid);
    await expectSame(mirror);
  });

  it('has not made a group that was there before', async () => {
    cutOff('before');
    const again = await repeated(({ groups }) => groups.create({ name: 'Reporters' }));
    expect(refusals(again)).toEqual(['name: TAKEN']);
  });

  it('has deleted the group that the follower has missed since', async () => {
    const { uuid } = done(await through.groups.create({ name: 'Midwives' }));
    await mirror.pass(2 * MINUTE);
    cutOff('after');
    const again = repeated(({ groups }) => groups.delete(uuid));
    await expect(again.then(done)).resolves.toMatchObject({ uuid, name: 'Midwives' });
    expect(await inMirror().find({ uuid })).toBeNull();
  });

  it('has not deleted a group that was gone before', async () => {
    const { uuid } = done(await through.groups.create({ name: 'Midwives' }));
    done(await through.groups.delete(uuid));
    account.fault = () => ({ kind: 'cut', when: 'before' });
    await mirror.pass(MINUTE);
    const again = await repeated(({ groups }) => groups.delete(uuid));
    expect(refusals(again)).toEqual(['uuid: NOT_FOUND']);
  });
});

function headers() {
  return { authorization: `Token ${accountOf(account, 'admin2').token}` };
}
