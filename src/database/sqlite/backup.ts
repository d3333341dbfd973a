import { DatabaseError } from '../database.ts';
import { reasonOf } from './faults.ts';
import { readOnly } from './read-only.ts';

/** How many pages are copied between two looks at the progress: 4 MB. */
const STEP = 1_000;

/** Is called now and then, with the number of pages copied so far and of all pages. */
export type BackupProgress = (copied: number, total: number) => void;

/**
 * Copies a database, which may be in use, to another file by SQLite's online backup. The copy is of the moment when it
 * began: the connection holds on to that state, because a backup begins anew when somebody writes between its steps.
 * Rejects with DatabaseError.
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
      progress(totalPages, totalPages);
    } catch (error) {
      throw new DatabaseError(`The database file "${file}" cannot be copied: ${reasonOf(error)}.`);
    }
  });
}
