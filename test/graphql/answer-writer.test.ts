import type { ExecutionResult } from 'graphql';
import { execute, parse } from 'graphql';
import { afterAll, describe, expect, test } from 'vitest';
import { answerWriter } from '../../src/graphql/execution/answer/writer.ts';
import type { Operation } from '../../src/graphql/execution/operation.ts';
import { createSchema } from '../../src/graphql/schema.ts';
import { openReaders } from './support/readers.ts';
import { QUERIES } from './support/queries.ts';

const schema = createSchema();
const readers = await openReaders();
const write = answerWriter(schema);
afterAll(() => readers.close());

/** The data that the writer gives, as text; null: it leaves the operation to graphql-js. */
async function written(operation: Operation): Promise<string | null> {
  const result = await write(operation, readers.context());
  return result && Buffer.from(result.data).toString();
}

async function plain({ document, variables, operationName }: Operation): Promise<ExecutionResult> {
  const contextValue = readers.context();
  return execute({ schema, document, operationName, variableValues: variables, contextValue });
}

describe('the answer writer gives what graphql-js gives', () => {
  test.each(QUERIES)('for %s', async (_what, query, variables) => {
    const operation = { document: parse(query), variables };
    const expected = await plain(operation);
    const text = expected.errors ? null : JSON.stringify(expected.data);
    expect(await written(operation)).toBe(text);
    // The plan of the operation is known by now.
    expect(await written(operation)).toBe(text);
  });
});
