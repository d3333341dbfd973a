import type { Selectable, SelectQueryBuilder } from 'kysely';
import type { Database } from '../database/database.ts';
import type { Tables } from '../database/tables.ts';
import type { ListName, Row } from './format.ts';
import { FORMAT, LISTS } from './format.ts';

/** How long a piece of text is, in UTF-16 units, before it is written. */
const PIECE_LENGTH = 65_536;

/** Takes a piece of the text, and resolves when it can take the next one. */
export type WritePiece = (piece: string) => Promise<void>;

/**
 * Writes a database as the text of a snapshot, in pieces. Deleted rows are in it as well, so that loading it gives the same
 * answers. All of it is of one moment, and nobody who writes meanwhile has to wait, however slow `write` is.
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

/** Writes a list row by row, so that no more than a piece of it is in memory. */
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
