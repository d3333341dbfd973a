import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import addFormats from 'ajv-formats';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { parse } from 'yaml';
import type { Reply, WireRequest } from '../../contract/wire.ts';

interface HeaderObject {
  readonly required?: boolean;
}

interface ResponseObject {
  readonly $ref?: string;
  readonly headers?: Readonly<Record<string, HeaderObject & { readonly $ref?: string }>>;
  readonly content?: Readonly<Record<string, unknown>>;
}

interface OpenApi {
  readonly paths: Readonly<
    Record<string, Readonly<Record<string, { readonly responses: Readonly<Record<string, ResponseObject>> }>>>
  >;
}

const description: OpenApi = parse(readFileSync(join(import.meta.dirname, '../../../schema/openapi.yaml'), 'utf8'));

const ajv = new Ajv2020({ strict: false, allErrors: true });
addFormats.default(ajv);
// The OpenAPI document is not a JSON Schema, but it contains schemas, which are found by JSON pointer.
ajv.addSchema(description, 'openapi', false, false);

/** The value at a JSON pointer in the description. */
function at(pointer: string): unknown {
  const names = pointer.split('/').slice(1);
  return names.reduce<unknown>(
    (place, name) => Object(place)[name.replaceAll('~1', '/').replaceAll('~0', '~')],
    description,
  );
}

const escape = (name: string): string => name.replaceAll('~', '~0').replaceAll('/', '~1');

/**
 * The JSON pointer of the response that the description has for this request and status; null if the description does not have the address.
 */
export function responsePointer({ method, path }: WireRequest, status: number): string | null {
  const [address = ''] = path.split('?');
  const route = address.replace(/^\/api\/v2/, '').replace(/\.json\/$/, '.json');
  if (route === address || !description.paths[route]) return null;
  const asked = method === 'HEAD' ? 'get' : method.toLowerCase();
  const operation = description.paths[route][asked];
  if (!operation) return '#/components/responses/MethodNotAllowed';
  const pointer = `#/paths/${escape(route)}/${asked}/responses/${status}`;
  return operation.responses[status]?.$ref ?? pointer;
}

/** All differences between a reply and the description, as messages. */
export function differences(request: WireRequest, reply: Reply): string[] {
  const pointer = responsePointer(request, reply.status);
  if (pointer === null) return [];
  const response = at(pointer) as ResponseObject | undefined;
  if (!response) return [`${reply.status} is not described`];
  const found: string[] = [];
  for (const [name, header] of Object.entries(response.headers ?? {})) {
    const { required = false } = (header.$ref ? at(header.$ref) : header) as HeaderObject;
    const value = reply.headers.get(name.toLowerCase());
    if (value === undefined && required) found.push(`the header ${name} is missing`);
    const place = header.$ref ?? `${pointer}/headers/${escape(name)}`;
    const typed = (at(`${place}/schema`) as { type?: string }).type === 'integer' ? Number(value) : value;
    if (value !== undefined) found.push(...problems(`${place}/schema`, typed, name));
  }
  const mediaType = reply.headers.get('content-type')?.split(';')[0];
  if (request.method === 'HEAD') return found;
  if (mediaType === undefined) return response.content || reply.body.length > 0 ? [...found, 'no content type'] : found;
  if (!response.content?.[mediaType]) return [...found, `${mediaType} is not described`];
  if (mediaType !== 'application/json') return found;
  const body: unknown = JSON.parse(reply.body.toString('utf8'));
  return [...found, ...problems(`${pointer}/content/${escape(mediaType)}/schema`, body, 'body')];
}

/** The errors that the schema at a pointer of the description finds in a value, as messages. */
export function problems(pointer: string, value: unknown, name: string): string[] {
  const key = `openapi${encodeURI(pointer)}`;
  const validate = ajv.getSchema(key) ?? ajv.compile({ $id: `at:${key}`, $ref: key });
  if (validate(value)) return [];
  return (validate.errors ?? []).map(({ instancePath, message }) => `${name}${instancePath} ${message ?? ''}`);
}
