import type { Example, Method, Operation } from './description.ts';

/** An example from the OpenAPI description: a request and its answer. */
export interface DocumentedExample {
  readonly title: string;
  readonly note: string | undefined;
  readonly method: Uppercase<Method>;
  /** The path below `/api/v2`, with its query. */
  readonly path: string;
  /** The caller: an editor, someone without a token, someone with an unknown token, or an agent. */
  readonly as: 'editor' | 'nobody' | 'stranger' | 'agent';
  readonly accept: string | undefined;
  readonly body: { readonly type: string; readonly text: string } | undefined;
  readonly status: number;
  readonly answer: unknown;
  /** Whether the answer has only the first objects of its list. */
  readonly shortened: boolean;
}

/** The examples of an operation, in the order of its answers. */
export function documentedExamples(path: string, method: Method, operation: Operation): DocumentedExample[] {
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

function bodyOf(operation: Operation, name: string, example: Example): DocumentedExample['body'] {
  const { body, type = 'application/json' } = example['x-request'] ?? {};
  if (body !== undefined) return { type, text: body };
  const given = operation.requestBody?.content[type]?.examples?.[name];
  return given && { type, text: JSON.stringify(given.value) };
}
