import Sqlite from 'better-sqlite3';
import { DatabaseError } from '../errors.ts';
import { BUSY_TIMEOUT } from './busy.ts';
import { reasonOf } from './faults.ts';

/**
 * Runs `work` over one state of a file, on a connection that cannot write. Processes that serve the file never wait for it. It
 * neither creates nor migrates anything. Rejects with DatabaseError when the file cannot be read.
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
    connection = new Sqlite(file, { readonly: true, fileMustExist: true, timeout: BUSY_TIMEOUT });
    connection.exec('begin');
    // The state is fixed by the first read and not by `begin`.
    connection.prepare('select count(*) from sqlite_schema').get();
    return connection;
  } catch (error) {
    connection?.close();
    throw new DatabaseError(`The database file "${file}" cannot be read: ${reasonOf(error)}.`);
  }
}
