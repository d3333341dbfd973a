import type { Stats } from 'node:fs';
import { realpathSync, statSync } from 'node:fs';
import { dirname } from 'node:path';

/** The reason when the path of the database leads to a file that was not opened. */
export const REPLACED = 'another file has taken the place of the database file';

/** The reason when the path of the database leads nowhere. */
export const REMOVED = 'the database file has been removed';

/** The paths no longer lead to the files that the open connections read and write. */
export interface Loss {
  readonly reason: string;
  /** Whether the database file itself is in place, so that the contents of its log can be written into it. */
  readonly databaseInPlace: boolean;
}

/** The sizes of the committed state, in bytes, according to SQLite. They are only read when a file has become smaller. */
export interface CommittedSizes {
  /** The size of the database, including the commits that are still in the log. */
  database(): number;
  /** The part of the log that holds commits. */
  log(): number;
}

/** The state of a file at the last check. */
interface Seen {
  readonly path: string;
  readonly device: number;
  readonly inode: number;
  size: number;
}

/** The files of a database. */
interface Files {
  readonly database: Seen;
  readonly log: Seen;
  /** The index of the log. */
  readonly index: Seen;
}

/**
 * Checks whether the paths of a SQLite database still lead to the files that its connections have open. SQLite itself does
 * not notice when the files are removed or replaced: it goes on in files that nobody will find again.
 *
 * The files are never opened here. A process that closes a descriptor of a file loses all its locks on that file
 * (POSIX), those of SQLite included.
 */
export class FileWatch {
  readonly #file: string;
  readonly #sizes: CommittedSizes;
  /** The files that the connections have open. */
  #open: Files;
  /** A truncated file stays unusable, because its data is gone and SQLite's caches no longer match it. null: no file was truncated. */
  #cutShort: Loss | null = null;

  /** Call it when the connections have read for the first time, because SQLite makes the log then. */
  constructor(file: string, sizes: CommittedSizes) {
    this.#file = file;
    this.#sizes = sizes;
    this.#open = look(file);
  }

  /** The sizes of the files at the last check that found nothing wrong, in bytes. */
  get sizes(): { readonly database: number; readonly log: number } {
    return { database: this.#open.database.size, log: this.#open.log.size };
  }

  /** The folder of the database and its log. */
  get folder(): string {
    return dirname(this.#open.log.path);
  }

  /** Records that the present files are the ones that the connections have open. Throws when one is missing. */
  remember(): void {
    this.#open = look(this.#file);
  }

  /** Checks the database and its log, in about 3 microseconds. Returns null when nothing is wrong. */
  loss(): Loss | null {
    if (this.#cutShort) return this.#cutShort;
    const open = this.#open;
    const database = find(this.#file);
    if (!database) {
      return gone(find(dirname(this.#file)) ? REMOVED : 'the folder of the database has been removed');
    }
    if (!isSame(database, open.database)) return gone(REPLACED);
    const log = find(open.log.path);
    if (!log || !isSame(log, open.log)) return logGone(`the log of the database (-wal) has been ${removal(log)}`);
    if (isCutShort(database, open.database, this.#sizes.database)) {
      return (this.#cutShort = gone('the database file has been cut short'));
    }
    if (isCutShort(log, open.log, this.#sizes.log)) {
      return (this.#cutShort = gone('the log of the database (-wal) has been cut short'));
    }
    open.database.size = database.size;
    open.log.size = log.size;
    return null;
  }

  /** Like `loss`, but also checks the log's index (-shm), through which processes learn of each other's commits. */
  lossOfAny(): Loss | null {
    const loss = this.loss();
    if (loss) return loss;
    const index = find(this.#open.index.path);
    if (index && isSame(index, this.#open.index)) return null;
    return logGone(`the index of the log (-shm) has been ${removal(index)}`);
  }
}

const gone = (reason: string): Loss => ({ reason, databaseInPlace: false });
const logGone = (reason: string): Loss => ({ reason, databaseInPlace: true });
const removal = (found: Stats | undefined) => (found ? 'replaced' : 'removed');

/** The file or folder at the path; undefined when there is none, or when it cannot be reached. */
export function find(path: string): Stats | undefined {
  try {
    return statSync(path, { throwIfNoEntry: false });
  } catch {
    return undefined;
  }
}

/** Whether the file has lost bytes that SQLite needs. SQLite itself shortens both files at times. */
function isCutShort(found: Stats, seen: Seen, needed: () => number): boolean {
  if (found.size >= seen.size) return false;
  try {
    return found.size < needed();
  } catch {
    return true;
  }
}

const isSame = (found: Stats, seen: Seen) => found.ino === seen.inode && found.dev === seen.device;

function look(file: string): Files {
  // SQLite follows a link to the database, and keeps the log beside the file that it leads to.
  const real = realpathSync(file);
  return { database: seen(file), log: seen(`${real}-wal`), index: seen(`${real}-shm`) };
}

function seen(path: string): Seen {
  const { dev, ino, size } = statSync(path);
  return { path, device: dev, inode: ino, size };
}
