import type { ReadableDatabase } from '../database.ts';
import { Statements } from '../statements.ts';
import { SqliteConnection } from './connection.ts';
import { kyselyOver } from './dialect.ts';
import { migrationsRun } from './migrations-run.ts';
import { refuseWrite } from './open-read-only.ts';
import { readOnly } from './read-only.ts';
import { sessionOver } from './sqlite.ts';

/** Runs `work` over one state of a file that neither this process nor `work` changes: see `readOnly`. */
export async function readSqlite<Result>(
  file: string,
  work: (database: ReadableDatabase) => Promise<Result>,
): Promise<Result> {
  return readOnly(file, (handle) => {
    const connection = new SqliteConnection(() => handle);
    const reader = sessionOver(connection, new Statements(kyselyOver(connection)));
    const migrations = async () => migrationsRun((sql) => connection.all(sql));
    return work({ reader, write: refuseWrite, migrations, snapshot: (read) => read(reader) });
  });
}
