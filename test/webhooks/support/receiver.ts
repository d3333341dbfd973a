import { readFileSync } from 'node:fs';
import type { IncomingHttpHeaders, IncomingMessage, ServerResponse } from 'node:http';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { getCACertificates, setDefaultCACertificates } from 'node:tls';
import { Webhook } from 'standardwebhooks';
import { vi } from 'vitest';
import { afterwards } from '../../support/afterwards.ts';

const file = (name: string) => join(import.meta.dirname, name);

/** The self-signed certificate of receivers. It is for `localhost`, 127.0.0.1 and ::1. */
export const CERTIFICATE = file('receiver-certificate.pem');
const certificate = readFileSync(CERTIFICATE, 'utf8');

/** Makes this process trust the certificate of receivers. NODE_EXTRA_CA_CERTS does the same, but only when a process starts. */
export function trustReceivers(): void {
  setDefaultCACertificates([...getCACertificates('default'), certificate]);
}

/** A request that a receiver has received. */
export interface Received {
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

export type Answer = (response: ServerResponse, received: Received) => void;

export const status =
  (code: number, headers: Record<string, string> = {}): Answer =>
  (response) =>
    response.writeHead(code, headers).end();

/** An https server on 127.0.0.1 that records its requests. */
export interface Receiver {
  readonly url: string;
  readonly requests: readonly Received[];
  /** How many connections have been opened. */
  readonly connections: () => number;
  /** Sets how the receiver answers from now on. Before the first call it answers with 204. */
  answer(how: Answer): void;
  /** Resolves when the receiver has received `count` requests in total. */
  until(count: number): Promise<void>;
}

export async function startReceiver(): Promise<Receiver> {
  const requests: Received[] = [];
  let connections = 0;
  let how = status(204);
  const server = createServer({ cert: certificate, key: readFileSync(file('receiver-key.pem')) });
  server.on('connection', () => (connections += 1));
  server.on('request', (request: IncomingMessage, response: ServerResponse) => {
    const read = async () => {
      const received = { path: request.url ?? '', headers: request.headers, body: await text(request) };
      requests.push(received);
      how(response, received);
    };
    void read();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  afterwards(() => {
    server.close();
    server.closeAllConnections();
  });
  return {
    url: `https://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    requests,
    connections: () => connections,
    answer: (next) => void (how = next),
    until: (count) =>
      vi.waitFor(
        () => {
          if (requests.length < count) throw new Error(`there are ${requests.length} of ${count} requests`);
        },
        { timeout: 10_000, interval: 5 },
      ),
  };
}

/** Verifies the signature of a request with the specification's library, and returns the content. Throws the library's errors. */
export function verified(secret: string, { headers, body }: Received): Sent {
  // The clock is set to the time of the request, because the library compares the two and tests move the clock of deliveries.
  vi.useFakeTimers({ toFake: ['Date'], now: Number(headers['webhook-timestamp']) * 1000 });
  try {
    return new Webhook(secret).verify(body, headers as Record<string, string>) as Sent;
  } finally {
    vi.useRealTimers();
  }
}

/** The body of a delivery. */
export interface Sent {
  readonly type: string;
  readonly timestamp: string;
  readonly data: { readonly workspace: string; readonly revision: number } & Readonly<Record<string, unknown>>;
}
