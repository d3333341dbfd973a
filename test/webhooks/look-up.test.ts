import { createSocket } from 'node:dgram';
import { Resolver } from 'node:dns/promises';
import { describe, expect, it } from 'vitest';
import { addressesOf } from '../../src/webhooks/look-up.ts';
import { afterwards } from '../support/afterwards.ts';

// A name server that knows `answered.test`, says nothing about names in `silent.test`, and knows no other name.

const server = createSocket('udp4', (query, { port, address }) => {
  const labels = /^[^\0]+/.exec(query.toString('latin1', 12))?.[0] ?? '';
  if (labels.includes('silent')) return;
  const known = labels.includes('answered');
  const isA = query.readUInt16BE(12 + labels.length + 1) === 1;
  const question = query.subarray(12, 12 + labels.length + 5);
  const header = Buffer.from(query.subarray(0, 12));
  header.writeUInt16BE(known ? 0x81_80 : 0x81_83, 2);
  header.fill(0, 6);
  header.writeUInt16BE(known && isA ? 1 : 0, 6);
  // The name of the question, A, IN, one minute, four bytes: 192.0.2.7.
  const record = Buffer.from([0xc0, 12, 0, 1, 0, 1, 0, 0, 0, 60, 0, 4, 192, 0, 2, 7]);
  server.send(Buffer.concat([header, question, ...(known && isA ? [record] : [])]), port, address);
});
await new Promise<void>((resolve) => server.bind(0, '127.0.0.1', resolve));
afterwards(() => server.close());

function resolver(timeout = 2_000): Resolver {
  const made = new Resolver({ timeout, tries: 2 });
  made.setServers([`127.0.0.1:${server.address().port}`]);
  return made;
}

const never = new AbortController().signal;

describe('the addresses of a host', () => {
  it.each([
    ['127.0.0.1', [{ address: '127.0.0.1', family: 4 }]],
    ['[::1]', [{ address: '::1', family: 6 }]],
    ['answered.test', [{ address: '192.0.2.7', family: 4 }]],
  ])('%s', async (host, addresses) => {
    expect(await addressesOf(host, never, resolver())).toEqual(addresses);
  });

  it('are found when only this machine knows the name', async () => {
    const addresses = await addressesOf('localhost', never, resolver());
    expect(addresses.map(({ address }) => address)).toSatisfy(
      (found: string[]) => found.includes('127.0.0.1') || found.includes('::1'),
    );
  });

  it('are not found for other names', async () => {
    await expect(addressesOf('unknown.invalid', never, resolver())).rejects.toHaveProperty(
      'code',
      expect.stringMatching(/^(ENOTFOUND|EAI_AGAIN)$/),
    );
  });

  it('do not wait for name servers that say nothing about the names of others', async () => {
    const aborted = new AbortController();
    const waiting = Array.from({ length: 20 }, (_, n) => addressesOf(`n${n}.silent.test`, aborted.signal, resolver()));
    const ended = Promise.allSettled(waiting);
    expect(await addressesOf('answered.test', never, resolver())).toHaveLength(1);
    aborted.abort(new Error('given up'));
    for (const { status } of await ended) expect(status).toBe('rejected');
  });
});
