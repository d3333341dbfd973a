import type { Selectable } from 'kysely';
import type { Database } from '../database/database.ts';
import type { Tables } from '../database/tables.ts';
import type { ListName, Row } from './format.ts';
import { FORMAT, LISTS } from './format.ts';

/**
 * A database as the text of a snapshot, in pieces: what deleted rows there are as well, so that loading it gives the same
 * answers. It is read in one transaction, so that it is of one moment.
 */
export async function dumpSnapshot(database: Database, write: (piece: string) => Promise<void>): Promise<void> {
  await database.write(async (db) => {
    await write(`{"format": ${FORMAT}`);
    await writeList(write, 'workspaces', await db.selectFrom('workspaces').selectAll().orderBy('id').execute());
    await writeList(write, 'users', await db.selectFrom('users').selectAll().orderBy('id').execute());
    const memberships = db.selectFrom('memberships').selectAll().orderBy('workspace_id').orderBy('user_id');
    await writeList(write, 'memberships', await memberships.execute());
    const tokens = await db.selectFrom('api_tokens').selectAll().orderBy('id').execute();
    await writeList(write, 'tokens', tokens.map(token));
    await writeList(write, 'groups', (await db.selectFrom('groups').selectAll().orderBy('id').execute()).map(group));
    await writeList(write, 'campaigns', await db.selectFrom('campaigns').selectAll().orderBy('id').execute());
    await write('\n}\n');
  });
}

const token = (row: Selectable<Tables['api_tokens']>): Row<'tokens'> => ({
  ...row,
  key: undefined,
  hash: row.key_hash,
});
const group = (row: Selectable<Tables['groups']>): Row<'groups'> => ({ ...row, count: row.contact_count });

async function writeList<List extends ListName>(
  write: (piece: string) => Promise<void>,
  list: List,
  rows: readonly Row<List>[],
): Promise<void> {
  const columns = Object.entries(LISTS[list]) as [string, { write(stored: unknown): unknown }][];
  const texts = rows.map((row) => {
    const members = columns.map(([member, column]) => [member, column.write((row as Record<string, unknown>)[member])]);
    return JSON.stringify(Object.fromEntries(members));
  });
  await write(`,\n"${list}": [${texts.length ? `\n  ${texts.join(',\n  ')}\n` : ''}]`);
}
