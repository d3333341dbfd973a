import type { ServerResponse } from 'node:http';
import { describe, expect, it, vi } from 'vitest';
import { dueWebhooks, leaseWebhook, writeDelivered } from '../../src/model/webhook-progress.ts';
import { newUuid } from '../../src/model/uuid.ts';
import { afterwards } from '../support/afterwards.ts';
import { newPlace, openAt } from '../support/engine.ts';
import { openEmptyDatabase } from '../support/world.ts';
import { startReceiver, status, trustReceivers, verified } from './support/receiver.ts';
import { openDelivering } from './support/world.ts';

trustReceivers();

const SECOND = 1_000_000;

/** How long, in ms, a delivery may take. It is long because a connection can take half a second on a busy machine. */
const PATIENT = 10_000;

describe('several instances', () => {
  it('share the webhooks: each change is sent once, in its order', async () => {
    const { address } = await newPlace();
    const [one, other] = [openAt(address), openAt(address)];
    afterwards(() => Promise.all([one.close(), other.close()]));
    await one.migrate();
    const world = await openDelivering(one);
    const receivers = await Promise.all(Array.from({ length: 6 }, startReceiver));
    const hooks = await Promise.all(receivers.map(({ url }, place) => world.create(url, `Receiver ${place}`)));
    world.start(one, PATIENT);
    world.start(other, PATIENT);
    for (let i = 0; i < 20; i += 1) await world.change();
    await Promise.all(receivers.map((receiver) => receiver.until(20)));
    await vi.waitFor(async () => {
      const delivered = (await world.webhooks.list()).map(({ deliveredRevision }) => deliveredRevision);
      expect(delivered).toEqual(hooks.map(() => 20));
    });
    for (const [place, { requests }] of receivers.entries()) {
      const revisions = requests.map((request) => verified(hooks[place]?.secret ?? '', request).data.revision);
      expect(revisions).toEqual(Array.from({ length: 20 }, (_, i) => i + 1));
    }
    expect(world.errors).toEqual([]);
  });

  it('reads what is due once for many deliveries, and does not wait between them', async () => {
    const { address } = await newPlace('tables');
    let reads = 0;
    const database = openAt(address, (statement) => {
      if (/^select .* from "webhooks" .* order by .* "webhooks"."held_until"/s.test(statement)) reads += 1;
    });
    afterwards(() => database.close());
    const world = await openDelivering(database);
    const receiver = await startReceiver();
    const MANY = 12;
    for (let place = 0; place < MANY; place++) await world.create(receiver.url, `Receiver ${place}`);
    await world.change();
    const HOUR = 3_600_000;
    world.start(database, PATIENT, HOUR);
    await receiver.until(MANY);
    expect(reads).toBe(1);
  });

  it('take over what another one had leased when it crashed, after its time', async () => {
    const database = await openEmptyDatabase();
    const world = await openDelivering(database);
    const receiver = await startReceiver();
    const { secret } = await world.create(receiver.url);
    await world.change(2);
    const duration = 30 * SECOND;
    const [due] = await dueWebhooks(database.reader, { time: world.time(), duration, limit: 10 });
    if (!due) throw new Error('nothing is due');
    const crashed = await leaseWebhook(database, due, { holder: newUuid(), time: world.time(), duration });
    if (!crashed) throw new Error('it is not leased');
    world.start(undefined, PATIENT);
    await new Promise((resolve) => void setTimeout(resolve, 60));
    expect(receiver.requests).toHaveLength(0);
    world.move(duration);
    await receiver.until(2);
    expect(receiver.requests.map((request) => verified(secret, request).data.revision)).toEqual([1, 2]);
    // If the crashed run continues, it writes nothing, because another run has taken over the webhook.
    expect(await writeDelivered(database, crashed, { delivered: 1, deliveredOn: world.time() }, world.time())).toBe(
      false,
    );
    await vi.waitFor(async () => expect((await world.webhooks.list())[0]?.deliveredRevision).toBe(2));
  });
});

describe('a webhook that an administrator changes while it is sent to', () => {
  it('goes on at its new address, and the old one gets nothing more', async () => {
    const world = await openDelivering(await openEmptyDatabase());
    const [old, next] = [await startReceiver(), await startReceiver()];
    const { webhook } = await world.create(old.url);
    let finish = () => {};
    old.answer((response) => void (finish = () => response.writeHead(200).end()));
    world.start(undefined, PATIENT);
    await world.change(3);
    await old.until(1);
    await world.webhooks.update(webhook.uuid, { url: next.url });
    // A run writes its progress once a second, and only then notices that the webhook was changed.
    world.move(SECOND);
    finish();
    await next.until(3);
    expect(old.requests).toHaveLength(1);
  });
});

describe('many webhooks', () => {
  it('of which one hangs keep none of the others waiting', async () => {
    const { database, slow, hanging } = await openHanging();
    const [slowly, quick] = [await openDelivering(database), await openDelivering(database)];
    const fast = await startReceiver();
    for (let i = 0; i < 10; i += 1) await slowly.create(slow.url, `Slow ${i}`);
    await quick.create(fast.url);
    slowly.start(undefined, 10_000);
    await slowly.change();
    // Of the ten webhooks of this workspace only four are sent to at the same time, because a workspace has a limit.
    await slow.until(4);
    await quick.change(3);
    await fast.until(3);
    expect(slow.requests).toHaveLength(4);
    slow.answer(status(200));
    for (const response of hanging) response.end();
  });

  it('of several workspaces that hang give the next place to a workspace that has none', async () => {
    const { database, slow, hanging } = await openHanging();
    const slowly = await Promise.all(Array.from({ length: 8 }, () => openDelivering(database)));
    for (const world of slowly) for (let i = 0; i < 8; i += 1) await world.create(slow.url, `Slow ${i}`);
    const [quick, fast] = [await openDelivering(database), await startReceiver()];
    await quick.create(fast.url);
    quick.start(undefined, 30_000);
    for (const world of slowly) await world.change();
    await slow.until(32);
    await quick.change();
    // Meanwhile the server looks for changes many times, and all places are taken.
    await new Promise((resolve) => void setTimeout(resolve, 100));
    expect(fast.requests).toHaveLength(0);
    hanging.shift()?.end();
    await fast.until(1);
    for (const world of [...slowly, quick]) expect(world.errors).toEqual([]);
    slow.answer(status(200));
    for (const response of hanging) response.end();
  });

  it('that fail in many workspaces leave half of the places to the others', async () => {
    const { database, slow, hanging } = await openHanging();
    const failing = await Promise.all(Array.from({ length: 24 }, () => openDelivering(database)));
    slow.answer(status(500));
    for (const world of failing) await world.create(slow.url);
    const [quick, fast] = [await openDelivering(database), await startReceiver()];
    await quick.create(fast.url);
    quick.start(undefined, 30_000);
    for (const world of failing) await world.change();
    await vi.waitFor(() => expect(quick.failures).toHaveLength(24), { timeout: PATIENT });
    slow.answer((response) => void hanging.push(response));
    quick.move(10 * SECOND);
    await slow.until(24 + 16);
    await quick.change(3);
    await fast.until(3);
    expect(slow.requests).toHaveLength(24 + 16);
    slow.answer(status(200));
    for (const response of hanging) response.end();
  });
});

/** A database, and a receiver that does not answer. */
async function openHanging() {
  const database = await openEmptyDatabase();
  const slow = await startReceiver();
  const hanging: ServerResponse[] = [];
  slow.answer((response) => void hanging.push(response));
  return { database, slow, hanging };
}

describe('a server that stops', () => {
  it('ends the delivery under way, writes what was delivered, and sends the rest after its next start', async () => {
    const world = await openDelivering(await openEmptyDatabase());
    const receiver = await startReceiver();
    const { webhook } = await world.create(receiver.url);
    receiver.answer((response) => {
      if (receiver.requests.length < 3) response.writeHead(200).end();
    });
    const deliveries = world.start(undefined, 60_000);
    await world.change(4);
    await receiver.until(3);
    const started = performance.now();
    await deliveries.stop();
    expect(performance.now() - started).toBeLessThan(6000);
    expect(await world.webhook(webhook.uuid)).toMatchObject({ state: 'active', deliveredRevision: 2, failures: [] });
    receiver.answer(status(200));
    world.start(undefined, PATIENT);
    await receiver.until(5);
    const ids = receiver.requests.map(({ headers }) => headers['webhook-id']);
    expect(new Set(ids).size).toBe(4);
    expect(ids[2]).toBe(ids[3]);
  });
});
