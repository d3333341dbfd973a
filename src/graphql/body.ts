import type { IncomingMessage } from 'node:http';

/** The largest body that is taken, in bytes: many times what any request here needs. */
export const BODY_LIMIT = 1_000_000;

/** The body is larger than BODY_LIMIT. */
export class BodyTooLarge extends Error {
  constructor() {
    super(`The body is too large: at most ${BODY_LIMIT} bytes are taken.`);
  }
}

/** The client went away before it had sent all of the body: there is no one to answer. */
export class BodyAborted extends Error {}

/**
 * The whole body of a request. Rejects with BodyTooLarge as soon as that is known, without reading the rest, and with
 * BodyAborted.
 */
export function readBody(request: IncomingMessage): Promise<Buffer> {
  if (Number(request.headers['content-length'] ?? 0) > BODY_LIMIT) return Promise.reject(new BodyTooLarge());
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let length = 0;
    request.on('data', (chunk: Buffer) => {
      length += chunk.length;
      if (length > BODY_LIMIT) {
        request.removeAllListeners('data').pause();
        reject(new BodyTooLarge());
      } else chunks.push(chunk);
    });
    request.on('end', () => resolve(chunks.length === 1 && chunks[0] ? chunks[0] : Buffer.concat(chunks)));
    request.on('close', () => {
      if (!request.complete) reject(new BodyAborted('The client went away.'));
    });
    request.on('error', reject);
  });
}
