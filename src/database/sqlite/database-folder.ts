import { accessSync, closeSync, constants, existsSync, mkdirSync, openSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { codeOf } from '../../thrown.ts';

/**
 * Throws when the file is a folder, or when its folder is a file. Throws the system's error when the file or its folder is read-only:
 * SQLite would open a read-only file, and fail at the first write. When the folder does not exist yet, the nearest one above it that
 * exists is checked. Throws an error that names the file when there is a log or its index that cannot be written.
 */
export function checkWritable(file: string): void {
  const folder = existing(dirname(file));
  if (!isFolder(folder)) throw noFolder(folder);
  accessSync(folder, constants.W_OK);
  if (!existsSync(file)) return;
  accessSync(file, constants.W_OK);
  if (isFolder(file)) throw new Error('it is a folder');
  for (const path of [`${file}-wal`, `${file}-shm`]) checkBeside(path);
}

/** Another user who has used the database, or restored it, may have left this file. */
function checkBeside(path: string): void {
  if (!existsSync(path)) return;
  try {
    accessSync(path, constants.W_OK);
  } catch {
    throw new Error(`this user may not write to "${path}". Give that file the owner of the database file`);
  }
}

/**
 * Creates an empty file that its owner alone can read, where there is none: SQLite takes it as a new database, and gives the files beside
 * it the same rights. A file that is there is not touched. Throws the system's error.
 */
export function makePrivateFile(file: string): void {
  // Closing a file ends the locks of SQLite on it in this process, so that one that is there must not be opened.
  if (!existsSync(file)) closeSync(openSync(file, 'a', 0o600));
}

/**
 * Creates a folder and the missing folders above it, one by one. Node's `recursive` option tries for ever in a folder that accepts no
 * new folder, such as /proc: the system reports ENOENT there, and Node assumes that the folder above is still missing.
 */
export function makeFolder(folder: string): void {
  const there = existing(folder);
  const missing: string[] = [];
  for (let path = folder; path !== there; path = dirname(path)) missing.push(path);
  for (const path of missing.toReversed()) {
    try {
      mkdirSync(path);
    } catch (error) {
      switch (codeOf(error)) {
        case 'EEXIST':
          // Either another process has just created the folder, or there is something else, such as a link that leads nowhere.
          if (isFolder(path)) continue;
          throw noFolder(path);
        case 'ENOENT':
          throw new Error(`no folder can be made in "${dirname(path)}"`, { cause: error });
        default:
          throw error;
      }
    }
  }
}

/** The path, or the nearest one above it that exists. */
function existing(path: string): string {
  while (!existsSync(path)) path = dirname(path);
  return path;
}

function isFolder(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false;
}

function noFolder(path: string): Error {
  return new Error(`"${path}" is no folder`);
}
