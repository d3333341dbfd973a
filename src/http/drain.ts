import type { Server, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { lastResponseOf } from './last-response.ts';
import type { Turns } from './turns.ts';

/** How long, in ms, requests that are under way have to be answered once no more connections are accepted. */
const DRAIN_TIMEOUT = 10_000;

/** How often, in ms, a draining server looks for connections that have nothing under way any more. */
const SWEEP = 50;

/**
 * When the server has had no connection, and a watched server no request, for this time in ms, nobody is known who must be told
 * that the server goes down.
 */
const FORGOTTEN = 30_000;

/** How often, in ms, a server looks for new connections and requests before it closes. */
const LOOK = 5;

/**
 * The server closes when this many looks in a row have found nothing new, and after MAX_LOOKS looks at the latest. These are
 * numbers and not times, because on a busy machine each look takes longer, and so do connections on their way here.
 */
const QUIET_LOOKS = 8;
const MAX_LOOKS = 50;

/** What a server must know of the port that it shares with other processes. */
export interface SharedPort {
  /**
   * Resolves when the connections that have been accepted for this server by now have been passed on to it, or soon if that
   * cannot be known.
   */
  passedOn(): Promise<void>;
  /** Call it when the server accepts no more connections. Resolves when no process accepts any more. */
  allClosed(): Promise<void>;
}

const OWN_PORT: SharedPort = { passedOn: async () => {}, allClosed: async () => {} };

export interface Drain {
  /** Whether the server is going down. */
  readonly draining: boolean;
  /**
   * Takes the server down in good order, and resolves when the last connection is closed. `endStreams` is called when no more
   * connections are accepted: it must end the answers that have no end of their own. Call it once.
   */
  drain(endStreams?: () => void): Promise<void>;
  /** Counts requests to this other server as a sign that somebody must be told, because a load balancer may ask on a port of its own. */
  watch(other: Server): void;
}

/**
 * Makes a server one that can be taken down without failing a request. While it drains, every answer says `Connection: close`,
 * because a client that reuses its connection just as the server closes it would lose its request.
 *
 * For `delay` ms it goes on as before, so that clients can be told, and load balancers notice that it is not ready any more.
 * Then no more connections are accepted, and each one is closed when its request is answered. After DRAIN_TIMEOUT, what is left
 * is cut off.
 *
 * @param port The port, when several processes accept its connections. Nothing is answered until none of them accepts any more.
 * A client that has its answer connects again, and its connection would be accepted for a process that takes no more
 * connections.
 */
export function drainable(server: Server, turns: Turns, delay: number, port = OWN_PORT): Drain {
  const connections = new Set<Socket>();
  let draining = false;
  let lastSeen = Number.NEGATIVE_INFINITY;
  // Counts what has come in: connections and requests.
  let arrivals = 0;
  server.on('connection', (socket) => {
    arrivals++;
    lastSeen = performance.now();
    connections.add(socket);
    socket.once('close', () => connections.delete(socket));
  });
  // First, so that the header is there before any route answers.
  server.prependListener('request', (_request, response: ServerResponse) => {
    arrivals++;
    if (draining) response.setHeader('connection', 'close');
  });

  return {
    get draining() {
      return draining;
    },
    async drain(endStreams = () => {}) {
      draining = true;
      for (const socket of connections) {
        const response = lastResponseOf(socket);
        if (response && !response.headersSent) response.setHeader('connection', 'close');
      }
      if (connections.size > 0 || performance.now() - lastSeen < FORGOTTEN) {
        await sleep(delay);
        turns.hold();
        await silence(() => arrivals, port);
      }
      const closed = close(server);
      await port.allClosed();
      turns.release();
      endStreams();
      await closed;
    },
    watch(other) {
      other.on('request', () => (lastSeen = performance.now()));
    },
  };
}

/**
 * Waits until nothing arrives any more. Requests are held back meanwhile, because a client that waits for an answer opens no
 * connection. A connection that the kernel has accepted but the server has not would be reset when the server closes. Each look
 * also waits for the process that accepts connections for others, because that process may have no time meanwhile.
 */
async function silence(arrivals: () => number, port: SharedPort): Promise<void> {
  let before = arrivals();
  for (let looks = 0, quiet = 0; quiet < QUIET_LOOKS && looks < MAX_LOOKS; looks++) {
    await Promise.all([sleep(LOOK), port.passedOn()]);
    quiet = arrivals() === before ? quiet + 1 : 0;
    before = arrivals();
  }
}

function close(server: Server): Promise<void> {
  return new Promise((resolve) => {
    const sweep = setInterval(() => server.closeIdleConnections(), SWEEP);
    const cut = setTimeout(() => server.closeAllConnections(), DRAIN_TIMEOUT);
    server.close(() => {
      clearInterval(sweep);
      clearTimeout(cut);
      resolve();
    });
  });
}
