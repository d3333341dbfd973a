import { Kind, parse } from 'graphql';
import { describe, expect, test } from 'vitest';
import { operationsIn } from '../../src/playground/app/operations-in-text.ts';

const DOCUMENTS = {
  'a field that is called query': 'query Groups {\n groups(first: 2) {\n nodes {\n query status\n } } }',
  'a field that is called query, alone on its line':
    'query A { groups { nodes {\n query\n} } }\nmutation B { a { b } }',
  'several operations on one line': 'query A { a } mutation B { b } subscription C { c }',
  'operations without names': '{ a }\nquery { b } query ($a: Int = 1) { c }',
  'variables, defaults and directives that are called query':
    'query A($query: In = { query: [1] }) @query(query: "}") { query(query: { query: $query }) }',
  'keywords and brackets in strings and comments':
    '# query X { }\nquery A { a(b: "query Y {", c: """\nquery Z { " \\""" }\n""") } # }\nquery B { b }',
  'fragments, of which one is called query':
    'fragment query on Query { a } query A { ...query } fragment on2 on T { b }',
};

describe('the operations of a text', () => {
  test.each(Object.entries(DOCUMENTS))('are those that graphql-js finds: %s', (_what, text) => {
    const expected = parse(text).definitions.flatMap((definition) =>
      definition.kind === Kind.OPERATION_DEFINITION
        ? [{ kind: definition.operation, name: definition.name?.value, end: definition.loc?.end }]
        : [],
    );
    expect(operationsIn(text)).toEqual(expected);
  });

  test.each([
    ['', []],
    ['query', [undefined]],
    ['query A', ['A']],
    ['query A { a } query B { b { "', ['A', 'B']],
    ['} query A { a } }', ['A']],
    ['query A { a(b: """ } query B { b }', ['A']],
  ])('are found while it is being written: %j', (text, names) => {
    expect(operationsIn(text).map(({ name }) => name)).toEqual(names);
  });
});
