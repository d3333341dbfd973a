import type { Agent, IncomingMessage } from 'node:http';
import { clientFor, hitClosedConnection } from '../node-http.ts';

/** How many bytes of an answer are read. A page of 250 campaigns has about 60 kB. */
const MAX_ANSWER = 8 * 1024 * 1024;

/** Connections stay open for further requests until they have been idle for this time in ms. */
const IDLE = 30_000;

/** A request to the server of an account. */
interface AccountRequest {
  readonly method: string;
  /** With the query. */
  readonly path: string;
  /** JSON. */
  readonly body: string | undefined;
  readonly authorization: string;
  /** How long, in ms, the server may take for the whole answer. */
  readonly timeout: number;
}

/** A whole answer, with any status. */
interface Answer {
  readonly kind: 'answered';
  readonly status: number;
  readonly headers: IncomingMessage['headers'];
  readonly text: string;
}

/** A request without a whole answer. The `reason` never contains an address or a token. */
export type Unanswered =
  /** Nothing was sent: the server cannot be reached. */
  | { readonly kind: 'unreachable'; readonly reason: string }
  /** The request was sent, and no answer tells its result. A write may have been carried out. */
  | { readonly kind: 'unknown'; readonly reason: string };

/** The connections to the server of an account. */
export class AccountConnections {
  readonly #url: string;
  readonly #agent: Agent;
  #isClosed = false;

  constructor(url: string) {
    this.#url = url;
    this.#agent = new (clientFor(url).Agent)({ keepAlive: true, timeout: IDLE });
  }

  /** Aborts all running requests. Later requests are not sent, because they would delay a stop. */
  close(): void {
    this.#isClosed = true;
    this.#agent.destroy();
  }

  /** Resolves when the whole answer is there. Redirects are not followed, because they would take the token elsewhere. */
  send(sent: AccountRequest): Promise<Answer | Unanswered> {
    if (this.#isClosed) return Promise.resolve({ kind: 'unreachable', reason: 'This server is stopping.' });
    const { method, path, body, authorization, timeout } = sent;
    return new Promise((resolve) => {
      const request = clientFor(this.#url).request(`${this.#url}${path}`, {
        method,
        agent: this.#agent,
        headers: {
          authorization,
          accept: 'application/json',
          'accept-encoding': 'identity',
          'user-agent': 'campaigns-gateway',
          ...(body !== undefined && {
            'content-type': 'application/json',
            'content-length': String(Buffer.byteLength(body)),
          }),
        },
      });
      let isSent = false;
      let hasFailed = false;
      const fail = (reason: string): void => {
        hasFailed = true;
        clearTimeout(timer);
        request.destroy();
        resolve({ kind: isSent ? 'unknown' : 'unreachable', reason });
      };
      const timer = setTimeout(() => fail(`There was no answer within ${timeout / 1000} seconds.`), timeout);
      request.on('socket', (socket) => {
        const connected = this.#url.startsWith('https:') ? 'secureConnect' : 'connect';
        if (socket.connecting) socket.once(connected, () => (isSent = true));
        else isSent = true;
      });
      request.on('error', (error: NodeJS.ErrnoException) => {
        // Destroying the request makes an error of its own, which must not look like one of the connection.
        if (hasFailed) return;
        // A write is not repeated: it may have arrived.
        if (method === 'GET' && hitClosedConnection(request, error)) {
          clearTimeout(timer);
          resolve(this.send(sent));
          return;
        }
        fail(`The connection failed: ${error.code ?? 'the certificate or the protocol is wrong'}.`);
      });
      request.on('response', (response) => {
        const pieces: Buffer[] = [];
        let length = 0;
        response.on('data', (piece: Buffer) => {
          length += piece.length;
          if (length > MAX_ANSWER) fail(`Its answer is longer than ${MAX_ANSWER / 1024 / 1024} MB.`);
          else pieces.push(piece);
        });
        response.on('error', () => fail('The connection broke off.'));
        response.on('end', () => {
          clearTimeout(timer);
          const { statusCode: status = 0, headers } = response;
          resolve({ kind: 'answered', status, headers, text: Buffer.concat(pieces).toString('utf8') });
        });
      });
      request.end(body);
    });
  }
}
