import type { Request } from 'express';
import { BodyTooLarge, readBody } from '../graphql/body.ts';
import { charsetOf } from './charset.ts';
import { formMembers } from './form.ts';
import { JsonNumber } from './number.ts';
import { RestRefusal } from './refusal.ts';

/** The members of a body, by name. */
export type Members = ReadonlyMap<string, unknown>;

/** Reads a body of JSON, of a form, or in multipart. Throws a RestRefusal. An empty body has no members, whatever its type. */
export async function parseBody(request: Request): Promise<Members> {
  const body = await read(request);
  if (body.length === 0) return new Map();
  const type = request.headers['content-type'] ?? '';
  switch (type.split(';')[0]?.trim().toLowerCase()) {
    case 'application/json':
      return parseJson(body, type);
    case 'application/x-www-form-urlencoded':
      // Of a member that is given twice the last counts, in all three forms.
      return new Map(formMembers(body.toString('latin1'), charsetOf(type)));
    case 'multipart/form-data':
      return parseMultipart(body, type);
    default:
      throw new RestRefusal(415, `Unsupported media type "${type}" in request.`);
  }
}

async function read(request: Request): Promise<Buffer> {
  try {
    return await readBody(request);
  } catch (error) {
    // What has not been read is not waited for.
    if (error instanceof BodyTooLarge) throw new RestRefusal(413, error.message, { connection: 'close' });
    throw error;
  }
}

function parseJson(body: Buffer, type: string): Members {
  let value: unknown;
  try {
    // A byte order mark is kept, for JSON.parse to refuse.
    const text = new TextDecoder(charsetOf(type), { fatal: true, ignoreBOM: true }).decode(body);
    value = JSON.parse(text, keepNumbers);
  } catch (error) {
    throw new RestRefusal(400, `JSON parse error - ${jsonProblem(error)}`);
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value) || value instanceof JsonNumber) {
    throw new RestRefusal(400, { non_field_errors: ['Request body should be a single JSON object'] });
  }
  return new Map(Object.entries(value));
}

function keepNumbers(_key: string, value: unknown, context?: { source?: string }): unknown {
  return typeof value === 'number' ? new JsonNumber(context?.source ?? String(value)) : value;
}

function jsonProblem(error: unknown): string {
  if (error instanceof SyntaxError) return error.message;
  if (error instanceof RangeError) return 'The body is nested too deeply';
  return 'The body is not text in the charset of its content type, which is UTF-8 unless it says otherwise';
}

async function parseMultipart(body: Buffer, type: string): Promise<Members> {
  try {
    const form = await new Response(new Uint8Array(body), { headers: { 'content-type': type } }).formData();
    return new Map(form);
  } catch {
    throw new RestRefusal(
      400,
      'Multipart form parse error - The body is not the parts that its content type announces',
    );
  }
}
