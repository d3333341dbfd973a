import type { IncomingMessage } from 'node:http';
import readStream from 'raw-body';

/** The largest body that the server reads, in bytes. It is many times what any request here needs. */
export const BODY_LIMIT = 1_000_000;

/**
 * The body is larger than BODY_LIMIT. The answer is a 413 with `Connection: close`, because the rest of the body is not
 * read and the connection cannot carry another request.
 */
export class BodyTooLarge extends Error {
  constructor() {
    super(`The body is too large: at most ${BODY_LIMIT} bytes are taken.`);
  }
}

/** The client went away before it had sent the whole body. There is no one to answer. */
export class BodyAborted extends Error {
  constructor() {
    super('The client went away before it had sent the whole body.');
  }
}

/**
 * Reads the whole body of a request. Rejects with BodyTooLarge as soon as the size is known to exceed BODY_LIMIT, by its
 * Content-Length or by the bytes that have arrived; rejects with BodyAborted when the client goes away.
 */
export async function readBody(request: IncomingMessage): Promise<Buffer> {
  try {
    return await readStream(request, { length: request.headers['content-length'] ?? null, limit: BODY_LIMIT });
  } catch (error) {
    switch (typeOf(error)) {
      case 'entity.too.large':
        throw new BodyTooLarge();
      case 'request.aborted':
      // The client went away before reading began.
      case 'stream.not.readable':
        throw new BodyAborted();
      default:
        throw error;
    }
  }
}

/** The type that raw-body gives its errors. */
function typeOf(error: unknown): unknown {
  return error instanceof Error && 'type' in error ? error.type : undefined;
}
