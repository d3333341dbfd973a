import Sqlite from 'better-sqlite3';
import { asError, codeOf } from '../../thrown.ts';

/** The reason when there is no space left. */
export const DISK_FULL = 'the disk is full';

/** The beginnings of SQLite's error codes for a disk or a file that fails, and their meanings. The first match counts. */
const FAULTS: readonly (readonly [code: string, meaning: string])[] = [
  ['SQLITE_FULL', DISK_FULL],
  // SQLite reserves its shared memory on the disk. This fails when the disk is full, and seldom for another reason.
  ['SQLITE_IOERR_SHMSIZE', DISK_FULL],
  ['SQLITE_READONLY', 'the file or its folder is read-only'],
  ['SQLITE_IOERR', 'the disk fails to read or to write'],
  ['SQLITE_CANTOPEN', 'unable to open database file'],
  ['SQLITE_PERM', 'the file may not be used'],
  ['SQLITE_CORRUPT', 'the file is damaged'],
  ['SQLITE_NOTADB', 'it is not a SQLite database'],
];

/**
 * What is wrong with the disk or the file, in words for anyone; null when the error has another cause. Any statement can
 * meet such a fault.
 */
export function faultOf(error: unknown): string | null {
  if (!(error instanceof Sqlite.SqliteError)) return null;
  const { code } = error;
  return FAULTS.find(([prefix]) => code.startsWith(prefix))?.[1] ?? null;
}

/** Why opening or reading a file failed, in words for a person. */
export function reasonOf(thrown: unknown): string {
  const error = asError(thrown);
  switch (codeOf(error)) {
    case 'EROFS':
      return 'the file or its folder is read-only';
    case 'EACCES':
      return `this user may not write to ${'path' in error ? `"${String(error.path)}"` : 'it'}`;
    case 'ENOSPC':
      return DISK_FULL;
    default:
      return faultOf(error) ?? error.message;
  }
}
