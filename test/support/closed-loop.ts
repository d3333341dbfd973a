import type { Socket } from 'node:net';
import { connect } from 'node:net';

/** What the clients have received, and how their connections failed. */
export interface Seen {
  /** The number of answers by status. */
  readonly statuses: Record<string, number>;
  /** Messages of connections that could not be opened, or ended without `Connection: close`. Does not include those in `refused`. */
  readonly failures: string[];
  /** The number of clients that stopped because nobody listens on the port. */
  refused: number;
}

export interface LoadOptions {
  readonly port: number;
  readonly connections: number;
  /** The texts of the requests. Client n begins with the nth request. After the last request it continues with the first. */
  readonly requests: readonly string[];
  /** How long, in ms, a client waits after an answer with the status 503 before it sends its next request. Default: 0. */
  readonly pause?: number;
}

/** The text of a request for a persistent connection. */
export function requestText(path: string, { key, query }: { key?: string; query?: string } = {}): string {
  const body = query === undefined ? '' : JSON.stringify({ query });
  return [
    `${body ? 'POST' : 'GET'} ${path} HTTP/1.1`,
    'Host: campaigns.example',
    ...(key ? [`Authorization: ${path.startsWith('/api/') ? 'Token' : 'Bearer'} ${key}`] : []),
    ...(body ? ['Content-Type: application/json', `Content-Length: ${Buffer.byteLength(body)}`] : []),
    '',
    body,
  ].join('\r\n');
}

/** Clients with persistent connections. Each client sends a request, waits for the answer, and then sends the next request. */
export class ClosedLoop {
  readonly seen: Seen = { statuses: {}, failures: [], refused: 0 };
  readonly #sockets = new Set<Socket>();
  readonly #options: LoadOptions;
  #stopping = false;

  constructor(options: LoadOptions) {
    this.#options = options;
    for (let client = 0; client < options.connections; client++) this.#connect(client);
  }

  /** How many clients have a connection. */
  get connected(): number {
    return this.#sockets.size;
  }

  /** How many answers the clients have received. */
  get answered(): number {
    return Object.values(this.seen.statuses).reduce((sum, count) => sum + count, 0);
  }

  /** Ends all connections, also those that wait for an answer. Returns what the clients have seen. */
  stop(): Seen {
    this.#stopping = true;
    for (const socket of this.#sockets) socket.destroy();
    return this.seen;
  }

  #connect(client: number): void {
    if (this.#stopping) return;
    const { port, requests, pause = 0 } = this.#options;
    const socket = connect(port, '127.0.0.1');
    let sent = client;
    let received = '';
    let error: NodeJS.ErrnoException | null = null;
    /** Whether the last answer had `Connection: close`, so that the end of the connection is no failure. */
    let done = false;
    const send = () => void socket.write(requests[sent++ % requests.length] ?? '');
    socket.setNoDelay(true).setEncoding('latin1');
    socket.on('connect', () => {
      this.#sockets.add(socket);
      send();
    });
    socket.on('data', (piece: string) => {
      received += piece;
      const end = received.indexOf('\r\n\r\n');
      if (end < 0) return;
      const head = received.slice(0, end);
      const length = Number(/^content-length: (\d+)$/im.exec(head)?.[1] ?? 0);
      if (received.length < end + 4 + length) return;
      received = '';
      const status = head.slice(9, 12);
      this.seen.statuses[status] = (this.seen.statuses[status] ?? 0) + 1;
      if (/^connection: close$/im.test(head)) {
        done = true;
        socket.destroy();
      } else if (status === '503' && pause > 0) setTimeout(send, pause);
      else send();
    });
    socket.on('error', (reason) => {
      error = reason;
    });
    socket.on('close', () => {
      this.#sockets.delete(socket);
      if (this.#stopping) return;
      if (error?.code === 'ECONNREFUSED') this.seen.refused++;
      else {
        if (!done) this.seen.failures.push(error?.message ?? 'the connection ended');
        this.#connect(sent);
      }
    });
  }
}

/** Sends a request `count` times over one connection, one after the other. Returns how long each took, in ms. */
export async function timesOf(port: number, request: string, count: number): Promise<number[]> {
  const socket = connect(port, '127.0.0.1').setNoDelay(true).setEncoding('latin1');
  const times: number[] = [];
  for (let sent = 0; sent < count; sent++) {
    const started = performance.now();
    socket.write(request);
    let received = '';
    await new Promise<void>((resolve, reject) => {
      const take = (piece: string) => {
        received += piece;
        const end = received.indexOf('\r\n\r\n');
        const length = Number(/^content-length: (\d+)$/im.exec(received)?.[1] ?? 0);
        if (end < 0 || received.length < end + 4 + length) return;
        socket.off('data', take).off('error', reject);
        if (received.startsWith('HTTP/1.1 200 ')) resolve();
        else reject(new Error(received));
      };
      socket.on('data', take).once('error', reject);
    });
    times.push(performance.now() - started);
  }
  socket.destroy();
  return times;
}

export function median(times: readonly number[]): number {
  return times.toSorted((one, other) => one - other)[Math.floor(times.length / 2)] ?? Number.NaN;
}
