import type { IncomingMessage } from 'node:http';
import { finished, type Readable, type Transform } from 'node:stream';
import { createBrotliDecompress, createGunzip, createInflate } from 'node:zlib';
import readStream from 'raw-body';
import { nextTurnOf } from './request-turns.ts';

/**
 * The largest body that the server reads, in bytes, as it is sent and as it is inflated. It is many times what any request
 * here needs.
 */
export const BODY_LIMIT = 1_000_000;

/** From this length on, in bytes, a body may take a millisecond and more to parse. */
const LARGE_BODY = 16_384;

/**
 * The body is larger than its limit. The answer is a 413 with `Connection: close`, because the rest of the body is not
 * read and the connection cannot carry another request.
 */
export class BodyTooLarge extends Error {
  constructor(limit: number) {
    super(`The body is too large: at most ${limit} bytes are taken.`);
  }
}

/** The client went away before it had sent the whole body. There is no one to answer. */
export class BodyAborted extends Error {
  constructor() {
    super('The client went away before it had sent the whole body.');
  }
}

/** The body has a Content-Encoding that the server does not know. The answer is a 415. */
export class UnknownEncoding extends Error {
  constructor(encoding: string) {
    super(`The Content-Encoding "${encoding}" is not known here. Known are ${ACCEPT_ENCODING}.`);
  }
}

/** The body is not what its Content-Encoding says. The answer is a 400. */
export class MalformedEncoding extends Error {
  constructor(encoding: string) {
    super(`The body cannot be decoded as "${encoding}", which is its Content-Encoding.`);
  }
}

/** What decodes a body, by its Content-Encoding. */
const DECODERS: ReadonlyMap<string, () => Transform> = new Map([
  ['gzip', createGunzip],
  ['x-gzip', createGunzip],
  ['deflate', createInflate],
  ['br', createBrotliDecompress],
]);

/** The Content-Encodings that a client may use, as the header `Accept-Encoding` of a 415 says them (RFC 9110, 12.5.3). */
export const ACCEPT_ENCODING = 'gzip, deflate, br';

/**
 * Reads the whole body of a request, and inflates it. Rejects with BodyTooLarge as soon as the size is known to exceed
 * `limit`, by its Content-Length or by the bytes that have arrived or been inflated; with UnknownEncoding and
 * MalformedEncoding; and with BodyAborted when the client goes away.
 *
 * The last bytes of many bodies may come at the same time, long after the turns of their requests. A large body therefore waits for
 * another turn, so that the bodies of one workspace are not all parsed before others are answered.
 */
export async function readBody(request: IncomingMessage, limit: number = BODY_LIMIT): Promise<Buffer> {
  const body = await readWhole(request, limit);
  if (body.length >= LARGE_BODY) await nextTurnOf(request);
  return body;
}

async function readWhole(request: IncomingMessage, limit: number): Promise<Buffer> {
  const encoding = request.headers['content-encoding']?.trim().toLowerCase() ?? 'identity';
  const length = request.headers['content-length'] ?? null;
  if (encoding === 'identity' || encoding === '') return await read(request, length, limit);
  const decode = DECODERS.get(encoding);
  if (!decode) throw new UnknownEncoding(encoding);
  if (Number(length ?? 0) > limit) throw new BodyTooLarge(limit);
  return await inflate(request, decode(), encoding, limit);
}

async function inflate(request: IncomingMessage, decoder: Transform, encoding: string, limit: number): Promise<Buffer> {
  const stopWatching = finished(request, { writable: false }, (error) => {
    if (error) decoder.destroy(new BodyAborted());
  });
  try {
    return await read(request.pipe(decoder), null, limit);
  } catch (error) {
    if (error instanceof BodyTooLarge || error instanceof BodyAborted) throw error;
    throw new MalformedEncoding(encoding);
  } finally {
    stopWatching();
    request.unpipe(decoder);
    decoder.destroy();
  }
}

async function read(stream: Readable, length: string | null, limit: number): Promise<Buffer> {
  try {
    return await readStream(stream, { length, limit });
  } catch (error) {
    switch (typeOf(error)) {
      case 'entity.too.large':
        throw new BodyTooLarge(limit);
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
