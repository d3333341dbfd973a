import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { PACKAGE_ROOT } from '../../package-root.ts';

/** The parts of the OpenAPI description that the pages show. The source is schema/openapi.yaml; codegen converts it to JSON. */
export interface Description {
  readonly info: { readonly title: string; readonly version: string; readonly description: string };
  readonly servers: readonly { readonly url: string }[];
  readonly tags: readonly { readonly name: string; readonly description: string }[];
  readonly paths: Readonly<Record<string, Partial<Record<Method, Operation>>>>;
}

export const METHODS = ['get', 'post', 'delete'] as const;
export type Method = (typeof METHODS)[number];

export interface Operation {
  readonly operationId: string;
  readonly tags: readonly string[];
  readonly summary: string;
  readonly description: string;
  readonly parameters?: readonly Parameter[];
  readonly requestBody?: { readonly content: Readonly<Record<string, MediaType>> };
  readonly responses: Readonly<Record<string, Answer>>;
}

export interface Parameter {
  readonly name: string;
  readonly in: 'query' | 'header';
  readonly description: string;
  readonly required?: boolean;
  readonly schema: Schema;
  /** True if TextIt and RapidPro do not have this parameter. */
  readonly 'x-addition'?: boolean;
}

export interface Answer {
  readonly description: string;
  readonly content?: Readonly<Record<string, MediaType>>;
}

export interface MediaType {
  readonly schema: Schema;
  readonly examples?: Readonly<Record<string, Example>>;
}

/**
 * An example of an answer. `x-request` describes its request. The body of the request is the example with the same name in the
 * operation's `requestBody`.
 */
export interface Example {
  readonly summary: string;
  readonly description?: string;
  readonly value: unknown;
  readonly 'x-request'?: ExampleRequest;
  /** Whether the answer has only the first objects of its list. */
  readonly 'x-shortened'?: boolean;
}

export interface ExampleRequest {
  readonly query?: string;
  readonly accept?: string;
  readonly body?: string;
  /** The body's media type, when it is not JSON. */
  readonly type?: string;
  /** Who sends the request, when it is not an editor: see DocumentedExample. */
  readonly as?: 'nobody' | 'stranger' | 'agent';
}

export interface Schema {
  readonly type?: string | readonly string[];
  readonly format?: string;
  readonly 'x-format'?: string;
  readonly enum?: readonly string[];
  readonly default?: string;
  readonly description?: string;
  readonly required?: readonly string[];
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly items?: Schema;
}

/** The origin in the source. The served description and its pages have the origin of the server instead. */
export const SOURCE_ORIGIN = 'http://localhost:4000';

let source: string | undefined;

/** The OpenAPI description as JSON, for a server at this origin. The file is read once, at the first call. */
export function descriptionJson(origin: string): string {
  source ??= readFileSync(join(PACKAGE_ROOT, 'schema/generated/openapi.json'), 'utf8');
  const text = JSON.stringify(origin).slice(1, -1);
  // A function, because "$" has a meaning in a replacement that is a text.
  return source.replaceAll(SOURCE_ORIGIN, () => text);
}

/** The description for the pages. Every reference (`$ref`) is replaced by its target. */
export function describe(origin: string): Description {
  const description = JSON.parse(descriptionJson(origin));
  return inline(description, description) as Description;
}

function inline(value: unknown, root: unknown): unknown {
  if (Array.isArray(value)) return value.map((item) => inline(item, root));
  if (typeof value !== 'object' || value === null) return value;
  const members = Object.entries(value).map(([name, member]) => [name, inline(member, root)]);
  const { $ref, ...own } = Object.fromEntries(members);
  // In OpenAPI 3.1, members beside a reference override those of its target.
  return typeof $ref === 'string' ? { ...(inline(follow($ref, root), root) as object), ...own } : own;
}

/** The target of a JSON pointer within the description (`#/components/…`). */
function follow(pointer: string, root: unknown): unknown {
  return pointer
    .split('/')
    .slice(1)
    .reduce((place, name) => (place as Record<string, unknown>)[name.replaceAll('~1', '/')], root);
}
