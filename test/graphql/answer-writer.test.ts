import fc from 'fast-check';
import type { ExecutionResult, GraphQLFieldResolver } from 'graphql';
import {
  buildSchema,
  execute,
  getNamedType,
  GraphQLObjectType,
  GraphQLSchema,
  GraphQLString,
  isObjectType,
  parse,
  TypeInfo,
  visit,
  visitWithTypeInfo,
} from 'graphql';
import type { GraphQLNamedType } from 'graphql';
import { afterAll, describe, expect, it, test } from 'vitest';
import { DatabaseBusyError } from '../../src/database/errors.ts';
import type { WriteAnswer } from '../../src/graphql/execution/answer/writer.ts';
import { answerWriter } from '../../src/graphql/execution/answer/writer.ts';
import { createExecute } from '../../src/graphql/execution/execute.ts';
import type { Operation } from '../../src/graphql/execution/operation.ts';
import { DateTime } from '../../src/graphql/scalars.ts';
import { createSchema } from '../../src/graphql/schema.ts';
import { parseTime } from '../../src/model/time.ts';
import { openReaders } from './support/readers.ts';
import { CAMPAIGN, GROUP, QUERIES, QUERIES_OF_ONE_DATABASE } from './support/queries.ts';

const queries = [...QUERIES, ...QUERIES_OF_ONE_DATABASE];
const schema = createSchema();
const readers = await openReaders();
const write = answerWriter(schema);
afterAll(() => readers.close());

/** The data that the answer writer returns, as text; null if it leaves the operation to graphql-js. */
async function written(operation: Operation, writing: WriteAnswer = write): Promise<string | null> {
  const result = await writing(operation, readers.context()).catch(() => null);
  return result && Buffer.from(result.data).toString();
}

async function plain({ document, variables }: Operation): Promise<ExecutionResult> {
  return execute({ schema, document, variableValues: variables, contextValue: readers.context() });
}

describe('the answer writer gives what graphql-js gives', () => {
  test.each(queries)('for %s', async (_what, query, variables) => {
    const operation = { document: parse(query), variables };
    const expected = await plain(operation);
    const text = expected.errors ? null : JSON.stringify(expected.data);
    expect(await written(operation)).toBe(text);
    // The writer now has a plan for the operation.
    expect(await written(operation)).toBe(text);
  });

  test('for other values of the same variables', async () => {
    const document = parse(
      'query ($yes: Boolean = true, $u: UUID!) { campaign(uuid: $u) { id name @include(if: $yes) } }',
    );
    for (const variables of [{ u: CAMPAIGN }, { u: GROUP }, { u: CAMPAIGN, yes: false }, { u: CAMPAIGN, yes: true }]) {
      const { data } = await plain({ document, variables });
      expect(await written({ document, variables })).toBe(JSON.stringify(data));
    }
  });
});

describe('the answer writer writes a time', () => {
  const timed = (at: unknown) => {
    const fields = { at: { type: DateTime, resolve: () => at } };
    return new GraphQLSchema({ query: new GraphQLObjectType({ name: 'Query', fields }) });
  };
  const document = parse('{ at }');
  const data = (at: unknown) => written({ document }, answerWriter(timed(at)));

  // Tokens may expire in any of these years.
  it.each([
    ['2255-06-05T23:47:34.740992Z', '2255-06-05T23:47:34.740992Z'],
    ['2300-01-02T03:04:05.123Z', '2300-01-02T03:04:05.123Z'],
    ['9998-12-31T23:59:59Z', '9998-12-31T23:59:59.000Z'],
    ['0001-01-02', '0001-01-02T00:00:00.000Z'],
  ])('%s', async (text, shown) => {
    const at = parseTime(text);
    expect(await data(at)).toBe(JSON.stringify({ at: shown }));
    expect(await execute({ schema: timed(at), document })).toEqual({ data: { at: shown } });
  });

  it.each([1.5, Number.NaN, Number.POSITIVE_INFINITY, 1e300, '1', true])('but not %s', async (at) => {
    expect(await data(at)).toBeNull();
  });
});

const FIELD = parse('{ field }');

/** A schema with one field. */
function resolving(resolve: GraphQLFieldResolver<unknown, unknown>): GraphQLSchema {
  return new GraphQLSchema({
    query: new GraphQLObjectType({ name: 'Query', fields: { field: { type: GraphQLString, resolve } } }),
  });
}

/** The outcome of FIELD, and what is reported meanwhile. */
async function executed(of: GraphQLSchema) {
  const reported: [error: unknown, requestId: string][] = [];
  const run = createExecute(of, (...report) => void reported.push(report));
  return { outcome: await run({ document: FIELD }, readers.context()), reported };
}

describe('the answer writer leaves to graphql-js', () => {
  test.each([
    ['mutations', `mutation { deleteCampaign(input: { uuid: "${GROUP}" }) { deletedCampaignId } }`],
    ['introspection', '{ __schema { queryType { name } } }'],
    ['introspection of one type', '{ __type(name: "Group") { name } }'],
    ['an operation that does not exist', 'query A { viewer { role } } query B { viewer { role } }'],
  ])('%s', async (_what, query) => {
    expect(await written({ document: parse(query) })).toBeNull();
  });

  it('a condition that is null, which graphql-js refuses', async () => {
    const document = parse('query ($if: Boolean = true) { campaigns(first: 1) @include(if: $if) { nodes { name } } }');
    expect(await written({ document, variables: { if: null } })).toBeNull();
    expect(await written({ document, variables: {} })).toContain('"name"');
  });

  it('a resolver that looks at the selection, which is reported with the request', async () => {
    const looking = resolving((_source, _args, _context, info) => info?.fieldName);
    expect(await written({ document: FIELD }, answerWriter(looking))).toBeNull();
    const { outcome, reported } = await executed(looking);
    expect(outcome).toMatchObject({ kind: 'single', result: { data: { field: 'field' } } });
    expect(reported).toEqual([
      [expect.objectContaining({ message: expect.stringContaining('does not give a resolver "fieldName"') }), 'test'],
    ]);
  });

  it('a resolver that fails, and only its own error is reported', async () => {
    const failure = new Error('fails');
    const { outcome, reported } = await executed(
      resolving(() => {
        throw failure;
      }),
    );
    expect(outcome).toMatchObject({ kind: 'single', result: { data: { field: null }, errors: [{}] } });
    expect(reported).toEqual([[failure, 'test']]);
  });

  it('a resolver that fails in an outage, which is not reported', async () => {
    let isAway = true;
    const { outcome, reported } = await executed(
      resolving(() => {
        if (!isAway) return 'read';
        isAway = false;
        throw new DatabaseBusyError('locked');
      }),
    );
    expect([outcome, reported]).toMatchObject([{ kind: 'single', result: { data: { field: 'read' } } }, []]);
  });

  it('what fragments make too large to be kept as a plan', async () => {
    const nested = Array.from({ length: 12 }, (_, depth) =>
      depth === 0
        ? 'fragment F0 on Group { name }'
        : `fragment F${depth} on Group { a: campaigns(first: 1) { nodes { group { ...F${depth - 1} } } }
            b: campaigns(first: 1) { nodes { group { ...F${depth - 1} } } } }`,
    ).join(' ');
    expect(await written({ document: parse(`{ group(by: { name: "nothing" }) { ...F11 } } ${nested}`) })).toBeNull();
    expect(await written({ document: parse(`{ group(by: { name: "nothing" }) { ...F3 } } ${nested}`) })).not.toBeNull();
  });

  it('nothing more when it has had so many queries that it has dropped their plans', async () => {
    const known = {
      document: parse('query ($yes: Boolean!) { viewer { role @include(if: $yes) } }'),
      variables: { yes: true },
    };
    const before = await written(known);
    for (let query = 0; query < 30; query += 1) {
      const aliases = Array.from({ length: 1_900 }, (_, place) => `a${query}_${place}: name`);
      const document = parse(`{ campaign(uuid: "${GROUP}") { ${aliases.join(' ')} } }`);
      expect(await written({ document })).toBe('{"campaign":null}');
    }
    expect(await written(known)).toBe(before);
    expect(before).toBe('{"viewer":{"role":"ADMINISTRATOR"}}');
  });

  it('no field of any type that queries reach', async () => {
    const seen = new Set<string>();
    for (const [, query, variables] of queries) {
      const document = parse(query);
      if ((await written({ document, variables })) === null) continue;
      for (const field of fieldsOf(document)) seen.add(field);
    }
    expect(reachableFields().filter((field) => !seen.has(field))).toEqual([]);
  });
});

/** The fields of object types that the document selects, as `Type.field`. */
function fieldsOf(document: Operation['document']): string[] {
  const found: string[] = [];
  const types = new TypeInfo(schema);
  visit(
    document,
    visitWithTypeInfo(types, { Field: ({ name }) => void found.push(`${types.getParentType()?.name}.${name.value}`) }),
  );
  return found;
}

function reachableFields(): string[] {
  const found = new Map<string, GraphQLNamedType>();
  const walk = (type: GraphQLNamedType | null | undefined) => {
    if (!isObjectType(type) || found.has(type.name)) return;
    found.set(type.name, type);
    for (const field of Object.values(type.getFields())) walk(getNamedType(field.type));
  };
  walk(schema.getQueryType());
  return [...found.values()].flatMap((type) =>
    isObjectType(type) ? Object.keys(type.getFields()).map((field) => `${type.name}.${field}`) : [],
  );
}

describe('whatever resolvers give, the answer writer gives what graphql-js gives, or nothing', () => {
  const TYPES = `
    interface Named { name: String! }
    enum Color { RED GREEN }
    type Leaf implements Named { name: String! int: Int color: Color! flag: Boolean id: ID ints: [Int!] matrix: [[Int]!] }
    type Other implements Named { name: String! other: Int! }
    type Query { leaf: Leaf leaves: [Leaf]! named: [Named!] must: Leaf! }`;
  const QUERY = `{
    leaf { ...All } leaves { ...All } must { color flag }
    named { __typename name ... on Leaf { int } ... on Other { other } }
  } fragment All on Leaf { name int color flag id ints matrix }`;
  const right = {
    name: 'a "name" \\ 😀 \ud800',
    int: -5,
    color: 'RED',
    flag: true,
    id: 'é',
    ints: [1, 2],
    matrix: [[1], []],
  };

  const odd = fc.constantFrom<() => unknown>(
    ...[
      () => null,
      () => undefined,
      () => 1.5,
      () => 2 ** 31,
      () => -0,
      () => Number.NaN,
      () => '7',
      () => true,
      () => 'BLUE',
    ],
    ...[
      () => [],
      () => [null],
      () => ({}),
      () => new Error('returned'),
      () => new Map([[1, 2]]),
      () => 5n,
      () => Symbol('s'),
    ],
    () => {
      throw new Error('thrown');
    },
    () => () => 'called',
  );
  const late = fc.constantFrom<() => unknown>(
    () => Promise.resolve('late'),
    () => Promise.resolve([3, null]),
    () => Promise.reject(new Error('rejected')),
    () => [Promise.resolve(4)],
  );
  const names = fc.constantFrom('leaf', 'leaves', 'named', 'must', 'int', 'ints', 'name', 'color', 'other');
  const changes = fc.oneof(
    fc.record({ resolving: fc.constant(false), changed: fc.dictionary(names, odd, { maxKeys: 2 }) }),
    fc.record({ resolving: fc.constant(true), changed: fc.dictionary(names, fc.oneof(odd, late), { maxKeys: 2 }) }),
  );

  it.each([1, 2])('with seed %i', async (seed) => {
    let [complete, partial] = [0, 0];
    await fc.assert(
      fc.asyncProperty(changes, async ({ changed, resolving }) => {
        const odds = oddSchema(changed, resolving);
        const document = parse(QUERY);
        const text = await written({ document }, answerWriter(odds));
        const expected = await execute({ schema: odds, document });
        if (expected.errors) expect(text).toBeNull();
        else if (text !== null) expect(text).toBe(JSON.stringify(expected.data));
        if (text === null) partial += 1;
        else complete += 1;
      }),
      { seed, numRuns: 300 },
    );
    expect(Math.min(complete, partial)).toBeGreaterThan(20);
  });

  /** A schema with some odd values: as properties of the objects, or returned by resolvers. */
  function oddSchema(changed: Record<string, () => unknown>, resolving: boolean): GraphQLSchema {
    const built = buildSchema(TYPES);
    const leaf = () => {
      const object: Record<string, unknown> = { ...right };
      for (const [name, value] of resolving ? [] : Object.entries(changed)) {
        if (name in right) Object.defineProperty(object, name, { get: value, enumerable: true });
      }
      return object;
    };
    const roots: Record<string, () => unknown> = {
      leaf,
      leaves: () => [leaf(), null, leaf()],
      must: async () => leaf(),
      named: () => [leaf(), { name: 'other', other: 1 }],
    };
    for (const type of Object.values(built.getTypeMap())) {
      if (type.name.startsWith('__')) continue;
      if (type.name === 'Named' && 'resolveType' in type) {
        type.resolveType = (value: object) => ('other' in value ? 'Other' : 'Leaf');
      }
      if (!isObjectType(type)) continue;
      for (const [name, field] of Object.entries(type.getFields())) {
        const odd = resolving || name in roots ? changed[name] : undefined;
        const resolve = odd ?? (type.name === 'Query' ? roots[name] : undefined);
        if (resolve) field.resolve = () => resolve();
      }
    }
    return built;
  }
});

describe('a page costs', () => {
  const PAGE =
    'edges { cursor node { uuid name archived createdOn group { uuid name } } } pageInfo { hasNextPage endCursor }';

  it.each([
    ['one statement', `{ campaigns(first: 50) { ${PAGE} } }`, 1],
    ['one more for its length', `{ campaigns(first: 50) { ${PAGE} totalCount } }`, 2],
    ['one more for its groups', '{ campaigns(first: 50) { nodes { group { status contactCount } } } }', 2],
    [
      'one for the lists of all its items',
      '{ groups(first: 50) { nodes { name campaigns(first: 2) { nodes { name } } } } }',
      2,
    ],
    ['one statement for one object', `{ campaign(uuid: "${CAMPAIGN}") { uuid name group { name } } }`, 1],
  ])('%s', async (_what, query, statements) => {
    const operation = { document: parse(query) };
    // The second page of campaigns also reads their groups, which are then remembered.
    for (let page = 0; page < 2; page += 1) expect(await written(operation)).not.toBeNull();
    readers.statements();
    expect(await written(operation)).not.toBeNull();
    expect(readers.statements()).toHaveLength(statements);
  });
});
