import { join } from 'node:path';
import type { ExecutionResult } from 'graphql';
import { execute, getOperationAST, OperationTypeNode, validate } from 'graphql';
import { afterAll, describe, expect, it } from 'vitest';
import { tokenCredentials } from '../../src/access/credentials.ts';
import { identify } from '../../src/access/identity.ts';
import type { Database } from '../../src/database/database.ts';
import { openSqlite } from '../../src/database/sqlite/sqlite.ts';
import type { Context } from '../../src/graphql/context.ts';
import { contextFactory } from '../../src/graphql/context.ts';
import { parseDocument } from '../../src/graphql/execution/document.ts';
import type { Operation } from '../../src/graphql/execution/operation.ts';
import { createRunOperation } from '../../src/graphql/execution/run-operation.ts';
import { createSchema } from '../../src/graphql/schema.ts';
import { loadSnapshot } from '../../src/snapshot/load.ts';
import { fixture, tokenKey } from '../support/fixture.ts';
import { temporaryFolder } from '../support/folder.ts';
import type { GraphQLRequest } from './support/documents.ts';
import { graphqlRequests } from './support/documents.ts';
import { fuzz } from './support/property.ts';
import { readCursors } from './support/values.ts';
import { openFuzzedWorld } from './support/world.ts';

// Compares the server's answers with those of graphql-js's own `execute`, byte for byte. Both execute the queries on one database.
// Mutations are executed on two databases with the same rows, so the objects that they create have different UUIDs and times.

const world = await openFuzzedWorld();
const schema = createSchema();
const cursors = await readCursors(world);
const contexts = await contextsOf(world.database);
const twin = openSqlite(join(temporaryFolder(), 'twin.db'));
await twin.migrate();
await loadSnapshot(twin, fixture);
const twinContexts = await contextsOf(twin);
afterAll(() => twin.close());

const run = createRunOperation(schema, (error) => {
  throw error;
});

async function contextsOf(database: Database): Promise<() => Context> {
  const viewer = await identify(database, tokenCredentials(tokenKey('admin2')));
  if (!viewer || viewer === 'expired') throw new Error('the fixture has no administrator');
  const create = contextFactory(database);
  return () =>
    create(
      { requestId: 'test', viewer, origin: 'graphql', rateLimit: null, observed: { codes: [] } },
      new AbortController().signal,
    );
}

async function reference({ document, operationName, variables }: Operation, contextValue: Context): Promise<string> {
  const result = await execute({ schema, document, operationName, variableValues: variables, contextValue });
  return textOf(result.data === undefined ? undefined : JSON.stringify(result.data), result.errors);
}

function textOf(data: string | undefined, errors: ExecutionResult['errors']): string {
  return `${data} ${JSON.stringify(errors)}`;
}

/** The operation if the document is valid; null if the server refuses it before execution. */
function operationOf({ query, variables, operationName }: GraphQLRequest): Operation | null {
  try {
    const document = parseDocument(query);
    return validate(schema, document).length === 0 ? { document, variables, operationName } : null;
  } catch {
    return null;
  }
}

/** Replaces the values that differ between two databases: the UUIDs and times of new objects, and the ids and cursors built from them. */
const masked = (text: string) =>
  text
    .replaceAll(/[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/g, 'UUID')
    .replaceAll(/\d{4}-\d\d-\d\dT[\d:.]+Z/g, 'TIME')
    .replaceAll(/"[\w-]{20,}"/g, '"ID"');

const REFUSED = new Set(['TOO_DEEP', 'TOO_MANY_ALIASES', 'TOO_MANY_ROOT_FIELDS', 'TOO_COSTLY']);

describe('answers as graphql-js does', () => {
  const tried = { queries: 0, written: 0, failed: 0, mutations: 0 };

  fuzz('whatever grows from the schema', 2_000, graphqlRequests(schema, cursors), async (request) => {
    const operation = operationOf(request);
    const definition = operation && getOperationAST(operation.document, operation.operationName);
    if (!operation || definition?.operation === OperationTypeNode.SUBSCRIPTION) return;
    const isMutation = definition?.operation === OperationTypeNode.MUTATION;
    const outcome = await run(operation, contexts());
    if (outcome.kind === 'stream') throw new Error('there are no subscriptions');
    const { errors } = outcome.result;
    if (errors?.some(({ extensions }) => REFUSED.has(String(extensions['code'])))) return;
    const data =
      outcome.kind === 'json' ? Buffer.from(outcome.result.data).toString() : JSON.stringify(outcome.result.data);
    const answer = textOf(data, errors);
    if (isMutation) {
      tried.mutations += 1;
      expect(masked(answer)).toBe(masked(await reference(operation, twinContexts())));
      return;
    }
    expect(answer).toBe(await reference(operation, contexts()));
    tried.queries += 1;
    tried[outcome.kind === 'json' ? 'written' : 'failed'] += 1;
    // The server uses graphql-js only for operations with errors and for introspection.
    if (!errors && outcome.kind !== 'json') expect(request.query).toMatch(/__schema|__type\b/);
  });

  it('and most of what it answered were data that it wrote itself', () => {
    expect(tried.written).toBeGreaterThan(tried.queries / 3);
    for (const count of Object.values(tried)) expect(count).toBeGreaterThan(100);
  });
});
