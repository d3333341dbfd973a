import { describe, expect, it, vi } from 'vitest';
import { beginEpoch } from '../../src/database/feed.ts';
import { removeChanges } from '../../src/model/keep-changes.ts';
import { clockTime } from '../../src/model/time.ts';
import { openEmptyDatabase } from '../support/world.ts';
import { startReceiver, status, trustReceivers, verified } from './support/receiver.ts';
import { openDelivering, valueOf } from './support/world.ts';

/** Waits longer than `vi.waitFor` does by default, because a delivery can take a second on a busy machine. */
const eventually = (check: () => unknown) => vi.waitFor(check, { timeout: 10_000 });

trustReceivers();

const MINUTE = 60_000_000;
const HOUR = 60 * MINUTE;

/** Opens a database with a workspace and a webhook, starts a receiver for it, and starts the deliveries. */
async function open() {
  const database = await openEmptyDatabase();
  const world = await openDelivering(database);
  const receiver = await startReceiver();
  const { webhook, secret } = await world.create(receiver.url);
  world.start();
  const state = async () => (await world.webhook(webhook.uuid)).state;
  const revisions = () => receiver.requests.map((request) => verified(secret, request).data.revision);
  return { ...world, database, receiver, uuid: webhook.uuid, secret, state, revisions };
}

describe('a webhook', () => {
  it('is sent each change in its order, signed', async () => {
    const { groups, receiver, secret } = await open();
    const group = valueOf(await groups.create({ name: 'Bees' }));
    await groups.rename(group.uuid, { name: 'Wasps' });
    await receiver.until(2);
    const [created, renamed] = receiver.requests.map((request) => verified(secret, request));
    expect(created).toMatchObject({ type: 'group.created', data: { revision: 1, action: 'CREATED' } });
    expect(renamed).toEqual({
      type: 'group.updated',
      timestamp: expect.stringMatching(/^\d{4}-.*Z$/),
      data: {
        workspace: expect.any(String),
        revision: 2,
        uuid: receiver.requests[1]?.headers['webhook-id'],
        action: 'UPDATED',
        origin: 'GRAPHQL',
        actor: { email: 'somebody@example.org', token: 'test' },
        subjectType: 'GROUP',
        subjectUuid: group.uuid,
        fields: [{ name: 'name', before: 'Bees', after: 'Wasps' }],
      },
    });
    expect(receiver.requests[1]?.headers).toMatchObject({ 'content-type': 'application/json' });
  });

  it('is sent only what comes after it was made', async () => {
    const database = await openEmptyDatabase();
    const world = await openDelivering(database);
    const receiver = await startReceiver();
    await world.change(3);
    const { secret } = await world.create(receiver.url);
    await world.change();
    world.start();
    await receiver.until(1);
    expect(receiver.requests.map((request) => verified(secret, request).data.revision)).toEqual([4]);
  });

  it('says when the receiver last answered with success, also if a later delivery of the same run fails', async () => {
    const { receiver, change, move, time, failures, state, webhook, uuid } = await open();
    expect((await webhook(uuid)).lastDeliveredOn).toBe(null);
    receiver.answer(status(500));
    await change();
    await eventually(() => expect(failures).toHaveLength(1));
    expect((await webhook(uuid)).lastDeliveredOn).toBe(null);

    let answered = 0;
    let succeeded = 0;
    receiver.answer((response) => {
      answered += 1;
      if (answered === 2) succeeded = time();
      response.writeHead(answered <= 2 ? 200 : 500).end();
      move(1);
    });
    await change(2);
    move(((await webhook(uuid)).nextTryOn ?? 0) - time());
    await eventually(() => expect(failures).toHaveLength(2));
    const { lastDeliveredOn, deliveredRevision } = await webhook(uuid);
    expect([await state(), deliveredRevision]).toEqual(['failing', 2]);
    expect(lastDeliveredOn).toBeGreaterThanOrEqual(succeeded);
    expect(lastDeliveredOn).toBeLessThan(time());

    receiver.answer(status(410));
    move(((await webhook(uuid)).nextTryOn ?? 0) - time());
    await eventually(async () => expect(await state()).toBe('gone'));
    expect((await webhook(uuid)).lastDeliveredOn).toBe(lastDeliveredOn);
  });

  it('gets every change from a receiver that fails, hangs, redirects to 127.0.0.1 and comes back', async () => {
    const { receiver, change, move, time, failures, revisions, secret, state, webhook, uuid } = await open();
    const hidden = await startReceiver();
    await change(3);
    await receiver.until(3);
    receiver.answer(status(500));
    await change(5);
    await eventually(() => expect(failures).toHaveLength(1));
    expect(await state()).toBe('failing');
    for (const answer of [
      () => {},
      status(302, { location: hidden.url }),
      status(307, { location: hidden.url }),
      status(308, { location: hidden.url }),
      status(404),
    ]) {
      receiver.answer(answer);
      const before = failures.length;
      move(((await webhook(uuid)).nextTryOn ?? 0) - time());
      await eventually(() => expect(failures).toHaveLength(before + 1));
    }
    expect(failures.map(({ error }) => error)).toEqual([
      'The receiver answered 500; only 200 to 299 is a success.',
      'There was no complete answer within 2 seconds.',
      'The receiver answered 302, and redirects are not followed.',
      'The receiver answered 307, and redirects are not followed.',
      'The receiver answered 308, and redirects are not followed.',
      'The receiver answered 404; only 200 to 299 is a success.',
    ]);
    receiver.answer(status(204));
    move(((await webhook(uuid)).nextTryOn ?? 0) - time());
    await receiver.until(3 + 6 + 5);
    expect(revisions()).toEqual([1, 2, 3, 4, 4, 4, 4, 4, 4, 4, 5, 6, 7, 8]);
    expect(hidden.connections()).toBe(0);
    await eventually(async () => expect((await webhook(uuid)).deliveredRevision).toBe(8));
    expect(await webhook(uuid)).toMatchObject({ state: 'active', failingSince: null, lastError: null });
    // All tries of one change have the same id.
    const ids = receiver.requests.map(({ headers }) => headers['webhook-id']);
    expect(new Set(ids).size).toBe(8);
    expect(() => verified(secret.replace(/.{8}$/, 'AAAAAAA='), receiver.requests[0] as never)).toThrow(
      'No matching signature',
    );
  });

  it('is tried again later and later, and paused after five days', async () => {
    const { receiver, change, move, time, failures, state, webhook, uuid, revisions, webhooks } = await open();
    const started = time();
    receiver.answer(status(503));
    await change(2);
    const delays = [5 / 3600, 5 / 60, 0.5, 2, 5, 10, 14, 20, 24, 24, 24];
    for (const [place, hours] of delays.entries()) {
      await eventually(() => expect(failures).toHaveLength(place + 1));
      await eventually(async () =>
        expect(await webhook(uuid)).toMatchObject({ state: 'failing', failingSince: started }),
      );
      const { nextTryOn } = await webhook(uuid);
      const delay = (nextTryOn ?? 0) - time();
      expect(delay).toBeGreaterThanOrEqual(hours * HOUR);
      expect(delay).toBeLessThanOrEqual(hours * 1.2 * HOUR);
      move(delay - 1);
      await new Promise((resolve) => void setTimeout(resolve, 30));
      expect(failures).toHaveLength(place + 1);
      move(1);
      if (time() - started >= 120 * HOUR) break;
    }
    await eventually(async () => expect(await state()).toBe('paused'));
    expect(failures.at(-1)).toMatchObject({ state: 'paused', tries: failures.length });
    expect((await webhook(uuid)).failures).toHaveLength(failures.length);
    receiver.answer(status(200));
    const before = receiver.requests.length;
    move(1000 * HOUR);
    await new Promise((resolve) => void setTimeout(resolve, 50));
    expect(receiver.requests).toHaveLength(before);

    valueOf(await webhooks.update(uuid, { enabled: true }));
    await receiver.until(before + 2);
    expect(revisions().slice(before)).toEqual([1, 2]);
    expect(await state()).toBe('active');
  });

  it('is not paused before it was tried six times, however far the clock has jumped forward', async () => {
    const { receiver, change, move, failures, state } = await open();
    receiver.answer(status(503));
    await change();
    for (let tries = 1; tries < 6; tries += 1) {
      await eventually(() => expect(failures).toHaveLength(tries));
      expect(failures.at(-1)).toMatchObject({ state: 'failing', tries });
      move(50_000 * HOUR);
    }
    await eventually(() => expect(failures).toHaveLength(6));
    expect(failures.at(-1)).toMatchObject({ state: 'paused', tries: 6 });
    await eventually(async () => expect(await state()).toBe('paused'));
  });

  it('is paused after five days also when the receiver asks for the longest delay each time', async () => {
    const { receiver, change, move, failures } = await open();
    receiver.answer(status(503, { 'retry-after': '999999' }));
    await change();
    for (let tries = 1; tries < 6; tries += 1) {
      await eventually(() => expect(failures).toHaveLength(tries));
      expect(failures.at(-1)).toMatchObject({ state: 'failing' });
      move(24 * HOUR);
    }
    await eventually(() => expect(failures.at(-1)).toMatchObject({ state: 'paused', tries: 6 }));
  });

  it.each([
    ['seconds', () => '3600'],
    ['seconds with many digits', () => '0000000003600'],
    ['a date', (time: number) => new Date(time / 1000 + 3_600_500).toUTCString()],
  ])('waits for as long as Retry-After says in %s', async (_what, header) => {
    const { receiver, change, time, failures, webhook, uuid } = await open();
    receiver.answer(status(429, { 'retry-after': header(time()) }));
    await change();
    await eventually(() => expect(failures).toHaveLength(1));
    const { nextTryOn } = await webhook(uuid);
    expect((nextTryOn ?? 0) - time()).toBeGreaterThanOrEqual(3599 * 1_000_000);
    expect((nextTryOn ?? 0) - time()).toBeLessThanOrEqual(3601 * 1_000_000);
  });

  it('goes on at once when a clock that was ahead is set back', async () => {
    const { receiver, change, move, webhook, uuid, revisions } = await open();
    move(HOUR);
    await change();
    await eventually(async () => expect((await webhook(uuid)).deliveredRevision).toBe(1));
    move(-HOUR);
    await change();
    await receiver.until(2);
    // The clock is set back during a delivery as well. After the delivery, the run writes how far it has come.
    receiver.answer((response) => {
      move(-HOUR);
      response.writeHead(204).end();
    });
    await change(2);
    await eventually(async () => expect((await webhook(uuid)).deliveredRevision).toBe(4));
    expect(revisions()).toEqual([1, 2, 3, 4]);
  });

  it('is tried again at once when a clock that was far ahead during a failure is set back', async () => {
    const { receiver, change, move, failures, revisions } = await open();
    move(40 * 24 * HOUR);
    receiver.answer(status(503));
    await change();
    await eventually(() => expect(failures).toHaveLength(1));
    move(-40 * 24 * HOUR);
    receiver.answer(status(200));
    await change();
    await receiver.until(3);
    expect(revisions()).toEqual([1, 1, 2]);
  });

  it('is sent nothing more after a 410, until it is started again', async () => {
    const { receiver, change, move, state, webhooks, uuid, revisions } = await open();
    receiver.answer(status(410));
    await change(2);
    await eventually(async () => expect(await state()).toBe('gone'));
    receiver.answer(status(200));
    move(100 * HOUR);
    await new Promise((resolve) => void setTimeout(resolve, 50));
    expect(receiver.requests).toHaveLength(1);
    valueOf(await webhooks.update(uuid, { enabled: true }));
    await receiver.until(3);
    expect(revisions()).toEqual([1, 1, 2]);
  });

  it('is sent nothing while it is stopped, and then all of it', async () => {
    const { receiver, change, state, webhooks, uuid, revisions } = await open();
    valueOf(await webhooks.update(uuid, { enabled: false }));
    await change(3);
    await new Promise((resolve) => void setTimeout(resolve, 50));
    expect([await state(), receiver.requests.length]).toEqual(['disabled', 0]);
    valueOf(await webhooks.update(uuid, { enabled: true }));
    await receiver.until(3);
    expect(revisions()).toEqual([1, 2, 3]);
  });

  it('is signed with both secrets for a day after a rotation', async () => {
    const { receiver, change, move, webhooks, uuid, secret } = await open();
    const { secret: next } = valueOf(await webhooks.rotateSecret(uuid));
    await change();
    await receiver.until(1);
    const [both] = receiver.requests;
    if (!both) throw new Error('there is no request');
    expect(verified(secret, both)).toEqual(verified(next, both));
    move(25 * HOUR);
    await change();
    await receiver.until(2);
    const [, one] = receiver.requests;
    if (!one) throw new Error('there is no second request');
    expect(verified(next, one).data.revision).toBe(2);
    expect(() => verified(secret, one)).toThrow('No matching signature');
  });

  it('is sent changes again, or none of those before, as an administrator asks', async () => {
    const { receiver, change, failures, webhooks, uuid, revisions, webhook } = await open();
    await change(3);
    await receiver.until(3);
    await eventually(async () => expect((await webhook(uuid)).deliveredRevision).toBe(3));
    valueOf(await webhooks.replay(uuid, 1));
    await receiver.until(5);
    receiver.answer(status(400));
    await change(3);
    await eventually(() => expect(failures).toHaveLength(1));
    receiver.answer(status(200));
    valueOf(await webhooks.replay(uuid, 5));
    await receiver.until(7);
    expect(revisions()).toEqual([1, 2, 3, 2, 3, 4, 6]);
  });

  it('stays stopped when its place is changed, and says why', async () => {
    const { receiver, change, webhooks, uuid, revisions, webhook } = await open();
    receiver.answer(status(410));
    await change(2);
    await eventually(async () => expect((await webhook(uuid)).state).toBe('gone'));
    const before = await webhook(uuid);
    expect(before.lastError).toContain('410');
    const after = valueOf(await webhooks.replay(uuid, 1));
    expect(after).toMatchObject({ state: 'gone', lastError: before.lastError, failingSince: before.failingSince });
    expect(after.deliveredRevision).toBe(1);
    receiver.answer(status(200));
    valueOf(await webhooks.update(uuid, { enabled: true }));
    await receiver.until(2);
    expect(revisions()).toEqual([1, 2]);
  });

  it.each([
    [
      'are not kept any more',
      async ({ database }: Awaited<ReturnType<typeof open>>) => removeChanges(database, clockTime() + 1000),
    ],
    [
      'are of an earlier epoch',
      async ({ database }: Awaited<ReturnType<typeof open>>) => database.administer(beginEpoch),
    ],
  ])('is told when changes %s', async (what, make) => {
    const world = await open();
    const { receiver, change, webhooks, uuid, secret, webhook } = world;
    await change(2);
    await receiver.until(2);
    await eventually(async () => expect((await webhook(uuid)).deliveredRevision).toBe(2));
    valueOf(await webhooks.update(uuid, { enabled: false }));
    await change(2);
    await make(world);
    await change(1);
    valueOf(await webhooks.update(uuid, { enabled: true }));
    const sent = () => receiver.requests.slice(2).map((request) => verified(secret, request));
    if (what.startsWith('are not kept')) {
      await receiver.until(4);
      expect(sent()).toMatchObject([{ type: 'changes.expired', data: { revision: 4 } }, { data: { revision: 5 } }]);
    } else {
      await receiver.until(6);
      expect(sent().map(({ type, data }) => [type, data.revision])).toEqual([
        ['changes.expired', 2],
        ['group.created', 3],
        ['group.created', 4],
        ['group.created', 5],
      ]);
    }
  });

  it('may answer as much as it likes: the rest of it is not read', async () => {
    const { receiver, change, revisions } = await open();
    receiver.answer((response) => {
      response.writeHead(200);
      const more = () => {
        while (!response.destroyed && response.write('x'.repeat(16_384)));
        if (!response.destroyed) response.once('drain', more);
      };
      more();
    });
    await change(2);
    await receiver.until(2);
    expect(revisions()).toEqual([1, 2]);
  });
});
