import type { LookupAddress } from 'node:dns';
import type { Agent, ClientRequestArgs, IncomingMessage } from 'node:http';
import type { LookupFunction } from 'node:net';
import type { Duplex } from 'node:stream';
import { BlockList } from 'node:net';
import type { AddressRange } from '../network/address-range.ts';
import { clientFor, hitClosedConnection } from '../node-http.ts';
import { codeOf } from '../thrown.ts';
import { addressesOf } from './look-up.ts';

/** How long, in ms, one request may take in all, from the lookup of the receiver's name to the end of its answer. */
export const SEND_TIMEOUT = 15_000;

/** How many bytes of an answer are read. Nothing is done with them, but a connection whose answer was read can be used again. */
const MAX_ANSWER = 16_384;

/**
 * How many bytes of a receiver are read before its answer begins. Node bounds one head, but not how many informational answers (such as
 * 103) and empty lines come before it. To read them until the timeout would keep a processor busy.
 */
const MAX_BEFORE_ANSWER = 65_536;

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
 * looked up once for each new connection, and the connection goes only to the addresses that were found. Unless all of these are in
 * `networks`, the connection is made by an agent that refuses addresses that are not public. A connection that is used again needs no
 * look-up, because its address was checked when it was opened.
 *
 * The agent's own list of allowed networks is not used, because it prints a warning whenever an address is of the other version of IP.
 */
export function createSender(networks: readonly AddressRange[], timeout: number = SEND_TIMEOUT): Sender {
  const allowed = new BlockList();
  for (const { address, prefix, version } of networks) allowed.addSubnet(address, prefix, version);
  let agent: Agent | undefined;
  /** A promise is not kept, because it may be rejected while no more files can be opened. */
  const agentOf = async (): Promise<Agent> => {
    const made = agent ?? (await createAgent(allowed));
    return (agent ??= made);
  };

  return {
    async post(url, headers, body, signal) {
      const ended = new AbortController();
      const end = () => ended.abort();
      const timer = setTimeout(end, timeout);
      signal.addEventListener('abort', end);
      try {
        signal.throwIfAborted();
        const response = await answer(new URL(url), {
          agent: await agentOf(),
          lookup: lookupUntil(ended.signal),
          headers,
          body,
          signal: ended.signal,
        });
        return { kind: 'answered', status: response.statusCode ?? 0, retryAfter: response.headers['retry-after'] };
      } catch (error) {
        signal.throwIfAborted();
        return { kind: 'unanswered', error: ended.signal.aborted ? timedOut(timeout) : reasonOf(error) };
      } finally {
        clearTimeout(timer);
        signal.removeEventListener('abort', end);
      }
    },
    close() {
      agent?.destroy();
    },
  };
}

/**
 * An agent that looks a name up when it opens a connection, and opens it only to addresses that are public or allowed. It expects a
 * `lookup` with each request. Its modules are loaded only when they are needed, so that a server without webhooks does not load them:
 * see node-http.ts.
 */
async function createAgent(allowed: BlockList): Promise<Agent> {
  const { RequestFilteringHttpsAgent } = await import('request-filtering-agent');
  const { Agent: HttpsAgent } = clientFor('https:');
  // Only their `createConnection` is used. The connections belong to the agent that is returned.
  const publicOnly = new RequestFilteringHttpsAgent();
  const unfiltered = new HttpsAgent();

  async function connect(options: ClientRequestArgs, created: Created): Promise<void> {
    const { host, port, lookup: find } = options;
    if (typeof host !== 'string' || find === undefined) throw new Error('the request has no host or no lookup');
    const addresses = await allAddresses(host, find);
    const isAllowed = addresses.length > 0 && addresses.every((one) => isIn(allowed, one));
    const isPublic = addresses.every((one) => one.family === 4 || isIn(PUBLIC_IPV6, one));
    if (!isAllowed && !isPublic) throw new Error('the host is not in a public network');
    const connecting = isAllowed ? unfiltered : publicOnly;
    const checked = { ...options, host, port: Number(port), lookup: fixedLookup(addresses) };
    // `publicOnly` calls `created` itself when it refuses an address. Node ignores the second call.
    const socket = connecting.createConnection(checked, created);
    if (socket) created(null, socket);
  }

  class CheckingAgent extends HttpsAgent {
    override createConnection(options: ClientRequestArgs, created: Created): undefined {
      connect(options, created).catch(created);
    }
  }

  return new CheckingAgent(CONNECTIONS);
}

/** Takes the outcome of opening a connection. Only its first call counts. */
type Created = (error: Error | null, socket?: Duplex) => void;

function allAddresses(host: string, find: LookupFunction): Promise<LookupAddress[]> {
  return new Promise((resolve, reject) => {
    find(host, { all: true }, (error, addresses) => {
      if (error) reject(error);
      else if (Array.isArray(addresses)) resolve(addresses);
      else reject(new Error('the lookup gave one address alone'));
    });
  });
}

function isIn(list: BlockList, { address, family }: LookupAddress): boolean {
  return list.check(address, family === 6 ? 'ipv6' : 'ipv4');
}

/** Looks all addresses of a name up, unless the signal aborts first. */
function lookupUntil(signal: AbortSignal): LookupFunction {
  return (hostname, _options, callback) => {
    const find = async () => {
      signal.throwIfAborted();
      return addressesOf(hostname, signal);
    };
    find().then(
      (addresses) => callback(null, addresses),
      (error: NodeJS.ErrnoException) => callback(error, []),
    );
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
    sending.on('error', (error) => {
      if (received) resolve(received);
      // A delivery may arrive twice: its id tells the receiver.
      else if (hitClosedConnection(sending, error)) resolve(answer(url, outgoing));
      else reject(error);
    });
    sending.on('socket', (socket) => {
      let read = 0;
      const count = (chunk: Buffer) => {
        read += chunk.length;
        if (!received && read > MAX_BEFORE_ANSWER) sending.destroy(tooLong());
      };
      socket.on('data', count);
      sending.once('close', () => socket.off('data', count));
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

/** The error that Node itself has for a head that is too long. */
const tooLong = () => Object.assign(new Error('too much comes before the answer'), { code: 'HPE_HEADER_OVERFLOW' });

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

function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return 'There was no answer.';
  const code = codeOf(error);
  if (code !== undefined) return `There was no answer: ${code}.`;
  // The agent's own errors have no code, and they name the address.
  return NOT_PUBLIC;
}
