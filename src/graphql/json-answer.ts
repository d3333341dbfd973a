import type { GraphQLFormattedError } from 'graphql';

/**
 * Where the plugin in apollo.ts leaves an answer whose data is JSON already. Apollo copies the context of a request, so the
 * answer is in an object within it. Apollo itself then writes an empty text.
 */
export interface AnswerHolder {
  /** null: Apollo writes the answer. */
  json: Buffer | null;
}

/** Stands in Apollo's result for data that is in the AnswerHolder. */
export const HELD: Readonly<Record<string, never>> = {};

/** An answer as Apollo would write it, with a line feed at its end. `data` is JSON in UTF-8. */
export function jsonAnswer(
  data: Uint8Array,
  errors: readonly GraphQLFormattedError[] | undefined,
  extensions: Readonly<Record<string, unknown>>,
): Buffer {
  const start = errors ? `{"errors":${JSON.stringify(errors)},"data":` : '{"data":';
  return Buffer.concat([Buffer.from(start), data, Buffer.from(`,"extensions":${JSON.stringify(extensions)}}\n`)]);
}
