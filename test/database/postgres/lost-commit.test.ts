import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import type { Socket } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { DatabaseUnavailableError } from '../../../src/database/errors.ts';
import { Campaigns } from '../../../src/model/campaigns.ts';
import { Groups } from '../../../src/model/groups.ts';
import { newUuid } from '../../../src/model/uuid.ts';
import { leaseWebhook } from '../../../src/model/webhook-progress.ts';
import { Webhooks } from '../../../src/model/webhooks.ts';
import { afterwards } from '../../support/afterwards.ts';
import { AUTHOR } from '../../support/author.ts';
import { newPostgresPlace, openAt } from '../../support/engine.ts';
import { done } from '../../support/outcome.ts';
import { revisionOf } from '../../support/revision.ts';
import type { Verdict } from '../../support/tcp-proxy.ts';
import { startProxy } from '../../support/tcp-proxy.ts';
import { makeWorkspace } from '../../support/workspace.ts';

const { address } = await newPostgresPlace('tables');
const direct = openAt(address);
const proxy = await startProxy(Number(new URL(address.url).port || 5432));
const url = new URL(address.url);
url.hostname = '127.0.0.1';
url.port = String(proxy.port);
const database = openAt({ ...address, url: url.href });
afterwards(async () => {
  proxy.judge = () => 'pass';
  await database.close();
  await proxy.close();
  await direct.close();
});
afterEach(() => {
  proxy.judge = () => 'pass';
});

/** A message about a write whose outcome is unknown. */
const NOT_KNOWN = expect.stringContaining('it is not known whether it was');

/**
 * The message that commits a transaction. The NUL is part of it, because
 * `read committed` in the message that begins one contains the word too.
 */
const COMMIT = 'commit\0';

/** Cuts the connections of the first `times` commits. Returns a function that gives the number of cut connections. */
function cutCommits(times: number, verdict: Verdict): () => number {
  let cut = 0;
  proxy.judge = (piece) => {
    if (cut >= times || !piece.includes(COMMIT)) return 'pass';
    cut += 1;
    return verdict;
  };
  return () => cut;
}

async function open() {
  const workspace = await makeWorkspace(direct);
  const campaigns = new Campaigns(database, workspace.id, AUTHOR);
  // The first create opens the connections, before any is cut.
  done(await campaigns.create({ name: 'First', group: { name: 'Everyone' } }));
  return { id: workspace.id, campaigns };
}

describe('a write whose connection is lost during the commit', () => {
  it.each([
    ['before the server has it: it is written again', 'cut before'],
    ['after the server has it: it is found, and not written twice', 'cut after'],
  ] as const)('%s', async (_when, verdict) => {
    const { id, campaigns } = await open();
    const cut = cutCommits(1, verdict);
    const made = done(await campaigns.create({ name: 'Second', group: { name: 'Everyone' } }));
    expect(cut()).toBe(1);
    expect(await campaigns.list.byUuid(made.uuid)).toMatchObject({ name: 'Second' });
    expect(await campaigns.list.where({}).count()).toBe(2);
    expect(await revisionOf(direct, id)).toBe(2);
  });

  it.each([
    ['before the server has it: they are written again', 'cut before'],
    ['after the server has it: they are found, and not written twice', 'cut after'],
  ] as const)('with others in the same transaction, %s', async (_when, verdict) => {
    const { id, campaigns } = await open();
    const cut = cutCommits(1, verdict);
    const names = ['Second', 'Third', 'Fourth'];
    const made = await Promise.all(names.map((name) => campaigns.create({ name, group: { name: 'Everyone' } })));
    expect(cut()).toBe(1);
    // The creates run at the same time, so each of them may get any of the three revisions.
    expect(new Set(made.map((outcome) => done(outcome).revision))).toEqual(new Set([2, 3, 4]));
    expect(await campaigns.list.where({}).count()).toBe(4);
    expect(await revisionOf(direct, id)).toBe(4);
  });

  it('is found although another instance has written since', async () => {
    const { id, campaigns } = await open();
    let others: Promise<unknown> = Promise.resolve();
    let cut = 0;
    proxy.judge = (piece) => {
      if (cut > 0 || !piece.includes(COMMIT)) return 'pass';
      cut += 1;
      const elsewhere = new Campaigns(direct, id, AUTHOR);
      others = Promise.all(['Third', 'Fourth'].map((name) => elsewhere.create({ name, group: { name: 'Everyone' } })));
      return 'cut after';
    };
    done(await campaigns.create({ name: 'Second', group: { name: 'Everyone' } }));
    await others;
    expect(await campaigns.list.where({}).count()).toBe(4);
    expect(await revisionOf(direct, id)).toBe(4);
  });

  it('is refused when the server does not come back, and does not claim that nothing has changed', async () => {
    const { campaigns } = await open();
    cutCommits(100, 'cut before');
    const failed = await campaigns
      .create({ name: 'Second', group: { name: 'Everyone' } })
      .catch((error: unknown) => error);
    expect(failed).toBeInstanceOf(DatabaseUnavailableError);
    expect(failed).toMatchObject({ reason: NOT_KNOWN, outcome: 'UNKNOWN' });
    proxy.judge = () => 'pass';
    done(await campaigns.create({ name: 'Second', group: { name: 'Everyone' } }));
    expect(await campaigns.list.where({}).count()).toBe(2);
  });

  it.each([
    ['does not come back', Number.POSITIVE_INFINITY],
    ['comes back when nobody asks any more', 5],
  ])('with others is not run again when the server has it, goes away and %s', async (_when, times) => {
    const { id, campaigns } = await open();
    let cut = -1;
    proxy.judge = (piece) => {
      if (cut < 0 && !piece.includes(COMMIT)) return 'pass';
      cut += 1;
      if (cut === 0) return 'cut after';
      return cut <= times ? 'cut before' : 'pass';
    };
    const outcomes = await Promise.allSettled(
      ['Second', 'Third', 'Fourth'].map((name) => campaigns.create({ name, group: { name: 'Everyone' } })),
    );
    const notKnown = { status: 'rejected', reason: { reason: NOT_KNOWN } };
    expect(outcomes).toMatchObject([notKnown, notKnown, notKnown]);
    expect(cut).toBe(5);
    proxy.judge = () => 'pass';
    expect(await campaigns.list.where({}).count()).toBe(4);
    expect(await revisionOf(direct, id)).toBe(4);
  });
});

describe('a write that records no change and whose connection is lost when the server has its commit', () => {
  async function openWebhooks() {
    const { id } = await open();
    const webhooks = new Webhooks(database, id);
    const make = async (name: string) => done(await webhooks.create({ name, url: 'https://receiver.example/' }));
    const secrets = () =>
      direct.reader.db
        .selectFrom('webhooks')
        .select(['secret', 'previous_secret as previous'])
        .where('workspace_id', '=', id)
        .execute();
    return { id, webhooks, make, secrets };
  }

  it('makes one webhook, whose secret is the one that the caller has', async () => {
    const { make, secrets } = await openWebhooks();
    const cut = cutCommits(1, 'cut after');
    const { secret } = await make('Receiver');
    expect(cut()).toBe(1);
    expect(await secrets()).toEqual([{ secret, previous: null }]);
  });

  it('gives a webhook one new secret, beside the one that its receiver has', async () => {
    const { webhooks, make, secrets } = await openWebhooks();
    const { webhook, secret: previous } = await make('Receiver');
    const cut = cutCommits(1, 'cut after');
    const { secret } = done(await webhooks.rotateSecret(webhook.uuid));
    expect(cut()).toBe(1);
    expect(await secrets()).toEqual([{ secret, previous }]);
  });

  it('leaves its mark; one that alters nothing leaves none', async () => {
    const { id, webhooks, make } = await openWebhooks();
    const marks = async () => {
      const { write_marks: kept } = await direct.reader.db
        .selectFrom('workspaces')
        .select('write_marks')
        .where('id', '=', id)
        .executeTakeFirstOrThrow();
      return kept.split(' ').length;
    };
    const before = await marks();
    const { webhook } = await make('Receiver');
    expect(await marks()).toBe(before + 1);
    expect(await webhooks.create({ name: 'Receiver', url: 'https://other.example/' })).toMatchObject({
      errors: [{ code: 'TAKEN' }],
    });
    const lease = { holder: 'a run', time: 0, duration: 1 };
    expect(await leaseWebhook(database, { workspace: id, uuid: newUuid() }, lease)).toBeNull();
    expect(await marks()).toBe(before + 1);
    expect(await leaseWebhook(database, { workspace: id, uuid: webhook.uuid }, lease)).not.toBeNull();
    expect(await marks()).toBe(before + 2);
  });
});

it('a commit that the system gives up waiting for is one whose outcome is not known, and is looked for', async () => {
  const sockets: Socket[] = [];
  const note = (message: unknown) => void sockets.push((message as { socket: Socket }).socket);
  subscribe('net.client.socket', note);
  afterwards(() => unsubscribe('net.client.socket', note));
  const { id } = await open();
  const webhooks = new Webhooks(database, id);
  let cut = 0;
  proxy.judge = (piece) => {
    if (cut > 0 || !piece.includes(COMMIT)) return 'pass';
    cut += 1;
    // The operating system ends a connection with ETIMEDOUT when no answer comes. The server may or may not have received the commit.
    const timedOut = Object.assign(new Error('read ETIMEDOUT'), { code: 'ETIMEDOUT', syscall: 'read' });
    for (const socket of sockets) if (socket.remotePort === proxy.port) socket.destroy(timedOut);
    return 'pass';
  };
  const made = done(await webhooks.create({ name: 'Receiver', url: 'https://receiver.example/' }));
  expect(cut).toBe(1);
  expect((await webhooks.list()).map(({ uuid }) => uuid)).toEqual([made.webhook.uuid]);
});

it('administration whose connection is lost during the commit does not claim that nothing has changed', async () => {
  const name = 'Made by administration';
  const cut = cutCommits(1, 'cut after');
  const failed = await database
    .administer(({ db }) => db.insertInto('workspaces').values({ uuid: newUuid(), name }).execute())
    .catch((error: unknown) => error);
  expect(cut()).toBe(1);
  expect(failed).toBeInstanceOf(DatabaseUnavailableError);
  expect(failed).toMatchObject({ reason: NOT_KNOWN });
});

it('a connection that is lost before the commit costs nothing but a repetition', async () => {
  const { id } = await open();
  let cut = 0;
  proxy.judge = (piece) => {
    if (cut > 0 || !piece.includes('insert into "groups"')) return 'pass';
    cut += 1;
    return 'cut after';
  };
  const groups = new Groups(database, id, AUTHOR);
  const { uuid } = done(await groups.create({ name: 'Second' }));
  expect(cut).toBe(1);
  expect(await groups.list.byUuid(uuid)).not.toBeNull();
  expect(await revisionOf(direct, id)).toBe(2);
});

it('a read whose connection is lost is read again', async () => {
  const { campaigns } = await open();
  let cut = 0;
  proxy.judge = () => {
    cut += 1;
    return cut === 1 ? 'cut before' : 'pass';
  };
  expect(await campaigns.list.where({}).count()).toBe(1);
  expect(cut).toBeGreaterThan(1);
});
