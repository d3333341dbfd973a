import type { LookupAddress } from 'node:dns';
import type { Agent, IncomingMessage } from 'node:http';
import type { LookupFunction } from 'node:net';
import type { Duplex } from 'node:stream';
import { BlockList } from 'node:net';
import type { Network } from '../encoding/network.ts';
import { clientFor } from '../node-http.ts';
import { addressesOf } from './look-up.ts';

/** How long, in ms, one request may take in all, from the lookup of the receiver's name to the end of its answer. */
export const SEND_TIMEOUT = 15_000;

/** How many bytes of an answer are read. Nothing is done with them, but a connection whose answer was read can be used again. */
const MAX_ANSWER = 16_384;

/** Connections stay open for further changes, until they have been idle for this time in ms. */
const CONNECTIONS = { keepAlive: true, timeout: 2 * SEND_TIMEOUT };

/** All public addresses of IPv6 (RFC 4291, 2.4). The agent does not suffice, because it takes `::127.0.0.1` for a public address. */
const PUBLIC_IPV6 = new BlockList();
PUBLIC_IPV6.addSubnet('2000::', 3, 'ipv6');

/** The receiver's answer, or why there is none. An error contains no IP address, because the address behind the name may be secret. */
export type Sent =
  | { readonly kind: 'answered'; readonly status: number; readonly retryAfter: string | undefined }
  | { readonly kind: 'unanswered'; readonly error: string };

/** Sends requests of webhooks. */
export interface Sender {
  /**
   * Posts a body to an https address. Redirects are not followed. Rejects only when the signal aborts.
   */
  post(url: string, headers: Readonly<Record<string, string>>, body: string, signal: AbortSignal): Promise<Sent>;
  /** Closes the connections that are open for later requests. */
  close(): void;
}

/**
 * Threat: anybody who may register a webhook could make the server send requests into the operator's network. Therefore the name is
 * looked up once for each request, and the connection goes only to the addresses that were found. Unless all of these are in
 * `networks`, the connection is made by an agent that refuses addresses that are not public.
 *
 * The agent's own list of allowed networks is not used, because it prints a warning whenever an address is of the other version of IP.
 */
export function createSender(networks: readonly Network[], timeout: number = SEND_TIMEOUT): Sender {
  const allowed = new BlockList();
  for (const { address, prefix, version } of networks) allowed.addSubnet(address, prefix, version);
  let agents: Promise<Agents> | undefined;

  return {
    async post(url, headers, body, signal) {
      const ended = new AbortController();
      const end = () => ended.abort();
      const timer = setTimeout(end, timeout);
      signal.addEventListener('abort', end);
      try {
        signal.throwIfAborted();
        const target = new URL(url);
        const addresses = await addressesOf(target.hostname, ended.signal);
        const isAllowed =
          addresses.length > 0 &&
          addresses.every(({ address, family }) => allowed.check(address, family === 6 ? 'ipv6' : 'ipv4'));
        const isPublic = addresses.every(({ address, family }) => family === 4 || PUBLIC_IPV6.check(address, 'ipv6'));
        if (!isAllowed && !isPublic) return { kind: 'unanswered', error: NOT_PUBLIC };
        const { publicOnly, unfiltered } = await (agents ??= createAgents());
        const response = await answer(target, {
          agent: isAllowed ? unfiltered : publicOnly,
          lookup: fixedLookup(addresses),
          headers,
          body,
          signal: ended.signal,
        });
        return { kind: 'answered', status: response.statusCode ?? 0, retryAfter: response.headers['retry-after'] };
      } catch (error) {
        signal.throwIfAborted();
        return { kind: 'unanswered', error: ended.signal.aborted ? timedOut(timeout) : explained(error) };
      } finally {
        clearTimeout(timer);
        signal.removeEventListener('abort', end);
      }
    },
    close() {
      void agents?.then((made) => made.destroy());
    },
  };
}

interface Agents {
  readonly publicOnly: Agent;
  readonly unfiltered: Agent;
  destroy(): void;
}

/** Loads its modules only when they are needed, so that a server without webhooks does not load them: see node-http.ts. */
async function createAgents(): Promise<Agents> {
  const { RequestFilteringHttpsAgent } = await import('request-filtering-agent');
  const { Agent } = clientFor('https:');
  const publicOnly = new RequestFilteringHttpsAgent(CONNECTIONS);
  const unfiltered = new Agent(CONNECTIONS);
  return {
    publicOnly,
    unfiltered,
    destroy() {
      publicOnly.destroy();
      unfiltered.destroy();
    },
  };
}

interface Outgoing {
  readonly agent: Agent;
  readonly lookup: LookupFunction;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  readonly signal: AbortSignal;
}

/** Resolves with the answer when its body was read, was too long, or broke off: the status counts in each case. */
function answer(url: URL, outgoing: Outgoing): Promise<IncomingMessage> {
  const { agent, lookup: find, headers, body, signal } = outgoing;
  return new Promise((resolve, reject) => {
    let received: IncomingMessage | undefined;
    const sending = clientFor('https:').request(url, { method: 'POST', agent, lookup: find, headers, signal });
    sending.on('error', (error: NodeJS.ErrnoException) => {
      if (received) resolve(received);
      // The receiver had closed an idle connection at the moment when it was used again.
      else if (sending.reusedSocket && error.code === 'ECONNRESET') resolve(answer(url, outgoing));
      else reject(error);
    });
    sending.on('response', (response) => {
      received = response;
      let read = 0;
      response.on('data', (chunk: Buffer) => {
        read += chunk.length;
        if (read > MAX_ANSWER) response.destroy();
      });
      response.on('error', () => {});
      response.on('close', () => resolve(response));
    });
    // The receiver switches to a protocol that the request did not ask for. Node hands the socket over, and no other event would settle
    // the promise.
    sending.on('upgrade', (response: IncomingMessage, socket: Duplex) => {
      socket.destroy();
      resolve(response);
    });
    sending.on('close', () => {
      if (!received) reject(Object.assign(new Error('the connection was closed'), { code: 'ECONNRESET' }));
    });
    sending.end(body);
  });
}

function fixedLookup(addresses: readonly LookupAddress[]): LookupFunction {
  return (_hostname, options, callback) => {
    const [first] = addresses;
    if (options.all) callback(null, [...addresses]);
    else callback(null, first?.address ?? '', first?.family);
  };
}

const NOT_PUBLIC =
  'Nothing was sent, because the host is not in a public network. The operator can allow its network: WEBHOOK_NETWORKS.';

const timedOut = (timeout: number): string => `There was no complete answer within ${timeout / 1000} seconds.`;

function explained(error: unknown): string {
  if (!(error instanceof Error)) return 'There was no answer.';
  if ('code' in error && typeof error.code === 'string') return `There was no answer: ${error.code}.`;
  // The agent's own errors have no code, and they name the address.
  return NOT_PUBLIC;
}
