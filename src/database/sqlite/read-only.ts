import { accessSync, closeSync, constants, existsSync, openSync, readSync } from 'node:fs';
import { dirname } from 'node:path';
import Sqlite from 'better-sqlite3';
import { DatabaseError } from '../errors.ts';
import { BUSY_TIMEOUT } from './busy.ts';
import { reasonOf } from './faults.ts';

/**
 * Runs `work` over one state of a file, on a connection that does not write. Processes that serve the file never wait for it. It
 * neither creates nor migrates anything, and leaves no file behind. Rejects with DatabaseError when the file cannot be read.
 */
export async function readOnly<Result>(
  file: string,
  work: (connection: Sqlite.Database) => Result | Promise<Result>,
): Promise<Result> {
  const connection = open(file);
  try {
    return await work(connection);
  } finally {
    connection.close();
  }
}

function open(file: string): Sqlite.Database {
  let connection: Sqlite.Database | undefined;
  try {
    connection = connect(file);
    connection.exec('begin');
    // The state is fixed by the first read and not by `begin`.
    connection.prepare('select count(*) from sqlite_schema').get();
    return connection;
  } catch (error) {
    connection?.close();
    throw new DatabaseError(`The database file "${file}" cannot be read: ${reasonOf(error)}.`);
  }
}

/**
 * SQLite reads a database in WAL mode with the help of two files beside it. When no process uses the database, they do not exist, and
 * SQLite makes them. They belong to the user who reads, so that the user of the server could not write to them and the server would
 * not start. Only a connection that may write removes them when it is closed and no other process uses them.
 */
function connect(file: string): Sqlite.Database {
  if (existsSync(file) && !allows(file, constants.R_OK)) {
    throw new Error('this user may not read it. Use the user of the server, or let its group read the file');
  }
  // The log is looked for first, because `isInWalMode` closes the file. In a process that has the database open, the system would then
  // drop the locks of SQLite on it.
  const alone = !existsSync(`${file}-wal`) && isInWalMode(file);
  if (alone && ![file, dirname(file)].every((path) => allows(path, constants.W_OK))) {
    throw new Error(
      'SQLite needs to make files beside it to read it, and this user may not write there. ' +
        'Use the user of the server, or read a copy in a folder of your own',
    );
  }
  const connection = new Sqlite(file, { readonly: !alone, fileMustExist: true, timeout: BUSY_TIMEOUT });
  if (alone) connection.pragma('query_only = on');
  return connection;
}

/** Whether the file's header says that the database is in WAL mode (https://www.sqlite.org/fileformat.html, 1.3.3). */
function isInWalMode(file: string): boolean {
  const WAL_MODE = 2;
  const READ_VERSION_AT = 19;
  const byte = Buffer.alloc(1);
  const descriptor = openSync(file, 'r');
  try {
    readSync(descriptor, byte, 0, 1, READ_VERSION_AT);
  } finally {
    closeSync(descriptor);
  }
  return byte[0] === WAL_MODE;
}

/** Whether this user has the right, such as `constants.W_OK`. */
function allows(path: string, right: number): boolean {
  try {
    accessSync(path, right);
    return true;
  } catch {
    return false;
  }
}
