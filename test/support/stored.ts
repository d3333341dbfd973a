import { sql } from 'kysely';
import type { Database } from '../../src/database/database.ts';
import type { Tables } from '../../src/database/tables.ts';

/** All rows of these tables, as text. */
export async function readRaw(database: Database, tables: readonly (keyof Tables)[]): Promise<string> {
  const found = [];
  for (const table of tables) {
    found.push((await sql`select * from ${sql.table(table)}`.execute(database.reader.db)).rows);
  }
  return JSON.stringify(found);
}
