import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ExecutionResult } from 'graphql';
import { execute, parse } from 'graphql';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { identify } from '../../src/access/identity.ts';
import type { Database } from '../../src/database/database.ts';
import { openSqlite } from '../../src/database/sqlite/sqlite.ts';
import { compiledQueries } from '../../src/graphql/execution/compiled.ts';
import type { Context } from '../../src/graphql/context.ts';
import { contextFactory } from '../../src/graphql/context.ts';
import { createSchema } from '../../src/graphql/schema.ts';
import { loadSnapshot } from '../../src/snapshot/load.ts';
import { fixture } from '../support/fixture.ts';
import { QUERIES } from './support/queries.ts';

const folder = mkdtempSync(join(tmpdir(), 'campaigns-'));
const schema = createSchema();
let database: Database;
let context: () => Context;

beforeAll(async () => {
  database = openSqlite(join(folder, 'test.db'));
  await database.migrate();
  await loadSnapshot(database, fixture);
  const viewer = await identify(database, { kind: 'token', key: '69CVPMGQMC4KSPVS9HUJV96G77PXW66RR822892C' });
  if (!viewer || viewer === 'expired') throw new Error('the fixture has no administrator');
  const createContext = contextFactory(database);
  context = () =>
    createContext(
      { requestId: 'test', viewer, origin: 'graphql', rateLimit: null, observed: { codes: [] } },
      new AbortController().signal,
    );
});

afterAll(async () => {
  await database.close();
  rmSync(folder, { recursive: true });
});

/** The result as a client sees it. */
const shown = (result: ExecutionResult): unknown => JSON.parse(JSON.stringify(result));

describe('a query that is compiled answers what graphql-js answers', () => {
  test.each(QUERIES)('%s', async (_what, query, variables) => {
    const document = parse(query);
    const run = compiledQueries(schema);
    expect(run({ document, variables }, context())).toBeNull();
    const compiled = await run({ document, variables }, context());
    const plain = await execute({ schema, document, variableValues: variables, contextValue: context() });

    expect(compiled).not.toBeNull();
    expect(shown(compiled ?? {})).toEqual(shown(plain));
  });

  test('and keeps the error that was thrown, for its extensions', async () => {
    const document = parse('{ campaigns(after: "zzz") { totalCount } }');
    const run = compiledQueries(schema);
    await run({ document }, context());
    const result = await run({ document }, context());
    expect(result?.errors?.map(({ extensions }) => extensions.code)).toEqual(['INVALID_CURSOR']);
  });
});

test.each([
  [
    'a mutation',
    'mutation { deleteCampaign(input: { uuid: "00000000-0000-4000-8000-000000000000" }) { deletedCampaignId } }',
  ],
  ['introspection', '{ __schema { types { name } } }'],
])('%s is left to graphql-js', (_what, query) => {
  const document = parse(query);
  const run = compiledQueries(schema);
  expect([run({ document }, context()), run({ document }, context()), run({ document }, context())]).toEqual([
    null,
    null,
    null,
  ]);
});
