import { describe, expect, it } from 'vitest';
import { Campaigns } from '../../../src/model/campaigns.ts';
import { afterwards } from '../../support/afterwards.ts';
import { AUTHOR } from '../../support/author.ts';
import { newPostgresPlace, openAt } from '../../support/engine.ts';
import { done } from '../../support/outcome.ts';
import { makeWorkspace } from '../../support/workspace.ts';

const { address } = await newPostgresPlace('tables');
const statements: string[] = [];
const database = openAt(address, (statement) => statements.push(statement));
afterwards(() => database.close());

const NAMES = Array.from({ length: 8 }, (_nothing, place) => `Campaign ${place}`);

/** Opens a workspace with a group and a campaign. Its first create has prepared all statements. */
async function open() {
  const { id, campaigns: made } = await makeWorkspace(database, { campaigns: [{ name: 'Old', created: 0 }] });
  const campaigns = new Campaigns(database, id, AUTHOR);
  const create = async (name: string) => done(await campaigns.create({ name, group: { name: 'Everyone' } }));
  await create('First');
  return { campaigns, create, old: made[0]?.uuid ?? '' };
}

/**
 * The kind of a statement: a name look-up or an insert, which together show whether creates ran at the same time; null for others.
 */
const kindOf = (statement: string) =>
  statement.startsWith('insert into "campaigns"')
    ? 'insert'
    : /from "campaigns".*"name_key" = /.test(statement)
      ? 'look up name'
      : null;

describe('creates that come together', () => {
  it('are all looked up in one round trip, and written in the next one', async () => {
    const { create } = await open();
    statements.length = 0;
    await Promise.all(NAMES.map(create));
    const kinds = statements.map(kindOf).filter((kind) => kind !== null);
    expect(kinds).toEqual([...NAMES.map(() => 'look up name'), ...NAMES.map(() => 'insert')]);
  });

  it('are seen by an update between them, and see it', async () => {
    const { create, campaigns, old } = await open();
    const outcomes = await Promise.all([
      create('Before'),
      campaigns.update(old, { name: 'before' }),
      campaigns.update(old, { name: 'Renamed' }),
      campaigns.create({ name: 'Renamed', group: { name: 'Everyone' } }),
      create('Old'),
    ]);
    expect(outcomes[1]).toMatchObject({ errors: [{ code: 'TAKEN' }] });
    expect(outcomes[2]).toMatchObject({ value: { name: 'Renamed' } });
    expect(outcomes[3]).toMatchObject({ errors: [{ code: 'TAKEN' }] });
    expect(outcomes[4]).toMatchObject({ name: 'Old' });
  });
});

it('a write that counts something out of a place and into it again writes nothing', async () => {
  const { id } = await makeWorkspace(database);
  const place = { list: 'campaigns', parent: 1 };
  statements.length = 0;
  await database.write(id, async (write) => {
    write.count(place, -1);
    write.count(place, 1);
  });
  expect(statements).toEqual([]);
  await database.write(id, async (write) => write.count(place, 1));
  expect(statements.map((statement) => statement.split(' (')[0])).toEqual([
    'insert into "list_counts"',
    'update "workspaces" set "revision" = $1, "write_marks" = $2 where "id" = $3 returning "id"',
  ]);
});
