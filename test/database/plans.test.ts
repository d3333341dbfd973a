import Sqlite from 'better-sqlite3';
import { afterAll, describe, expect, it } from 'vitest';
import { orderBy } from '../support/connection.ts';
import { groupOf } from '../support/fixture.ts';
import { ORDERINGS } from '../support/lists.ts';
import { openWorld } from '../support/world.ts';

// A page deep in a list must cost as much as the first page. SQLite explains each statement that the server has run.

const world = await openWorld();
const explainer = new Sqlite(world.file);
afterAll(() => explainer.close());
let commits = 0;

/**
 * The plans of the list's statements in a request right after a commit.
 * After a commit the page of campaigns is read together with its groups.
 */
async function plansOf(document: string): Promise<string[]> {
  explainer.pragma(`user_version = ${(commits += 1)}`);
  return plansOfMore(document);
}

/**
 * The plans of the list's statements in a later request. The first request after `plansOf` reads the groups by their ids
 * (remembered-rows.test.ts tests this). Later ones read campaigns without their groups, because the groups are remembered.
 */
async function plansOfMore(document: string): Promise<string[]> {
  const before = world.statements.length;
  await world.as('admin').data(document);
  const statements = world.statements
    .slice(before)
    .filter((statement) => !/api_tokens|json_each|^select\b[^]*? from "list_counts"/.test(statement));
  expect(statements.length).toBeGreaterThan(0);
  return statements.map((statement) => {
    const steps = explainer.prepare<[], { detail: string }>(`explain query plan ${statement}`).all();
    return steps.map(({ detail }) => detail).join('\n');
  });
}

/** A cursor from the middle of a list in this order. */
async function deepCursor(list: string, order: string): Promise<string> {
  type Middle = Record<string, { edges: { cursor: string }[] }>;
  const data = await world.as('admin').data<Middle>(`{ ${list}(first: 250, orderBy: ${order}) { edges { cursor } } }`);
  const edges = data[list]?.edges ?? [];
  return edges[Math.floor(edges.length / 2)]?.cursor ?? '';
}

const orders = ORDERINGS.map((ordering) => {
  const { field, direction } = orderBy(ordering);
  return `{ field: ${field}, direction: ${direction} }`;
});

const uuid = groupOf(1, 'Reporters').uuid;
const CAMPAIGN_FILTERS = [
  '{}',
  '{ archived: true }',
  '{ archived: null }',
  `{ group: { uuid: "${uuid}" } }`,
  '{ group: { name: "Reporters" } }',
  '{ group: { uuidOrName: "Reporters" } }',
  '{ group: { name: "Reporters" }, archived: null }',
  '{ search: "ma l" }',
  '{ createdBefore: "2024" }',
  '{ createdAfter: "2024" }',
  '{ createdBefore: "2025", createdAfter: "2024", archived: null }',
  '{ uuids: ["089de107-5553-4c07-ab00-092b7869dae1"] }',
];
const GROUP_FILTERS = [
  '{}',
  '{ name: "Reporters" }',
  '{ kind: SMART }',
  '{ statuses: [READY, INVALID] }',
  // An index search needs words of three characters or more. Shorter words are searched in the list itself.
  '{ search: "e" }',
  `{ uuids: ["${uuid}"] }`,
];

const cases = [
  ...CAMPAIGN_FILTERS.map((filter) => ({ list: 'campaigns', filter })),
  ...GROUP_FILTERS.map((filter) => ({ list: 'groups', filter })),
].flatMap((one) => orders.map((order) => ({ ...one, order })));

/** Plan steps that are not allowed: scanning a table, and sorting. */
const COSTLY = /\bSCAN (?!CONSTANT)|USE TEMP B-TREE/;

describe.each(cases)('$list by $order with the filter $filter', ({ list, filter, order }) => {
  it('is read from an index, in order, from either end and from any depth', async () => {
    const cursor = await deepCursor(list, order);
    for (const place of [
      'first: 50',
      'last: 50',
      `first: 50, after: "${cursor}"`,
      `last: 50, before: "${cursor}"`,
      `first: 50, before: "${cursor}", after: "${cursor}"`,
    ]) {
      const document = `{ ${list}(${place}, filter: ${filter}, orderBy: ${order}) { nodes { uuid } pageInfo { hasNextPage hasPreviousPage } } }`;
      const [joined, alone] = [await plansOf(document), await plansOfMore(document)];
      expect(joined.join().includes('LEFT-JOIN')).toBe(list === 'campaigns');
      expect(alone.join()).not.toContain('LEFT-JOIN');
      for (const plan of [...joined, ...alone]) {
        expect(plan).toMatch(/SEARCH (campaigns|groups) USING (COVERING )?INDEX/);
        expect(plan).not.toMatch(COSTLY);
      }
    }
  });
});

describe.each(['{ search: "nobody" }', '{ search: "mal rep", group: { name: "Reporters" }, archived: null }'])(
  'a search by %s',
  (filter) => {
    it.each(orders)('reads candidates, or the list in its order, or nothing: %s', async (order) => {
      for (const place of ['first: 50', `last: 50, before: "${await deepCursor('campaigns', order)}"`]) {
        const [first = '', byIndex = '', ...more] = await plansOf(
          `{ campaigns(${place}, filter: ${filter}, orderBy: ${order}) { nodes { uuid } } }`,
        );
        expect(more).toEqual([]);
        expect(first).toMatch(/^CO-ROUTINE campaigns\nSEARCH campaigns USING INDEX/);
        expect(byIndex).toMatch(/SCAN campaigns_search VIRTUAL TABLE INDEX/);
        const [, sorted = '', walked = ''] = /COMPOUND[^]*?(SCAN candidates[^]*)UNION ALL([^]*)$/.exec(byIndex) ?? [];
        expect(sorted).toMatch(/^(SCAN candidates\n)+SEARCH campaigns USING INTEGER PRIMARY KEY/);
        expect(walked).toMatch(/SEARCH campaigns USING INDEX/);
        expect(walked).not.toMatch(/SCAN campaigns\b|USE TEMP B-TREE/);
      }
    });
  },
);

describe('a search by a short word, of archived campaigns and others, by name', () => {
  it('reads an index for archived ones and another time for the others, and sorts no more than a page of each', async () => {
    const filter = '{ search: "ma", archived: null }';
    for (const place of [
      'first: 50',
      `last: 50, before: "${await deepCursor('campaigns', '{ field: NAME, direction: ASC }')}"`,
    ]) {
      const plans = await plansOf(
        `{ campaigns(${place}, filter: ${filter}, orderBy: { field: NAME, direction: ASC }) { nodes { uuid } pageInfo { hasNextPage hasPreviousPage } } }`,
      );
      for (const plan of plans) {
        const walks = plan.split('\n').filter((step) => step.startsWith('SEARCH campaigns'));
        expect(walks).toHaveLength(2);
        for (const walk of walks)
          expect(walk).toMatch(/INDEX campaigns_name_by_archived \(workspace_id=\? AND is_archived=\?/);
        expect(plan.match(/USE TEMP B-TREE/g)).toHaveLength(1);
      }
    }
  });
});

describe('a search of members', () => {
  it.each([
    ['EMAIL', 'memberships_email'],
    ['CREATED', 'memberships_created'],
  ])('reads the index of the order by %s', async (field, index) => {
    for (const place of ['first: 50', 'last: 50']) {
      const plans = await plansOf(
        `{ members(${place}, filter: { search: "example ed" }, orderBy: { field: ${field} }) { nodes { email } } }`,
      );
      for (const plan of plans.slice(-1)) {
        expect(plan).toMatch(new RegExp(`SEARCH memberships USING INDEX ${index} `));
        expect(plan).not.toMatch(COSTLY);
      }
    }
  });
});

describe('several UUIDs at once', () => {
  it.each(['campaigns', 'groups'])('are found by an index of %s; only these, up to 100, are sorted', async (list) => {
    const uuids = Array.from({ length: 100 }, () => `"${crypto.randomUUID()}"`).join();
    const [plan = ''] = await plansOf(`{ ${list}(filter: { uuids: [${uuids}] }) { nodes { uuid } } }`);
    const [rows, search, scan, ...rest] = plan.split('\n');
    expect([rows, scan]).toEqual([`CO-ROUTINE ${list}`, `SCAN ${list}`]);
    expect(search).toMatch(new RegExp(`^SEARCH ${list} USING INDEX \\S+ \\(workspace_id=\\? AND uuid=\\?\\)$`));
    expect(rest.join('\n')).not.toMatch(/\bSCAN /);
  });
});

describe('several UUIDs at once, with conditions that have an index of their own,', () => {
  it.each(orders)('are looked up by UUID and not in the list by %s', async (order) => {
    const uuids = `"${crypto.randomUUID()}", "${crypto.randomUUID()}"`;
    for (const filter of ['archived: true', 'archived: null', 'group: { name: "Reporters" }']) {
      const [plan = ''] = await plansOf(
        `{ campaigns(filter: { uuids: [${uuids}], ${filter} }, orderBy: ${order}) { nodes { uuid } } }`,
      );
      expect(plan).toMatch(/SEARCH campaigns USING INDEX \w+ \(workspace_id=\? AND uuid=\?\)/);
      expect(plan).not.toMatch(/SEARCH campaigns USING INDEX campaigns_/);
    }
  });
});

describe('the campaigns of each group in a page of groups', () => {
  it.each(orders)('are read from an index, in order: %s', async (order) => {
    for (const place of ['first: 5', 'last: 5', `first: 5, after: "${await deepCursor('campaigns', order)}"`]) {
      const nested = `campaigns(${place}, orderBy: ${order}, filter: { archived: null }) { nodes { uuid } }`;
      for (const plan of await plansOf(`{ groups(first: 20) { nodes { ${nested} } } }`)) {
        expect(plan).toMatch(/USING (COVERING )?INDEX/);
        expect(plan).not.toMatch(/USE TEMP B-TREE/);
        expect(plan).not.toMatch(/SCAN (campaigns|groups)/);
      }
    }
  });

  it('are counted from an index', async () => {
    for (const plan of await plansOf('{ groups(first: 20) { nodes { campaigns { totalCount } } } }')) {
      expect(plan).not.toMatch(/SCAN (campaigns|groups)/);
    }
  });
});

describe('one object', () => {
  it.each([
    '{ campaign(uuid: "089de107-5553-4c07-ab00-092b7869dae1") { uuid } }',
    '{ group(by: { name: "Reporters" }) { uuid } }',
    `{ group(by: { uuid: "${uuid}" }) { uuid } }`,
    `{ group(by: { uuidOrName: "${uuid}" }) { uuid } }`,
  ])('is found by an index: %s', async (document) => {
    for (const plan of await plansOf(document)) expect(plan).not.toMatch(COSTLY);
  });
});

it('looks up the names, the campaigns and the groups of an import by indexes', async () => {
  const row = '{ uuid: "089de107-5553-4c07-ab00-092b7869dae1", name: "a", group: "Reporters" }';
  const plans = await plansOf(`{ campaignImport(rows: [${row}, { name: "b", group: "Farmers" }]) { plan } }`);
  const [campaigns, ...others] = plans;
  // The plan also scans the result of this search, in order to look up the groups.
  expect(campaigns).toContain('SEARCH campaigns USING INDEX sqlite_autoindex_campaigns_1 (workspace_id=? AND uuid=?)');
  expect(others).toEqual([
    'SEARCH campaigns USING INDEX campaigns_name (workspace_id=? AND name_key=?)',
    'SEARCH groups USING INDEX groups_name (workspace_id=? AND name_key=?)',
    'SEARCH groups USING INDEX groups_name (workspace_id=? AND name_key=?)',
  ]);
});

it('identifies the caller by an index', async () => {
  await world.as('editor').data('{ viewer { role } }');
  const statement = world.statements.findLast((one) => one.includes('api_tokens')) ?? '';
  const steps = explainer.prepare<[], { detail: string }>(`explain query plan ${statement}`).all();
  expect(steps.map(({ detail }) => detail).join('\n')).toMatch(/SEARCH api_tokens USING INDEX/);
  expect(steps.map(({ detail }) => detail).join('\n')).not.toMatch(COSTLY);
});

it('would find a sort and a scan', () => {
  const steps = explainer
    .prepare<[], { detail: string }>('explain query plan select * from campaigns order by modified_on')
    .all();
  expect(steps.map(({ detail }) => detail).join('\n')).toMatch(/SCAN campaigns\nUSE TEMP B-TREE/);
});

describe('a page of changes', () => {
  it.each([
    ['{}', 'sqlite_autoindex_changes_1 (workspace_id=?'],
    ['{ types: [CAMPAIGN] }', 'changes_by_kind (workspace_id=? AND type=? AND action=?'],
    ['{ actions: [CREATED, DELETED] }', 'changes_by_kind (workspace_id=? AND type=? AND action=?'],
    [`{ uuids: ["${uuid}"] }`, 'changes_by_object (workspace_id=? AND uuid=?'],
    [`{ uuids: ["${uuid}"], types: [GROUP] }`, 'changes_by_object (workspace_id=? AND uuid=?'],
    [`{ uuids: ["${uuid}"], types: [GROUP], actions: [UPDATED] }`, 'changes_by_object (workspace_id=? AND uuid=?'],
    ['{ actors: ["a@b.example"] }', 'changes_by_actor (workspace_id=? AND user_email=? AND type=? AND action=?'],
    ['{ actors: ["a@b.example"], types: [GROUP] }', 'changes_by_actor (workspace_id=? AND user_email=? AND type=?'],
    [`{ uuids: ["${uuid}"], actors: ["a@b.example"] }`, 'changes_by_object (workspace_id=? AND uuid=?'],
    ['{ madeAfter: "1980-01-01", madeBefore: "2040-01-01" }', 'sqlite_autoindex_changes_1 (workspace_id=?'],
  ])('with the filter %s is a range of an index for each object or kind', async (filter, index) => {
    const { groups } = await world
      .as('admin')
      .data<{ groups: { changesCursor: string } }>('{ groups(first: 1) { changesCursor } }');
    for (const bounds of ['first: 3', 'last: 3', `first: 3, after: "${groups.changesCursor}"`]) {
      const plans = await plansOf(`{ changes(${bounds}, filter: ${filter}) { nodes { revision } } }`);
      // Steps with COVERING are left out: they read the oldest change for
      // the feed's state, from an index that contains all columns they need.
      const steps = plans
        .flatMap((plan) => plan.split('\n'))
        .filter((step) => /\bchanges\b|B-TREE/.test(step) && !step.includes('COVERING'));
      expect(steps.length).toBeGreaterThan(0);
      for (const step of steps) expect(step).toContain(`SEARCH changes USING INDEX ${index}`);
    }
  });
});
