import { describe, expect, it } from 'vitest';
import { createSender } from '../../src/webhooks/send.ts';
import { afterwards } from '../support/afterwards.ts';
import { startReceiver, status, trustReceivers } from './support/receiver.ts';
import { LOOPBACK } from './support/world.ts';

const sender = (timeout = 5000) => {
  const made = createSender([LOOPBACK], timeout);
  afterwards(() => made.close());
  return made;
};
const go = new AbortController().signal;

describe('a request to a receiver', () => {
  it('is not sent when nobody vouches for its certificate', async () => {
    const receiver = await startReceiver();
    expect(await sender().post(receiver.url, {}, '{}', go)).toEqual({
      kind: 'unanswered',
      error: 'There was no answer: DEPTH_ZERO_SELF_SIGNED_CERT.',
    });
    expect(receiver.requests).toEqual([]);
    trustReceivers();
    expect(await sender().post(receiver.url, {}, '{}', go)).toMatchObject({ kind: 'answered', status: 204 });
  });

  it('is answered by its status, also when the rest of the answer never comes', async () => {
    const receiver = await startReceiver();
    receiver.answer((response) => void response.writeHead(200).write('the beginning'));
    expect(await sender(300).post(receiver.url, {}, '{}', go)).toMatchObject({ kind: 'answered', status: 200 });
  });

  it('uses the connection of the one before, and another where that was closed', async () => {
    const receiver = await startReceiver();
    const one = sender();
    for (let i = 0; i < 5; i += 1) await one.post(receiver.url, {}, '{}', go);
    expect(receiver.connections()).toBe(1);
    let closed = false;
    receiver.answer((response) => {
      if (closed) return status(200)(response, { path: '', headers: {}, body: '' });
      closed = true;
      response.destroy();
    });
    expect(await one.post(receiver.url, {}, '{}', go)).toMatchObject({ kind: 'answered', status: 200 });
    expect(receiver.connections()).toBe(2);
  });

  it('is answered by a receiver that changes the protocol without being asked', async () => {
    const receiver = await startReceiver();
    receiver.answer((response) => {
      response.socket?.write('HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\n');
    });
    const one = sender(2_000);
    expect(await one.post(receiver.url, {}, '{}', go)).toMatchObject({ kind: 'answered', status: 101 });
    receiver.answer(status(200));
    expect(await one.post(receiver.url, {}, '{}', go)).toMatchObject({ kind: 'answered', status: 200 });
  });

  it('ends when it is aborted, and then rejects', async () => {
    const receiver = await startReceiver();
    receiver.answer(() => {});
    const aborted = new AbortController();
    const sending = sender().post(receiver.url, {}, '{}', aborted.signal);
    await receiver.until(1);
    aborted.abort(new Error('the server stops'));
    await expect(sending).rejects.toThrow('the server stops');
  });
});
