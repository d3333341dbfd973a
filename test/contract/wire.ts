import type { OutgoingHttpHeaders } from 'node:http';
import { request } from 'node:http';

/** A request, sent byte for byte as it stands. */
export interface WireRequest {
  readonly method: string;
  /** Sent as it is: percent-encoded where need be. */
  readonly path: string;
  readonly headers: OutgoingHttpHeaders;
  readonly body?: Buffer | undefined;
}

export interface Reply {
  readonly status: number;
  /** In lower case; several of one name are joined. */
  readonly headers: ReadonlyMap<string, string>;
  readonly body: Buffer;
}

/** Sends a request to a server. A reply may come before all of the body was taken. */
export function send(base: string, { method, path, headers, body }: WireRequest): Promise<Reply> {
  const { hostname, port } = new URL(base);
  return new Promise((resolve, reject) => {
    const outgoing = request({ hostname, port, method, path, headers, agent: false }, (incoming) => {
      const chunks: Buffer[] = [];
      incoming.on('data', (chunk: Buffer) => chunks.push(chunk));
      incoming.on('end', () => {
        const received = Object.entries(incoming.headersDistinct).map(([name, values = []]) => {
          return [name, values.join(', ')] as const;
        });
        resolve({ status: incoming.statusCode ?? 0, headers: new Map(received), body: Buffer.concat(chunks) });
      });
      incoming.on('error', reject);
    });
    outgoing.on('error', reject);
    outgoing.end(body);
  });
}

/** A header's value as bytes on the wire: Latin-1 where that will do, otherwise UTF-8. node:http writes a byte a character. */
export function headerBytes(value: string): string {
  return /^[\0-\u00ff]*$/.test(value) ? value : Buffer.from(value).toString('latin1');
}
