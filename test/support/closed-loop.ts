import type { Socket } from 'node:net';
import { connect } from 'node:net';

/** What clients saw. */
export interface Seen {
  /** How many answers had a status, by status. */
  readonly statuses: Record<string, number>;
  /** Why requests were not answered: the connection ended, or could not be opened, and not because nobody listens. */
  readonly failures: string[];
  /** The clients that met a port where nobody listens, and ended. */
  refused: number;
}

export interface LoadOptions {
  readonly port: number;
  readonly connections: number;
  /** The requests as they are sent. Client n begins with the nth, and goes round. */
  readonly requests: readonly string[];
  /** How long, in ms, a client waits before it repeats a request that was refused with 503. Default: 0. */
  readonly pause?: number;
}

/** The text of a request that is sent over a connection that is kept. */
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

/** Clients that each send a request, wait for the answer, and send the next one, over connections that they keep. */
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

  /** How many answers they have had. */
  get answered(): number {
    return Object.values(this.seen.statuses).reduce((sum, count) => sum + count, 0);
  }

  /** Ends the connections, also those that wait for an answer, and returns what was seen. */
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
    /** Whether the connection was ended by us, or by the server as it had said. */
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

/** How long, in ms, each of `count` requests takes that are sent one after the other over one connection. */
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
