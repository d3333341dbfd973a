import { hostname } from 'node:os';
import type { AddressInfo } from 'node:net';
import { createServer } from 'node:net';
import { describe, expect, it } from 'vitest';
import { parseRange } from '../../src/network/address-range.ts';
import { parseAddress } from '../../src/model/webhook-address.ts';
import type { Sender } from '../../src/webhooks/send.ts';
import { createSender } from '../../src/webhooks/send.ts';
import { afterwards } from '../support/afterwards.ts';

// This server listens on every address of the machine and counts connections. No webhook may connect to it by a private address.
let connections = 0;
const server = createServer((socket) => {
  connections += 1;
  socket.destroy();
});
await new Promise<void>((resolve) => server.listen(0, '::', resolve));
afterwards(() => server.close());
const { port } = server.address() as AddressInfo;

const networks = (...texts: string[]) => texts.map(parseRange).filter((one) => one !== null);

function senderTo(...texts: string[]): Sender {
  const sender = createSender(networks(...texts), 5000);
  afterwards(() => sender.close());
  return sender;
}

const post = (sender: Sender, url: string) => sender.post(url, {}, '{}', new AbortController().signal);

const HOSTS = [
  ['a loopback address', '127.0.0.1'],
  ['another loopback address', '127.9.8.7'],
  ['a decimal number', '2130706433'],
  ['an octal number', '017700000001'],
  ['a hexadecimal number', '0x7f000001'],
  ['octal parts', '0177.0.0.01'],
  ['hexadecimal parts', '0x7f.0x0.0x0.0x1'],
  ['fewer parts', '127.1'],
  ['a trailing dot', '127.0.0.1.'],
  ['full-width digits', '１２７.０.０.１'],
  ['circled digits', '①②⑦.⓪.⓪.①'],
  ['percent-encoded digits', '%31%32%37.0.0.1'],
  ['the unspecified address', '0.0.0.0'],
  ['the unspecified address as a number', '0'],
  ['the loopback address of IPv6', '[::1]'],
  ['the same written out', '[0:0:0:0:0:0:0:1]'],
  ['the unspecified address of IPv6', '[::]'],
  ['an IPv4 address mapped to IPv6', '[::ffff:127.0.0.1]'],
  ['the same in hexadecimal', '[::ffff:7f00:1]'],
  ['an IPv4-compatible address', '[::127.0.0.1]'],
  ['NAT64', '[64:ff9b::7f00:1]'],
  ['6to4', '[2002:7f00:1::]'],
  ['Teredo', '[2001:0:7f00:1::]'],
  ['a link-local address of IPv6', '[fe80::1]'],
  ['a site-local address of IPv6', '[fec0::1]'],
  ['a unique local address of IPv6', '[fd00::1]'],
  ['a multicast address of IPv6', '[ff02::1]'],
  ['the metadata of a cloud', '169.254.169.254'],
  ['private networks: 10/8', '10.0.0.1'],
  ['private networks: 172.16/12', '172.31.255.254'],
  ['private networks: 192.168/16', '192.168.1.1'],
  ['carrier-grade NAT', '100.64.0.1'],
  ['a benchmark’s network', '198.18.0.1'],
  ['a multicast address', '224.0.0.1'],
  ['broadcast', '255.255.255.255'],
  ['a name', 'localhost'],
  ['a name in capitals', 'LOCALHOST'],
  ['a name with a trailing dot', 'localhost.'],
  ['the name of this machine', hostname()],
] as const;

describe('nothing is sent to', () => {
  const sender = senderTo();

  it.each(HOSTS)('%s: %s', async (_what, host) => {
    const before = connections;
    const sent = await post(sender, `https://${host}:${port}/`);
    expect(sent.kind).toBe('unanswered');
    expect(sent).not.toHaveProperty('error', expect.stringMatching(/ECONN|EHOSTUNREACH|ENETUNREACH|ETIMEDOUT|seconds/));
    expect(connections).toBe(before);
  });

  it('a private network other than those that are allowed', async () => {
    const before = connections;
    const others = senderTo('10.0.0.0/8', 'fd00::/8', '127.0.0.2');
    for (const host of ['127.0.0.1', 'localhost', '[::1]', '[::ffff:127.0.0.1]']) {
      expect(await post(others, `https://${host}:${port}/`)).toMatchObject({
        error: expect.stringContaining('WEBHOOK_NETWORKS'),
      });
    }
    expect(connections).toBe(before);
  });
});

it('would be noticed if it were sent', async () => {
  const sender = senderTo('127.0.0.0/8', '::/0');
  for (const host of ['127.0.0.1', '2130706433', '[::1]', 'localhost', '[::ffff:127.0.0.1]']) {
    const before = connections;
    expect(await post(sender, `https://${host}:${port}/`)).toMatchObject({
      error: expect.stringContaining('ECONNRESET'),
    });
    expect(connections).toBe(before + 1);
  }
});

describe('an address of a webhook', () => {
  it.each([
    ['http://receiver.example/', 'http://'],
    ['ftp://receiver.example/', 'ftp://'],
    ['file:///etc/passwd', 'complete URL'],
    ['data:text/plain,x', 'complete URL'],
    ['receiver.example/changes', 'complete URL'],
    ['', 'complete URL'],
    ['https://', 'complete URL'],
    ['https://user@receiver.example/', 'a user or a password'],
    ['https://user:secret@receiver.example/', 'a user or a password'],
    ['https://:secret@receiver.example/', 'a user or a password'],
    ['https://127.0.0.1@receiver.example/', 'a user or a password'],
    ['https://receiver.example/#part', 'a fragment'],
    [`https://receiver.example/${'x'.repeat(2048)}`, '2048 characters'],
  ])('cannot be %s', (url, why) => {
    const parsed = parseAddress(url);
    const [error] = 'errors' in parsed ? parsed.errors : [];
    expect(error).toMatchObject({ code: 'INVALID_ADDRESS', field: ['url'], message: expect.stringContaining(why) });
    expect(error?.message).not.toContain('secret');
  });

  it('is kept as URLs are written', () => {
    expect(parseAddress(' HTTPS://Receiver.Example:443/changes?key=1 ')).toEqual({
      value: 'https://receiver.example/changes?key=1',
    });
  });
});
