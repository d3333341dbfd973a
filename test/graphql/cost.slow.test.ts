import { beforeAll, describe, expect, it } from 'vitest';
import { getIntrospectionQuery, getOperationAST, validate } from 'graphql';
import { contextFactory } from '../../src/graphql/context.ts';
import { createAssess } from '../../src/graphql/execution/assess.ts';
import { parseDocument } from '../../src/graphql/execution/document.ts';
import { costLimit } from '../../src/graphql/execution/limits.ts';
import { createRunOperation } from '../../src/graphql/execution/run-operation.ts';
import { createSchema } from '../../src/graphql/schema.ts';
import { newUuid } from '../../src/model/uuid.ts';
import { makeLargeWorkspace } from '../support/large-workspace.ts';
import { openEmptyDatabase } from '../support/world.ts';

// Compares the cost formula with the CPU time that operations take. `npm run test:cost` uses a million campaigns.

const CAMPAIGNS = Number(process.env['COST_CAMPAIGNS'] ?? 100_000);
/** The CPU time in microseconds that one cost unit stands for. */
const UNIT = 25;
/**
 * An operation may take `factor` times its share, because other programs slow down the machine, plus a fixed time that even the
 * smallest operation needs.
 */
const TOLERANCE = { factor: Number(process.env['COST_TOLERANCE'] ?? 3), microseconds: 5_000 };

const database = await openEmptyDatabase();
const schema = createSchema();
const assess = createAssess(schema);
const run = createRunOperation(schema, (error) => {
  throw error;
});
let context: () => ReturnType<ReturnType<typeof contextFactory>>;

beforeAll(async () => {
  const workspace = await makeLargeWorkspace(database, CAMPAIGNS, 2_000);
  context = () =>
    contextFactory(database)(
      {
        requestId: 'a request',
        viewer: {
          user: { id: 1, email: 'a@b.example' },
          workspace: { id: workspace, uuid: newUuid(), name: 'Large' },
          role: 'administrator',
          token: { id: 1, uuid: newUuid(), name: 'test', expiresOn: null, lastUsedOn: null },
          issuer: 'here',
        },
        origin: 'graphql',
        rateLimit: null,
        observed: { codes: [] },
      },
      new AbortController().signal,
    );
}, 300_000);

/** The parsed operation and its cost. */
async function assessed(text: string, variables: Record<string, unknown> = {}) {
  const document = parseDocument(text);
  expect(validate(schema, document)).toEqual([]);
  const operation = getOperationAST(document);
  if (!operation) throw new Error('the document has one operation');
  const { cost, refused } = await assess(document, operation, variables, context());
  return { document, cost, refused };
}

/** The largest operation that the server does not refuse. Operations grow with `n`, up to `most`. Null if even the smallest is refused. */
async function largestUnderCeiling(grow: (n: number) => string, most: number) {
  let largest = null;
  let [passes, fails] = [0, most + 1];
  while (fails - passes > 1) {
    const n = Math.ceil((passes + fails) / 2);
    const one = await assessed(grow(n));
    if (one.refused) fails = n;
    else [passes, largest] = [n, one];
  }
  return largest;
}

/** The CPU time of the operation in microseconds: the least of four runs. */
async function cpuTime(
  document: ReturnType<typeof parseDocument>,
  variables: Record<string, unknown> = {},
): Promise<number> {
  let least = Infinity;
  for (let times = 0; times < 4; times++) {
    const before = process.cpuUsage();
    const outcome = await run({ document, variables }, context());
    const { user, system } = process.cpuUsage(before);
    expect(outcome.kind === 'single' && outcome.result.errors).toBeFalsy();
    least = Math.min(least, user + system);
  }
  return least;
}

const times = (n: number, field: (place: number) => string) =>
  `{ ${Array.from({ length: n }, (_, place) => `a${place}: ${field(place)}`).join(' ')} }`;
const ALL = 'id uuid name archived createdOn modifiedOn';
const uuids = (n: number) => Array.from({ length: n }, () => `"${newUuid()}"`).join(' ');
const IN_TIME = 'createdAfter: "1990", createdBefore: "2100"';

/** Operations that grow with `n`, up to `most`. Each tests one kind of reading. */
const KINDS: readonly (readonly [kind: string, most: number, grow: (n: number) => string])[] = [
  ['pages', 30, (n) => times(n, () => `campaigns(first: 250) { nodes { ${ALL} } }`)],
  [
    'pages with groups',
    30,
    (n) =>
      times(
        n,
        () => `campaigns(first: 250) { edges { cursor node { ${ALL} group { name contactCount status createdOn } } } }`,
      ),
  ],
  ['pages without rows', 30, (n) => times(n, () => 'campaigns(first: 250) { pageInfo { hasNextPage } }')],
  [
    'fields of one name',
    30,
    (n) =>
      `{ campaigns(first: 250) { nodes { ${Array.from({ length: n }, (_, i) => `a${i}: name`).join(' ')} } } groups(first: 250) { nodes { campaigns(first: 10) { nodes { name } } } } }`,
  ],
  ['kept counts', 30, (n) => times(n, () => 'campaigns(first: 1) { totalCount }')],
  ['counts within times', 30, (n) => times(n, () => `campaigns(first: 1, filter: { ${IN_TIME} }) { totalCount }`)],
  [
    'counts within times, archived or not',
    30,
    (n) => times(n, () => `campaigns(first: 1, filter: { ${IN_TIME}, archived: null }) { totalCount }`),
  ],
  ['pages of groups', 250, (n) => `{ groups(first: ${n}) { nodes { campaigns(first: 1) { nodes { uuid } } } } }`],
  [
    'pages of groups, in two lists',
    250,
    (n) =>
      `{ groups(first: ${n}) { nodes { campaigns(first: 1) { nodes { uuid } } } } b: groups(first: ${n}, orderBy: { field: NAME }) { nodes { campaigns(first: 1) { nodes { uuid } } } } }`,
  ],
  [
    'large pages of groups',
    250,
    (n) => `{ groups(first: 250) { nodes { campaigns(first: ${n}) { nodes { ${ALL} } } } } }`,
  ],
  [
    'pages of groups without rows',
    30,
    (n) => times(n, (i) => `groups(first: 100) { nodes { campaigns(first: ${250 - i}) { totalCount } } }`),
  ],
  [
    'counts of groups',
    30,
    (n) => times(n, (i) => `groups(first: 100) { nodes { campaigns(first: ${i + 1}) { totalCount } } }`),
  ],
  [
    'counts of groups within times',
    30,
    (n) =>
      times(n, () => `groups(first: 100) { nodes { campaigns(first: 1, filter: { ${IN_TIME} }) { totalCount } } }`),
  ],
  ['UUIDs', 40, (n) => `{ campaigns(filter: { uuids: [${uuids(n)}] }) { nodes { uuid } totalCount } }`],
  [
    'UUIDs of groups',
    250,
    (n) =>
      `{ groups(first: ${n}) { nodes { campaigns(first: 1, filter: { uuids: [${uuids(40)}] }) { nodes { uuid } totalCount } } } }`,
  ],
  [
    'times in an order by name',
    30,
    (n) =>
      times(
        n,
        () => 'campaigns(first: 1, filter: { createdAfter: "2090" }, orderBy: { field: NAME }) { nodes { uuid } }',
      ),
  ],
  [
    'groups of a kind',
    30,
    (n) => times(n, () => 'groups(first: 1, filter: { kind: SMART }) { nodes { uuid } totalCount }'),
  ],
  ['searches', 30, (n) => times(n, (i) => `campaigns(first: 1, filter: { search: "zzz${i}" }) { nodes { uuid } }`)],
  [
    'searches of common words with a count',
    30,
    (n) => times(n, () => 'campaigns(first: 50, filter: { search: "malaria" }) { nodes { uuid } totalCount }'),
  ],
  [
    'searches of short words with a count',
    30,
    (n) => times(n, () => 'campaigns(first: 50, filter: { search: "q z" }) { nodes { uuid } totalCount }'),
  ],
  [
    'searches of short words by name, archived or not',
    30,
    (n) =>
      times(
        n,
        () =>
          'campaigns(first: 50, filter: { search: "q z", archived: null }, orderBy: { field: NAME }) { nodes { uuid } }',
      ),
  ],
  [
    'searches of groups',
    30,
    (n) => times(n, () => 'groups(first: 50, filter: { search: "zz" }) { nodes { uuid } totalCount }'),
  ],
  [
    'searches in each group',
    250,
    (n) =>
      `{ groups(first: ${n}) { nodes { campaigns(first: 1, filter: { search: "zz" }) { nodes { uuid } totalCount } } } }`,
  ],
  [
    'introspection',
    28,
    (n) =>
      `{ __schema { types { ${Array.from({ length: n }, (_, i) => `a${i}: fields { type { fields { name type { name } args { name } } } }`).join(' ')} } } }`,
  ],
  [
    'mutations',
    10,
    (n) =>
      `mutation ${times(n, (i) => `createGroup(input: { name: "${newUuid()}${i}" }) { group { name campaigns(first: 1) { totalCount } } userErrors { message } }`)}`,
  ],
];

describe(`with ${CAMPAIGNS} campaigns, the costliest operation of a kind`, () => {
  it.each(KINDS)('%s: takes no longer than it costs', async (kind, most, grow) => {
    const largest = await largestUnderCeiling(grow, most);
    if (!largest) {
      // An operation that is refused at any size must belong to a kind that reads a whole list.
      expect(kind).toMatch(/search|order by name|within times/);
      return;
    }
    const { document, cost } = largest;
    const took = await cpuTime(document);
    if (process.env['COST_REPORT'])
      console.log(
        `${kind}: cost ${cost.cost}, ${(took / 1_000).toFixed(1)} ms, ${(took / cost.cost).toFixed(1)} us a unit`,
      );
    expect(cost.cost).toBeLessThanOrEqual(costLimit(cost));
    expect(took).toBeLessThanOrEqual(TOLERANCE.microseconds + TOLERANCE.factor * UNIT * cost.cost);
    expect(took).toBeLessThanOrEqual(TOLERANCE.factor * 250_000);
  });

  it('introspection as tools ask for it is cheap', async () => {
    const { cost, document } = await assessed(getIntrospectionQuery());
    expect(cost.cost).toBeLessThan(1_000);
    expect(await cpuTime(document)).toBeLessThanOrEqual(TOLERANCE.microseconds + TOLERANCE.factor * UNIT * cost.cost);
  });
});

describe('a mutation of 250 campaigns', () => {
  it('that is refused with all errors that each can have takes no longer than it costs', async () => {
    const name = `${'n'.repeat(65)}"\\\0\ud800`;
    const variables = {
      input: { campaigns: Array.from({ length: 250 }, () => ({ name, group: { name: 'nobody' } })) },
    };
    const { document, cost, refused } = await assessed(
      'mutation ($input: CreateCampaignsInput!) { createCampaigns(input: $input) { campaigns { uuid } userErrors { field code message } } }',
      variables,
    );
    expect(refused).toBeNull();
    const took = await cpuTime(document, variables);
    if (process.env['COST_REPORT']) console.log(`refused: cost ${cost.cost}, ${(took / 1_000).toFixed(1)} ms`);
    expect(took).toBeLessThanOrEqual(TOLERANCE.microseconds + TOLERANCE.factor * UNIT * cost.cost);
  });
});

describe('thirty searches with their counts in one operation', () => {
  it('are refused, or cheap, and the refusal says what would pass', async () => {
    const thirty = times(30, (i) => `campaigns(filter: { search: "zzz${i}" }) { nodes { uuid } totalCount }`);
    const { cost, refused, document } = await assessed(thirty);
    if (!refused) {
      expect(await cpuTime(document)).toBeLessThanOrEqual(TOLERANCE.factor * UNIT * cost.cost);
      return;
    }
    expect(refused.extensions).toMatchObject({ code: 'TOO_COSTLY', requested: cost.cost, limit: costLimit(cost) });
    expect(refused.message).toContain(String(cost.cost));
    expect(Object.keys(refused.extensions['wouldPass'] as object)).toHaveLength(1);
  });
});
