import type { Request } from 'express';
import { oversize } from '../encoding/json-size.ts';
import { ACCEPT_ENCODING, BodyTooLarge, MalformedEncoding, readBody, UnknownEncoding } from '../http/body.ts';
import { charsetOf, NotText, textOfBody } from '../http/charset.ts';
import { formMembers } from './form.ts';
import { HttpError } from './http-error.ts';
import { MultipartProblem, multipartMembers } from './multipart.ts';
import { JsonNumber } from './number.ts';

/** The members of a body, by name. */
export type Members = ReadonlyMap<string, unknown>;

/**
 * Reads the members of a JSON body, a form or a multipart body. An empty body has no members, whatever its type. Of two members with the
 * same name, the last one counts. Returns an HttpError when the body cannot be parsed, so that the caller can report other errors first.
 * Throws an HttpError when the body is too large or cannot be decoded.
 */
export async function readMembers(request: Request): Promise<Members | HttpError> {
  const body = await readBytes(request);
  if (body.length === 0) return new Map();
  const type = request.headers['content-type'] ?? '';
  switch (type.split(';')[0]?.trim().toLowerCase()) {
    // A Content-Type can be a range such as `application/*` (Django REST framework, `select_parser`). JSON's parser is the first that matches.
    case 'application/json':
    case 'application/*':
    case '*/*':
      return parseJson(body, type);
    case 'application/x-www-form-urlencoded':
      return new Map(formMembers(body.toString('latin1'), charsetOf(type)));
    case 'multipart/form-data':
    case 'multipart/*':
      return parseMultipart(body, type);
    default:
      return new HttpError(415, `Unsupported media type "${type}" in request.`);
  }
}

/** The bytes of a body. Throws an HttpError when it is larger than `limit`, or cannot be decoded. */
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
    value = JSON.parse(checkSize(textOfBody(body, type)), keepNumbers);
  } catch (error) {
    if (!(error instanceof SyntaxError || error instanceof NotText)) throw error;
    return new HttpError(400, `JSON parse error - ${error.message}`);
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value) || value instanceof JsonNumber) {
    return new HttpError(400, { non_field_errors: ['Request body should be a single JSON object'] });
  }
  return new Map(Object.entries(value));
}

/** How many values a body may have. Each takes about a microsecond, and endpoints read three of them. */
const MAX_VALUES = 10_000;

/** Returns the text. Throws a SyntaxError when it would take too long to parse, or is nested too deeply. */
function checkSize(text: string): string {
  const problem = oversize(text, MAX_VALUES);
  if (problem !== null) throw new SyntaxError(problem);
  return text;
}

/** An integer with more digits than existing servers read (CPython, `sys.int_info.default_max_str_digits`). */
const TOO_LONG = /^-?\d{4301,}$/;

function keepNumbers(_key: string, value: unknown, context?: { source?: string }): unknown {
  if (typeof value !== 'number') return value;
  const source = context?.source ?? String(value);
  if (TOO_LONG.test(source)) throw new SyntaxError('A whole number has more than 4300 digits');
  return new JsonNumber(source);
}

function parseMultipart(body: Buffer, type: string): Members | HttpError {
  try {
    return multipartMembers(body, type);
  } catch (error) {
    if (!(error instanceof MultipartProblem)) throw error;
    return new HttpError(400, `Multipart form parse error - ${error.message}`);
  }
}
