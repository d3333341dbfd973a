import type { Request } from 'express';
import { ACCEPT_ENCODING, BodyTooLarge, MalformedEncoding, readBody, UnknownEncoding } from '../http/body.ts';
import { charsetOf } from './charset.ts';
import { formMembers } from './form.ts';
import { HttpError } from './http-error.ts';
import { MultipartProblem, multipartMembers } from './multipart.ts';
import { JsonNumber } from './number.ts';

/** The members of a body, by name. */
export type Members = ReadonlyMap<string, unknown>;

/**
 * Reads the members of a body of JSON, of a form, or in multipart. An empty body has none, whatever its type. In all three
 * forms the last of two members with the same name counts. Returns the HttpError that answers a body without members, so that
 * the caller can report other errors first. Throws the HttpError of a body that is too large or cannot be decoded.
 */
export async function readMembers(request: Request): Promise<Members | HttpError> {
  const body = await readBytes(request);
  if (body.length === 0) return new Map();
  const type = request.headers['content-type'] ?? '';
  switch (type.split(';')[0]?.trim().toLowerCase()) {
    case 'application/json':
      return parseJson(body, type);
    case 'application/x-www-form-urlencoded':
      return new Map(formMembers(body.toString('latin1'), charsetOf(type)));
    case 'multipart/form-data':
      return parseMultipart(body, type);
    default:
      return new HttpError(415, `Unsupported media type "${type}" in request.`);
  }
}

/** The bytes of a body. Throws the HttpError of one that is larger than `limit`, or cannot be decoded. */
export async function readBytes(request: Request, limit?: number): Promise<Buffer> {
  try {
    return await readBody(request, limit);
  } catch (error) {
    if (error instanceof BodyTooLarge) throw new HttpError(413, error.message, { connection: 'close' });
    if (error instanceof UnknownEncoding)
      throw new HttpError(415, error.message, { 'accept-encoding': ACCEPT_ENCODING });
    if (error instanceof MalformedEncoding) throw new HttpError(400, error.message);
    throw error;
  }
}

function parseJson(body: Buffer, type: string): Members | HttpError {
  let value: unknown;
  try {
    // The decoder keeps a byte order mark, because JSON.parse is to refuse it (RFC 8259, 8.1).
    const text = new TextDecoder(charsetOf(type), { fatal: true, ignoreBOM: true }).decode(body);
    value = JSON.parse(text, keepNumbers);
  } catch (error) {
    return new HttpError(400, `JSON parse error - ${jsonProblem(error)}`);
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value) || value instanceof JsonNumber) {
    return new HttpError(400, { non_field_errors: ['Request body should be a single JSON object'] });
  }
  return new Map(Object.entries(value));
}

function keepNumbers(_key: string, value: unknown, context?: { source?: string }): unknown {
  return typeof value === 'number' ? new JsonNumber(context?.source ?? String(value)) : value;
}

function jsonProblem(error: unknown): string {
  if (error instanceof SyntaxError) return error.message;
  if (error instanceof RangeError) return 'The body is nested too deeply';
  return 'The body is not text in the charset of its Content-Type, which is UTF-8 when it names none';
}

function parseMultipart(body: Buffer, type: string): Members | HttpError {
  try {
    return multipartMembers(body, type);
  } catch (error) {
    if (!(error instanceof MultipartProblem)) throw error;
    return new HttpError(400, `Multipart form parse error - ${error.message}`);
  }
}
