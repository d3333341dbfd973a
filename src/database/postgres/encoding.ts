import type { Kysely } from 'kysely';
import { sql } from 'kysely';
import { DatabaseError } from '../errors.ts';
import type { Tables } from '../tables.ts';

/**
 * Rejects with DatabaseError when the database has another encoding than UTF8. LATIN1 and its kind cannot store most scripts.
 * SQL_ASCII stores all of them, but the server does not check them, so that a program with another encoding could make them unreadable.
 */
export async function requireUtf8(db: Kysely<Tables>): Promise<void> {
  const { rows } = await sql<{ encoding: string }>`select current_setting('server_encoding') as encoding`.execute(db);
  const encoding = rows[0]?.encoding;
  if (encoding === 'UTF8') return;
  throw new DatabaseError(
    `The database has the encoding ${encoding}, and must have UTF8. Make another one: create database NAME encoding 'UTF8' template template0`,
  );
}
