import Sqlite from 'better-sqlite3';
import { DatabaseError } from '../errors.ts';
import { reasonOf } from './faults.ts';
import { readOnly } from './read-only.ts';

/** How many pages are copied between two looks at the progress: 4 MB. */
const STEP = 1_000;

/** Is called now and then, with the number of pages copied so far and of all pages. */
export type BackupProgress = (copied: number, total: number) => void;

/**
 * Copies a database, which may be in use, to another file with SQLite's online backup. The copy has the state at the start: the
 * connection keeps this state open, because a backup would start again when somebody writes between its steps. The copy has no
 * epoch of the feed. Rejects with DatabaseError.
 */
export async function backupSqlite(file: string, target: string, progress: BackupProgress): Promise<void> {
  await readOnly(file, async (connection) => {
    try {
      const { totalPages } = await connection.backup(target, {
        progress({ totalPages: total, remainingPages }) {
          if (total > 0) progress(total - remainingPages, total);
          return STEP;
        },
      });
      finishCopy(target);
      progress(totalPages, totalPages);
    } catch (error) {
      throw new DatabaseError(`The database file "${file}" cannot be copied: ${reasonOf(error)}.`);
    }
  });
}

/**
 * Removes the epoch of the feed from a copy. A restored copy then begins a new one (see feed.ts). It needs one, because its next
 * changes get revisions that the original has given to other changes.
 *
 * Also leaves WAL mode, which the copy has from the original, because a database in WAL mode cannot be read in a folder that the
 * reader may not write to. A server that opens the copy chooses WAL mode again.
 */
function finishCopy(copy: string): void {
  const connection = new Sqlite(copy, { fileMustExist: true });
  try {
    const table = connection.prepare("select 1 from sqlite_schema where name = 'feed'").get();
    // A database of an earlier release has none.
    if (table) connection.exec('delete from feed');
    connection.pragma('journal_mode = delete');
  } finally {
    connection.close();
  }
}
