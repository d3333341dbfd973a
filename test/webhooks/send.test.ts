import { execFile } from 'node:child_process';
import { Resolver } from 'node:dns/promises';
import { promisify } from 'node:util';
import { describe, expect, it, vi } from 'vitest';
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

/** Sends a request when the process has as many files open as it may, and another one when they are closed. Then closes the sender. */
const OUT_OF_FILES = `
  import { closeSync, openSync } from 'node:fs';
  import { createSender } from './src/webhooks/send.ts';
  const sender = createSender([{ address: '127.0.0.1', prefix: 32, version: 'ipv4' }]);
  const post = () => sender.post('https://127.0.0.1:1', {}, '', new AbortController().signal);
  const held = [];
  try { for (;;) held.push(openSync('/dev/null')); } catch {}
  const { error: before } = await post();
  held.forEach((one) => closeSync(one));
  const { error: after } = await post();
  sender.close();
  console.log(JSON.stringify([before, after]));`;

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

  it('to a name looks the name up once for each connection, and refuses it when it has turned to a private address', async () => {
    trustReceivers();
    const receiver = await startReceiver();
    const url = receiver.url.replace('127.0.0.1', 'localhost');
    const lookUp = vi.spyOn(Resolver.prototype, 'resolve4').mockResolvedValue(['127.0.0.1']);
    const lookUp6 = vi.spyOn(Resolver.prototype, 'resolve6').mockResolvedValue([]);
    try {
      const one = sender();
      for (let i = 0; i < 5; i += 1) {
        expect(await one.post(url, {}, '{}', go)).toMatchObject({ kind: 'answered', status: 204 });
      }
      expect([receiver.connections(), lookUp.mock.calls]).toEqual([1, [['localhost']]]);

      lookUp.mockResolvedValue(['10.0.0.1']);
      receiver.answer((response) => response.destroy());
      expect(await one.post(url, {}, '{}', go)).toMatchObject({
        kind: 'unanswered',
        error: expect.stringContaining('WEBHOOK_NETWORKS'),
      });
      expect([receiver.connections(), lookUp.mock.calls.length]).toEqual([1, 2]);
    } finally {
      lookUp.mockRestore();
      lookUp6.mockRestore();
    }
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

  it.each([
    ['informational answers', 'HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n'],
    ['empty lines', '\r\n'],
  ])('ends soon when %s come without an end', async (_what, piece) => {
    trustReceivers();
    const receiver = await startReceiver();
    receiver.answer(({ socket }) => {
      const flood = () => {
        while (socket?.write(piece.repeat(1_000)));
      };
      socket?.on('drain', flood).on('error', () => {});
      flood();
    });
    const one = sender(60_000);
    expect(await one.post(receiver.url, {}, '{}', go)).toEqual({
      kind: 'unanswered',
      error: 'There was no answer: HPE_HEADER_OVERFLOW.',
    });
    receiver.answer((response) => {
      for (let times = 0; times < 10; times++) response.writeEarlyHints({ link: '</a>; rel=preload' });
      response.writeHead(200).end();
    });
    // Not counted together, although the requests share a connection.
    for (let times = 0; times < 3; times++) {
      expect(await one.post(receiver.url, {}, '{}', go)).toMatchObject({ kind: 'answered', status: 200 });
    }
  });

  it('does not wait longer for a name server that says nothing: not when its time is up, nor when it is aborted', async () => {
    const cancelled = Promise.withResolvers<never>();
    const lookUp = vi.spyOn(Resolver.prototype, 'resolve4').mockReturnValue(cancelled.promise);
    const others = [
      vi.spyOn(Resolver.prototype, 'resolve6').mockReturnValue(cancelled.promise),
      vi.spyOn(Resolver.prototype, 'cancel').mockImplementation(() => cancelled.reject(new Error('cancelled'))),
    ];
    try {
      const aborted = new AbortController();
      const sending = sender(60_000).post('https://silent.test/', {}, '{}', aborted.signal);
      await vi.waitFor(() => expect(lookUp).toHaveBeenCalled());
      const late = sender(100).post('https://silent.test/', {}, '{}', go);
      expect(await late).toEqual({ kind: 'unanswered', error: 'There was no complete answer within 0.1 seconds.' });
      aborted.abort(new Error('the server stops'));
      await expect(sending).rejects.toThrow('the server stops');
    } finally {
      for (const spy of [lookUp, ...others]) spy.mockRestore();
    }
  });

  it('is sent although no file could be opened when one was to be sent first', async () => {
    const program = ['-c', 'ulimit -n 100; exec "$0" --input-type=module --eval "$1"', process.execPath, OUT_OF_FILES];
    const { stdout } = await promisify(execFile)('sh', program);
    const [before, after] = JSON.parse(stdout) as string[];
    expect(before).toMatch(/ERR_INVALID_PACKAGE_CONFIG|EMFILE/);
    expect(after).toBe('There was no answer: ECONNREFUSED.');
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
