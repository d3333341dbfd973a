import type { Example, Method, Operation } from './description.ts';

/** A documented request with its answer. */
export interface Exchange {
  readonly title: string;
  readonly note: string | undefined;
  readonly method: Uppercase<Method>;
  /** Below `/api/v2`, with its query. */
  readonly path: string;
  readonly as: 'editor' | 'nobody' | 'stranger' | 'agent';
  readonly accept: string | undefined;
  readonly body: { readonly type: string; readonly text: string } | undefined;
  readonly status: number;
  readonly answer: unknown;
  /** Only the first objects of the answer's list are shown. */
  readonly shortened: boolean;
}

/** The exchanges of an operation, in the order of its answers. */
export function exchangesOf(path: string, method: Method, operation: Operation): Exchange[] {
  return Object.entries(operation.responses).flatMap(([status, { content }]) =>
    Object.entries(content?.['application/json']?.examples ?? {}).map(([name, example]) => {
      const asked = example['x-request'] ?? {};
      return {
        title: example.summary,
        note: example.description,
        method: method.toUpperCase() as Uppercase<Method>,
        path: asked.query === undefined ? path : `${path}?${asked.query}`,
        as: asked.as ?? 'editor',
        accept: asked.accept,
        body: bodyOf(operation, name, example),
        status: Number(status),
        answer: example.value,
        shortened: example['x-shortened'] ?? false,
      };
    }),
  );
}

function bodyOf(operation: Operation, name: string, example: Example): Exchange['body'] {
  const { body, type = 'application/json' } = example['x-request'] ?? {};
  if (body !== undefined) return { type, text: body };
  const given = operation.requestBody?.content[type]?.examples?.[name];
  return given && { type, text: JSON.stringify(given.value) };
}
