import type { IncomingMessage } from 'node:http';
import { promisify } from 'node:util';
import { brotliDecompress, gunzip, inflate } from 'node:zlib';
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

/** The body has a content coding that the server does not know. The answer is a 415. */
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

type Decode = (sent: Buffer, options: { maxOutputLength: number }) => Promise<Buffer>;

/** What decodes a body, by its Content-Encoding. */
const DECODERS: ReadonlyMap<string, Decode> = new Map<string, Decode>([
  ['gzip', promisify(gunzip)],
  ['x-gzip', promisify(gunzip)],
  ['deflate', promisify(inflate)],
  ['br', promisify(brotliDecompress)],
]);

/**
 * The other content codings (IANA, HTTP Content Coding Registry). Clients also send names that are none, such as the charset in
 * `Content-Encoding: utf-8`. Existing servers of REST v2 ignore this header, and such a name says nothing about the body.
 */
const OTHER_CODINGS: ReadonlySet<string> = new Set([
  'aes128gcm',
  'compress',
  'x-compress',
  'dcb',
  'dcz',
  'exi',
  'pack200-gzip',
  'zstd',
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
  const encoding = codingsOf(request.headers['content-encoding']).join(', ');
  const decode = DECODERS.get(encoding);
  if (encoding !== '' && !decode) throw new UnknownEncoding(encoding);
  const sent = await read(request, limit);
  if (!decode || (encoding.endsWith('gzip') && !isGzip(sent))) return sent;
  try {
    return await decode(sent, { maxOutputLength: limit });
  } catch (error) {
    throw isTooLarge(error) ? new BodyTooLarge(limit) : new MalformedEncoding(encoding);
  }
}

/** The content codings that a Content-Encoding names, other than `identity`. */
function codingsOf(header = ''): string[] {
  const names = header.split(',').map((name) => name.trim().toLowerCase());
  return names.filter((name) => DECODERS.has(name) || OTHER_CODINGS.has(name));
}

/**
 * Whether the body begins as gzip does (RFC 1952, 2.3.1). Some clients send `Content-Encoding: gzip` where they mean Accept-Encoding.
 * Existing servers of REST v2 read their bodies, which are not compressed.
 */
function isGzip(body: Buffer): boolean {
  return body[0] === 0x1f && body[1] === 0x8b;
}

function isTooLarge(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ERR_BUFFER_TOO_LARGE';
}

async function read(request: IncomingMessage, limit: number): Promise<Buffer> {
  try {
    return await readStream(request, { length: request.headers['content-length'] ?? null, limit });
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
