import type { Kysely, Selectable, SelectQueryBuilder } from 'kysely';
import type { ReadableDatabase } from '../database/database.ts';
import type { Tables } from '../database/tables.ts';
import type { ListName, Row, RowCounts } from './format.ts';
import { FORMAT, LISTS, noRows } from './format.ts';

/** A piece of text is written as soon as it has this length, in UTF-16 code units. */
const PIECE_LENGTH = 65_536;

/** Writes a piece of the text. Resolves when the next piece can be written. */
export type WritePiece = (piece: string) => Promise<void>;

/** Called with how many rows have been written so far, and how many there are in all. */
export type DumpProgress = (written: number, total: number) => void;

/**
 * Writes a database as the text of a snapshot, in pieces, and returns how many rows it has. Deleted rows are included,
 * because a loaded copy must give the same answers. All rows come from one state of the database. Other writers never
 * wait, even when `write` is slow. Rejects with the errors of `write`.
 */
export async function dumpSnapshot(
  database: Pick<ReadableDatabase, 'snapshot'>,
  write: WritePiece,
  progress: DumpProgress = () => {},
): Promise<RowCounts> {
  return database.snapshot(async ({ db }) => {
    const total = await countRows(db);
    const dumped = noRows();
    let written = 0;
    const out: Output = {
      write,
      wrote(list, rows) {
        dumped[list] += rows;
        written += rows;
        progress(written, total);
      },
    };
    await write(`{"format": ${FORMAT}`);
    await writeList(out, 'workspaces', db.selectFrom('workspaces').selectAll().orderBy('id'));
    await writeList(out, 'users', db.selectFrom('users').selectAll().orderBy('id'));
    const memberships = members(db).selectAll().orderBy('workspace_id').orderBy('user_id');
    await writeList(out, 'memberships', memberships);
    await writeList(out, 'tokens', db.selectFrom('api_tokens').selectAll().orderBy('id'), token);
    await writeList(out, 'groups', db.selectFrom('groups').selectAll().orderBy('id'), group);
    await writeList(out, 'campaigns', db.selectFrom('campaigns').selectAll().orderBy('id'));
    await write('\n}\n');
    return dumped;
  });
}

/** How many rows a snapshot has. */
async function countRows(db: Kysely<Tables>): Promise<number> {
  let total = 0;
  for (const table of ['workspaces', 'users', 'api_tokens', 'groups', 'campaigns'] as const) {
    const { count } = await db
      .selectFrom(table)
      .select(({ fn }) => fn.countAll().as('count'))
      .executeTakeFirstOrThrow();
    total += Number(count);
  }
  const { count } = await members(db)
    .select(({ fn }) => fn.countAll().as('count'))
    .executeTakeFirstOrThrow();
  return total + Number(count);
}

/** Users who have left a workspace are not dumped as members, because the snapshot format cannot show that somebody was a member before. */
const members = (db: Kysely<Tables>) => db.selectFrom('memberships').where('is_active', '=', 1);

/** `write` takes the pieces. `wrote` is called after a piece, with how many rows of which list it had. */
interface Output {
  readonly write: WritePiece;
  wrote(list: ListName, rows: number): void;
}

const token = (row: Selectable<Tables['api_tokens']>): Row<'tokens'> => ({
  ...row,
  key: undefined,
  hash: row.key_hash,
});
const group = (row: Selectable<Tables['groups']>): Row<'groups'> => ({ ...row, count: row.contact_count });

/** Writes a list row by row, so that at most one piece of it is in memory. */
async function writeList<List extends ListName, Stored>(
  out: Output,
  list: List,
  rows: Pick<SelectQueryBuilder<Tables, keyof Tables, Stored>, 'stream'>,
  toRow: (stored: Stored) => Row<List> = (stored) => stored as unknown as Row<List>,
): Promise<void> {
  const columns = Object.entries(LISTS[list]) as [string, { write(stored: unknown): unknown }][];
  let piece = `,\n"${list}": [`;
  let separator = '\n  ';
  let count = 0;
  for await (const stored of rows.stream()) {
    const row = toRow(stored) as Record<string, unknown>;
    const members = columns.map(([member, column]) => [member, column.write(row[member])]);
    piece += separator + JSON.stringify(Object.fromEntries(members));
    separator = ',\n  ';
    count += 1;
    if (piece.length < PIECE_LENGTH) continue;
    await out.write(piece);
    out.wrote(list, count);
    piece = '';
    count = 0;
  }
  await out.write(`${piece}${separator === ',\n  ' ? '\n' : ''}]`);
  out.wrote(list, count);
}
