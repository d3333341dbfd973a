import { beforeAll, describe, expect, it } from 'vitest';
import { beginEpoch } from '../../src/database/feed.ts';
import { removeChanges } from '../../src/model/keep-changes.ts';
import { clockTime } from '../../src/model/time.ts';
import { openWorld } from '../support/world.ts';

const world = await openWorld();
const client = world.as('admin2');

interface Made {
  readonly createCampaign: {
    readonly campaign: { readonly uuid: string; readonly id: string; readonly revision: number };
  };
}

interface Written {
  readonly written: {
    readonly object: { readonly revision: number } | null;
    readonly userErrors: readonly {
      readonly code: string;
      readonly field: string[] | null;
      readonly current: object | null;
    }[];
  };
}

const CREATE = `mutation ($name: String!) {
  createCampaign(input: { name: $name, group: { name: "Vets" } }) { campaign { id uuid revision } }
}`;
const RENAME = `mutation ($uuid: UUID!, $name: String!, $expected: Int) {
  written: updateCampaign(input: { uuid: $uuid, name: $name, expectedRevision: $expected }) {
    object: campaign { revision name } userErrors { code field current { __typename ... on Campaign { name revision } ... on Group { name revision } } }
  }
}`;
const DELETE = `mutation ($uuid: UUID!, $expected: Int) {
  written: deleteCampaign(input: { uuid: $uuid, expectedRevision: $expected }) {
    userErrors { code field current { __typename ... on Campaign { name revision } } }
  }
}`;

const create = async (name: string) => (await client.data<Made>(CREATE, { name })).createCampaign.campaign;
const cursorNow = async () =>
  (await client.data<{ campaigns: { changesCursor: string } }>('{ campaigns(first: 1) { changesCursor } }')).campaigns
    .changesCursor;

interface Page {
  readonly changes: {
    readonly nodes: readonly {
      readonly id: string;
      readonly action: string;
      readonly subject: object | null;
      readonly deletedId: string | null;
    }[];
  };
}
const AFTER = `query ($after: String, $filter: ChangeFilter) { changes(after: $after, filter: $filter) {
  nodes { id action deletedId subject { __typename ... on Campaign { name } } }
} }`;

describe('a change', () => {
  it('shows the object as it is now, also to a query that runs compiled', async () => {
    const cursor = await cursorNow();
    const { uuid } = await create('Seeds');
    await client.data(RENAME, { uuid, name: 'Seedlings' });
    for (let run = 0; run < 3; run += 1) {
      const { changes } = await client.data<Page>(AFTER, { after: cursor });
      expect(changes.nodes.map(({ action, subject }) => [action, subject])).toEqual([
        ['CREATED', { __typename: 'Campaign', name: 'Seedlings' }],
        ['UPDATED', { __typename: 'Campaign', name: 'Seedlings' }],
      ]);
    }
  });

  it('of a deleted object says which id is gone', async () => {
    const cursor = await cursorNow();
    const { uuid, id } = await create('Short-lived');
    await client.data(DELETE, { uuid });
    const { changes } = await client.data<Page>(AFTER, { after: cursor, filter: { uuids: [uuid] } });
    expect(changes.nodes.map(({ action, subject, deletedId }) => [action, subject, deletedId])).toEqual([
      ['CREATED', null, null],
      ['DELETED', null, id],
    ]);
  });

  it('is found by who made it and when, both times included', async () => {
    const cursor = await cursorNow();
    const { uuid } = await create('Made by somebody');
    await world.as('editor2').data(RENAME, { uuid, name: 'Renamed by another' });
    const made = `query ($after: String, $filter: ChangeFilter) {
      changes(after: $after, filter: $filter) { totalCount nodes { action at actor { email } } }
    }`;
    interface Made {
      changes: { totalCount: number; nodes: { action: string; at: string; actor: { email: string } }[] };
    }
    const actionsOf = async (filter: object) => {
      const { changes } = await client.data<Made>(made, { after: cursor, filter });
      return changes.nodes.map(({ action }) => action);
    };
    const { changes } = await client.data<Made>(made, { after: cursor });
    const [created, renamed] = changes.nodes;
    expect(await actionsOf({ actors: [created?.actor.email] })).toEqual(['CREATED']);
    expect(await actionsOf({ actors: [created?.actor.email, renamed?.actor.email], uuids: [uuid] })).toEqual([
      'CREATED',
      'UPDATED',
    ]);
    expect(await actionsOf({ actors: [renamed?.actor.email], actions: ['CREATED'] })).toEqual([]);
    expect(await actionsOf({ madeAfter: created?.at, madeBefore: renamed?.at })).toEqual(['CREATED', 'UPDATED']);
    expect(await actionsOf({ madeBefore: '2001-01-01' })).toEqual([]);
    expect(await actionsOf({ madeAfter: '2999-01-01' })).toEqual([]);
  });

  it('is a node', async () => {
    const { changes } = await client.data<Page>(AFTER, {});
    const id = changes.nodes[0]?.id;
    const query = 'query ($id: ID!) { node(id: $id) { __typename id } }';
    expect(await client.data(query, { id })).toEqual({ node: { __typename: 'Change', id } });
    expect(await world.as('admin').data(query, { id })).toEqual({ node: null });
  });
});

describe('the history of campaigns', () => {
  const HISTORIES = `query ($first: Int) { campaigns(first: $first) { nodes {
    history(first: 2) { totalCount nodes { revision action } pageInfo { hasNextPage } }
  } } }`;

  it('is newest first', async () => {
    const { uuid } = await create('Told');
    await client.data(RENAME, { uuid, name: 'Told again' });
    await client.data(RENAME, { uuid, name: 'Told at last' });
    const { campaigns } = await client.data<{ campaigns: { nodes: { history: object }[] } }>(HISTORIES, { first: 1 });
    expect(campaigns.nodes[0]?.history).toMatchObject({
      totalCount: 3,
      nodes: [{ action: 'UPDATED' }, { action: 'UPDATED' }],
      pageInfo: { hasNextPage: true },
    });
  });

  it('costs the same number of statements for any number of campaigns', async () => {
    const statements = async (first: number) => {
      await client.data(HISTORIES, { first });
      const before = world.statements.length;
      await client.data(HISTORIES, { first });
      // Leaves out the statements for the caller and for the workspace's size, because their results are remembered for a while.
      return world.statements.slice(before).filter((statement) => /from "(campaigns|changes)"/.test(statement)).length;
    };
    const few = await statements(2);
    expect(few).toBeGreaterThan(1);
    expect(await statements(20)).toBe(few);
  });
});

describe('expectedRevision', () => {
  it('lets a write pass that has seen the last change', async () => {
    const { uuid, revision } = await create('Seen');
    const { written } = await client.data<Written>(RENAME, { uuid, name: 'Seen by all', expected: revision });
    expect(written).toEqual({ object: { name: 'Seen by all', revision: revision + 1 }, userErrors: [] });
  });

  it('refuses one that has not, with the object as it is now', async () => {
    const { uuid, revision } = await create('Old');
    await client.data(RENAME, { uuid, name: 'New' });
    const conflict = {
      code: 'CONFLICT',
      field: ['expectedRevision'],
      current: { __typename: 'Campaign', name: 'New', revision: revision + 1 },
    };
    for (const mutation of [RENAME, DELETE]) {
      const { written } = await client.data<Written>(mutation, { uuid, name: 'Lost', expected: revision });
      expect(written.object ?? null).toBeNull();
      expect(written.userErrors).toEqual([conflict]);
    }
  });

  it('holds for groups too', async () => {
    const { createGroup } = await client.data<{ createGroup: { group: { uuid: string; revision: number } } }>(
      'mutation { createGroup(input: { name: "Weavers" }) { group { uuid revision } } }',
    );
    const { uuid, revision } = createGroup.group;
    const text = `mutation ($uuid: UUID!, $expected: Int) {
      renamed: updateGroup(input: { uuid: $uuid, name: "Spinners" }) { group { revision } }
      again: updateGroup(input: { uuid: $uuid, name: "Sewers", expectedRevision: $expected }) { userErrors { code } }
      deleted: deleteGroup(input: { uuid: $uuid, expectedRevision: $expected }) { userErrors { code current { ... on Group { name } } } }
    }`;
    expect(await client.data(text, { uuid, expected: revision })).toEqual({
      renamed: { group: { revision: revision + 1 } },
      again: { userErrors: [{ code: 'CONFLICT' }] },
      deleted: { userErrors: [{ code: 'CONFLICT', current: { name: 'Spinners' } }] },
    });
  });

  it('is 0 for what has not changed since changes are recorded', async () => {
    const { group } = await client.data<{ group: { revision: number } }>(
      '{ group(by: { name: "Vets" }) { revision } }',
    );
    expect(group.revision).toBe(0);
  });
});

describe('changesCursor', () => {
  it('comes from before the page, also in lists of parents and behind fragments', async () => {
    const cursor = await cursorNow();
    const text = `query { groups(first: 2) { ...Cursor nodes { campaigns(first: 1) { ... { changesCursor } } } } }
      fragment Cursor on GroupConnection { changesCursor }`;
    const before = world.statements.length;
    const { groups } = await client.data<{
      groups: { changesCursor: string; nodes: { campaigns: { changesCursor: string } }[] };
    }>(text);
    expect([groups.changesCursor, ...groups.nodes.map(({ campaigns }) => campaigns.changesCursor)]).toEqual([
      cursor,
      cursor,
      cursor,
    ]);
    const statements = world.statements.slice(before);
    const ofFeed = statements.findIndex((statement) => statement.includes('"feed"'));
    expect(ofFeed).toBeGreaterThanOrEqual(0);
    expect(ofFeed).toBeLessThan(statements.findIndex((statement) => statement.includes('from "groups"')));
    expect(statements.filter((statement) => statement.includes('"feed"'))).toHaveLength(1);
  });

  it('costs no statement where it is not selected', async () => {
    const before = world.statements.length;
    await client.data('{ campaigns(first: 1) { nodes { uuid } } }');
    expect(world.statements.slice(before).filter((statement) => statement.includes('feed'))).toEqual([]);
  });
});

describe('a cursor of changes', () => {
  const expired = async (after: string) => (await client.ask(AFTER, { after })).codes;

  beforeAll(async () => {
    await create('For the cursors');
  });

  it('is not one of another list, nor of a history', async () => {
    const { campaigns } = await client.data<{
      campaigns: { pageInfo: { endCursor: string }; nodes: { history: { pageInfo: { endCursor: string } } }[] };
    }>('{ campaigns(first: 1) { pageInfo { endCursor } nodes { history { pageInfo { endCursor } } } } }');
    expect(await expired(campaigns.pageInfo.endCursor)).toEqual(['INVALID_CURSOR']);
    expect(await expired(campaigns.nodes[0]?.history.pageInfo.endCursor ?? '')).toEqual(['INVALID_CURSOR']);
  });

  it('is not one that was cut short or changed', async () => {
    const cursor = await cursorNow();
    for (let length = 1; length < cursor.length; length += 1) {
      expect(await expired(cursor.slice(0, length))).toEqual(['INVALID_CURSOR']);
    }
  });

  it('expires when changes after it have been removed', async () => {
    const [old, middle] = [await cursorNow(), (await create('Later'), await cursorNow())];
    await removeChanges(world.database, clockTime());
    expect(await expired(old)).toEqual(['CURSOR_EXPIRED']);
    expect(await expired(middle)).toEqual([]);
  });

  it('expires with its epoch, and says what to do', async () => {
    const cursor = await cursorNow();
    await world.database.administer(beginEpoch);
    const { codes, errors, status } = await client.ask(AFTER, { after: cursor });
    expect([codes, status]).toEqual([['CURSOR_EXPIRED'], 200]);
    expect(errors[0]?.message).toContain('Read all lists again');
    expect(await expired(await cursorNow())).toEqual([]);
  });

  it('expires in front of a state that the database has lost', async () => {
    const cursor = await cursorNow();
    await world.database.administer(({ db }) => db.updateTable('workspaces').set({ revision: 1 }).execute());
    expect(await expired(cursor)).toEqual(['CURSOR_EXPIRED']);
  });
});
