import type { Stats } from 'node:fs';
import { realpathSync, statSync } from 'node:fs';
import { dirname } from 'node:path';

/** The files no longer are what the open connections read and write. */
export interface Loss {
  readonly reason: string;
  /** Whether the database file itself is in place, so that what its log holds can be brought into it. */
  readonly databaseInPlace: boolean;
}

/** What SQLite knows of the committed state, in bytes. It is only asked when a file has become smaller. */
export interface CommittedSizes {
  /** The size of the database with what is still in the log. */
  database(): number;
  /** The part of the log that holds commits. */
  log(): number;
}

/** A file as it was when it was seen last. */
interface Seen {
  readonly device: number;
  readonly inode: number;
  size: number;
}

/**
 * Looks whether the paths of a SQLite database still lead to the files that its connections have open. SQLite itself does
 * not notice when they are removed or replaced: it goes on in files that nobody will find again.
 *
 * The files are never opened here. A process that closes a descriptor of a file loses all its locks on that file
 * (POSIX), those of SQLite included.
 */
export class FileWatch {
  readonly #file: string;
  readonly #sizes: CommittedSizes;
  #paths: { readonly log: string; readonly index: string };
  #database: Seen;
  #log: Seen;
  #index: Seen;
  /** A file that was cut short stays unusable, because what it held is gone and SQLite's caches no longer fit it. */
  #cutShort: Loss | null = null;

  /** Call it when the connections have read for the first time, because SQLite makes the log then. */
  constructor(file: string, sizes: CommittedSizes) {
    this.#file = file;
    this.#sizes = sizes;
    ({ paths: this.#paths, database: this.#database, log: this.#log, index: this.#index } = look(file));
  }

  /** Takes the files as they are now for the ones that the connections have open. Throws when one is missing. */
  remember(): void {
    ({ paths: this.#paths, database: this.#database, log: this.#log, index: this.#index } = look(this.#file));
  }

  /** Looks at the database and its log, in about 3 microseconds. null when all is well. */
  loss(): Loss | null {
    if (this.#cutShort) return this.#cutShort;
    const database = find(this.#file);
    if (!database) {
      return gone(`the ${find(dirname(this.#file)) ? 'database file' : 'folder of the database'} has been removed`);
    }
    if (!isSame(database, this.#database)) return gone('another file has taken the place of the database file');
    const log = find(this.#paths.log);
    if (!log || !isSame(log, this.#log)) return logGone(`the log of the database (-wal) has been ${removal(log)}`);
    if (isCutShort(database, this.#database, this.#sizes.database)) {
      return (this.#cutShort = gone('the database file has been cut short'));
    }
    if (isCutShort(log, this.#log, this.#sizes.log)) {
      return (this.#cutShort = gone('the log of the database (-wal) has been cut short'));
    }
    this.#database.size = database.size;
    this.#log.size = log.size;
    return null;
  }

  /** Like `loss`, and looks at the log's index as well, by which processes know of each other's commits. */
  lossOfAny(): Loss | null {
    const loss = this.loss();
    if (loss) return loss;
    const index = find(this.#paths.index);
    if (index && isSame(index, this.#index)) return null;
    return logGone(`the index of the log (-shm) has been ${removal(index)}`);
  }
}

const gone = (reason: string): Loss => ({ reason, databaseInPlace: false });
const logGone = (reason: string): Loss => ({ reason, databaseInPlace: true });
const removal = (found: Stats | undefined) => (found ? 'replaced' : 'removed');

/** What is at the path; undefined when there is nothing, or when it cannot be reached. */
function find(path: string): Stats | undefined {
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

function look(file: string) {
  // SQLite follows a link to the database, and keeps the log beside the file that it leads to.
  const real = realpathSync(file);
  const paths = { log: `${real}-wal`, index: `${real}-shm` };
  return { paths, database: seen(file), log: seen(paths.log), index: seen(paths.index) };
}

function seen(path: string): Seen {
  const { dev, ino, size } = statSync(path);
  return { device: dev, inode: ino, size };
}
