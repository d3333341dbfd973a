import type { Selectable, SelectQueryBuilder } from 'kysely';
import type { Database } from '../database/database.ts';
import type { Tables } from '../database/tables.ts';
import type { ListName, Row } from './format.ts';
import { FORMAT, LISTS } from './format.ts';

/** The length, in UTF-16 units, from which a piece of text is written. */
const PIECE_LENGTH = 65_536;

/** Writes a piece of the text. Resolves when the next piece can be written. */
export type WritePiece = (piece: string) => Promise<void>;

/**
 * Writes a database as the text of a snapshot, in pieces. Deleted rows are included, because a loaded copy must give the
 * same answers. All rows come from one state of the database. Other writers never wait, even when `write` is slow.
 */
export async function dumpSnapshot(database: Database, write: WritePiece): Promise<void> {
  await database.snapshot(async ({ db }) => {
    await write(`{"format": ${FORMAT}`);
    await writeList(write, 'workspaces', db.selectFrom('workspaces').selectAll().orderBy('id'));
    await writeList(write, 'users', db.selectFrom('users').selectAll().orderBy('id'));
    const memberships = db.selectFrom('memberships').selectAll().orderBy('workspace_id').orderBy('user_id');
    await writeList(write, 'memberships', memberships);
    await writeList(write, 'tokens', db.selectFrom('api_tokens').selectAll().orderBy('id'), token);
    await writeList(write, 'groups', db.selectFrom('groups').selectAll().orderBy('id'), group);
    await writeList(write, 'campaigns', db.selectFrom('campaigns').selectAll().orderBy('id'));
    await write('\n}\n');
  });
}

const token = (row: Selectable<Tables['api_tokens']>): Row<'tokens'> => ({
  ...row,
  key: undefined,
  hash: row.key_hash,
});
const group = (row: Selectable<Tables['groups']>): Row<'groups'> => ({ ...row, count: row.contact_count });

/** Writes a list row by row, so that at most one piece of it is in memory. */
async function writeList<List extends ListName, Stored>(
  write: WritePiece,
  list: List,
  rows: Pick<SelectQueryBuilder<Tables, keyof Tables, Stored>, 'stream'>,
  toRow: (stored: Stored) => Row<List> = (stored) => stored as unknown as Row<List>,
): Promise<void> {
  const columns = Object.entries(LISTS[list]) as [string, { write(stored: unknown): unknown }][];
  let piece = `,\n"${list}": [`;
  let separator = '\n  ';
  for await (const stored of rows.stream()) {
    const row = toRow(stored) as Record<string, unknown>;
    const members = columns.map(([member, column]) => [member, column.write(row[member])]);
    piece += separator + JSON.stringify(Object.fromEntries(members));
    separator = ',\n  ';
    if (piece.length < PIECE_LENGTH) continue;
    await write(piece);
    piece = '';
  }
  await write(`${piece}${separator === ',\n  ' ? '\n' : ''}]`);
}
