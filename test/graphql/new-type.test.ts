import { makeExecutableSchema } from '@graphql-tools/schema';
import { validate } from 'graphql';
import { sql } from 'kysely';
import { describe, expect, it } from 'vitest';
import { contextFactory } from '../../src/graphql/context.ts';
import { createRunOperation } from '../../src/graphql/execution/run-operation.ts';
import { parseDocument } from '../../src/graphql/execution/document.ts';
import { nodeResolvers, nodeType } from '../../src/graphql/nodes.ts';
import type { Listed } from '../../src/model/list.ts';
import { describeList } from '../../src/model/list.ts';
import { equals } from '../../src/model/conditions.ts';
import { newUuid } from '../../src/model/uuid.ts';
import { makeWorkspace } from '../support/workspace.ts';
import { openEmptyDatabase } from '../support/world.ts';

// Adds a new type from the same building blocks as campaigns and groups. See "How to add a type" in CONTRIBUTING.md.

/** A message of a programme. */
interface Message extends Listed {
  readonly text: string;
  readonly delay: number;
}

interface MessageRow {
  readonly id: number;
  readonly uuid: string;
  readonly text: string;
  readonly delay: number;
}

const MESSAGES = describeList({
  name: 'messages',
  table: 'messages',
  columns: ['messages.id', 'messages.uuid', 'messages.text', 'messages.delay'],
  toNode: (row: MessageRow): Message => row,
  orders: {
    delay: { column: 'messages.delay', type: 'integer', keyOf: ({ delay }) => delay },
    text: { column: 'messages.text', type: 'text', keyOf: ({ text }) => text },
  },
  parents: {},
  valuesOf: ({ text }: { text?: string | null | undefined }) => ({ text: text ?? undefined }),
  conditions: { text: equals('messages.text') },
});

const SCHEMA = `
  interface Node { id: ID! }
  type Message implements Node { id: ID! uuid: String! text: String! delay: Int! }
  type MessageEdge { cursor: String! node: Message! }
  type MessageConnection { edges: [MessageEdge!]! nodes: [Message!]! pageInfo: PageInfo! totalCount: Int! }
  type PageInfo { hasNextPage: Boolean! hasPreviousPage: Boolean! startCursor: String endCursor: String }
  enum MessageOrderField { DELAY TEXT }
  enum OrderDirection { ASC DESC }
  input MessageOrder { field: MessageOrderField! direction: OrderDirection! = ASC }
  input MessageFilter { text: String }
  type Query {
    node(id: ID!): Node
    nodes(ids: [ID!]!): [Node]!
    messages(first: Int, after: String, last: Int, before: String, filter: MessageFilter, orderBy: MessageOrder): MessageConnection!
  }
`;

const database = await openEmptyDatabase();
await database.administer(({ db }) =>
  sql`create table messages (id integer primary key, workspace_id bigint, uuid text, is_active smallint, text text, delay bigint)`.execute(
    db,
  ),
);
const [mine, theirs] = [await makeWorkspace(database, {}), await makeWorkspace(database, {})];

const TEXTS = ['one', 'two', 'three', 'four', 'five', 'six', 'seven'];
await database.administer(async ({ db }) => {
  for (const workspace of [mine.id, theirs.id]) {
    for (const [place, text] of TEXTS.entries()) {
      // Each delay occurs twice, so that pages end between equal delays.
      const values = sql`(${workspace}, ${newUuid()}, 1, ${text}, ${Math.floor(place / 2)})`;
      await sql`insert into messages (workspace_id, uuid, is_active, text, delay) values ${values}`.execute(db);
    }
  }
  await sql`insert into messages (workspace_id, uuid, is_active, text, delay) values (${mine.id}, ${newUuid()}, 0, 'deleted', 0)`.execute(
    db,
  );
});

const schema = makeExecutableSchema({
  typeDefs: SCHEMA,
  resolvers: nodeResolvers({
    Message: nodeType(
      MESSAGES,
      (input) => input ?? {},
      (value) => 'delay' in value,
    ),
  }),
});
const run = createRunOperation(schema, (error) => {
  throw error;
});
const context = contextFactory(database)(
  {
    requestId: 'a request',
    viewer: {
      user: { id: 1, email: 'a@b.example' },
      workspace: { id: mine.id, uuid: newUuid(), name: 'Mine' },
      role: 'viewer',
      token: { id: 1, uuid: newUuid(), name: 'test', expiresOn: null, lastUsedOn: null },
      issuer: 'here',
    },
    origin: 'graphql',
    rateLimit: null,
    observed: { codes: [] },
  },
  new AbortController().signal,
);

async function ask<Data>(text: string, variables: Record<string, unknown> = {}): Promise<Data> {
  const document = parseDocument(text);
  expect(validate(schema, document)).toEqual([]);
  const outcome = await run({ document, variables }, context);
  // graphql-js executes an operation only if it has errors.
  if (outcome.kind !== 'json') throw new Error('the query was not answered by the writer');
  return JSON.parse(Buffer.from(outcome.result.data).toString()) as Data;
}

interface MessagesPage {
  readonly messages: {
    readonly edges: { readonly cursor: string; readonly node: { readonly id: string; readonly text: string } }[];
    readonly pageInfo: { readonly hasNextPage: boolean; readonly hasPreviousPage: boolean };
    readonly totalCount: number;
  };
}

const PAGE = `query ($first: Int, $after: String, $last: Int, $before: String, $orderBy: MessageOrder, $filter: MessageFilter) {
  messages(first: $first, after: $after, last: $last, before: $before, orderBy: $orderBy, filter: $filter) {
    edges { cursor node { id text } } pageInfo { hasNextPage hasPreviousPage } totalCount
  }
}`;

describe('a new type, of a description and a line in the registry,', () => {
  it.each([
    ['DELAY', TEXTS],
    ['TEXT', TEXTS.toSorted()],
  ])('is paged through in both directions by %s', async (field, expected) => {
    const orderBy = { field };
    const forwards: string[] = [];
    let after: string | undefined;
    for (let more = true; more;) {
      const { messages } = await ask<MessagesPage>(PAGE, { first: 3, after, orderBy });
      forwards.push(...messages.edges.map(({ node }) => node.text));
      expect(messages.totalCount).toBe(TEXTS.length);
      expect(messages.pageInfo.hasPreviousPage).toBe(after !== undefined);
      more = messages.pageInfo.hasNextPage;
      after = messages.edges.at(-1)?.cursor;
    }
    expect(forwards).toEqual(expected);

    const backwards: string[] = [];
    let before: string | undefined;
    for (let more = true; more;) {
      const { messages } = await ask<MessagesPage>(PAGE, { last: 2, before, orderBy });
      backwards.unshift(...messages.edges.map(({ node }) => node.text));
      more = messages.pageInfo.hasPreviousPage;
      before = messages.edges[0]?.cursor;
    }
    expect(backwards).toEqual(expected);
  });

  it('is filtered, and found again by its global id', async () => {
    const { messages } = await ask<MessagesPage>(PAGE, { filter: { text: 'four' }, orderBy: { field: 'TEXT' } });
    expect([messages.totalCount, messages.edges.map(({ node }) => node.text)]).toEqual([1, ['four']]);
    const id = messages.edges[0]?.node.id;
    const QUERY =
      'query ($id: ID!) { node(id: $id) { __typename id ... on Message { text } } nodes(ids: [$id]) { id } }';
    expect(await ask(QUERY, { id })).toEqual({ node: { __typename: 'Message', id, text: 'four' }, nodes: [{ id }] });
  });
});
