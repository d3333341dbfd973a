import type { LookupAddress } from 'node:dns';
import { lookup, Resolver } from 'node:dns/promises';
import { isIP } from 'node:net';
import { untilAborted } from '../waiting/until-aborted.ts';

/** How long, in ms, a name server may take for its answer. It is asked twice. */
const ANSWER_TIMEOUT = 2_000;

/** The system's last look-up. It never rejects. */
let lastLookUp: Promise<unknown> = Promise.resolve();

/**
 * The addresses of a host, which can be an address itself. Rejects when the signal aborts, or with the system's error when the host is
 * not found.
 *
 * The system's own look-up (getaddrinfo) keeps a thread until it has an answer, and only two can run at a time. If name servers of some
 * receivers did not answer, all other receivers would wait, and so would new connections to the database. So the name servers are
 * asked directly. The system's look-up comes second, for names that are known to this machine only, and one at a time.
 */
export async function addressesOf(
  hostname: string,
  signal: AbortSignal,
  resolver: Resolver = new Resolver({ timeout: ANSWER_TIMEOUT, tries: 2 }),
): Promise<LookupAddress[]> {
  const host = hostname.replace(/^\[(.*)\]$/, '$1');
  const family = isIP(host);
  if (family !== 0) return [{ address: host, family }];
  const found = await askNameServers(host, signal, resolver);
  if (found.length > 0) return found;
  signal.throwIfAborted();
  return lookUpInSystem(host, signal);
}

/** Resolves with no addresses when the name servers know none, do not answer, or when the signal aborts. */
async function askNameServers(host: string, signal: AbortSignal, resolver: Resolver): Promise<LookupAddress[]> {
  const cancel = () => resolver.cancel();
  signal.addEventListener('abort', cancel);
  try {
    const answers = await Promise.allSettled([resolver.resolve4(host), resolver.resolve6(host)]);
    return answers.flatMap((answer, place) =>
      answer.status === 'fulfilled' ? answer.value.map((address) => ({ address, family: place === 0 ? 4 : 6 })) : [],
    );
  } finally {
    signal.removeEventListener('abort', cancel);
  }
}

async function lookUpInSystem(host: string, signal: AbortSignal): Promise<LookupAddress[]> {
  const found = lastLookUp.then(() => {
    signal.throwIfAborted();
    return lookup(host, { all: true });
  });
  lastLookUp = found.catch(() => {});
  // A look-up of the system cannot be ended.
  return untilAborted(signal, found);
}
