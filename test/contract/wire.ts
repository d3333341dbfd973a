import type { OutgoingHttpHeaders } from 'node:http';
import { request } from 'node:http';

/** A request that is sent byte for byte as given. */
export interface WireRequest {
  readonly method: string;
  /** Must already be percent-encoded, because it is sent unchanged. */
  readonly path: string;
  readonly headers: OutgoingHttpHeaders;
  readonly body?: Buffer | undefined;
}

export interface Reply {
  readonly status: number;
  /** Header values by name in lower case. Several headers with the same name are joined. */
  readonly headers: ReadonlyMap<string, string>;
  readonly body: Buffer;
}

/** Sends a request and resolves with the reply. The reply may arrive before the server has read the whole body. */
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

/** Converts a header value for node:http, which writes one byte for each character. The result is Latin-1 if possible, otherwise UTF-8. */
export function headerBytes(value: string): string {
  return /^[\0-\u00ff]*$/.test(value) ? value : Buffer.from(value).toString('latin1');
}
