import type Sqlite from 'better-sqlite3';
import { schemaFindings, schemaProblem } from '../migrations/migrate.ts';
import { RULES } from '../rules.ts';
import { reasonOf } from './faults.ts';
import { migrationsRun } from './migrations-run.ts';
import { readOnly } from './read-only.ts';
import { INDEX_RULES } from './search-index.ts';

/**
 * What is wrong with a database, one line for each problem; nothing when it is sound. The file may be in use. Rejects with
 * DatabaseError when it cannot be read at all.
 */
export async function checkSqlite(file: string): Promise<string[]> {
  return readOnly(file, (connection) => {
    const problems: string[] = [];
    for (const find of [damage, danglingReferences, schema, brokenRules]) {
      try {
        problems.push(...find(connection));
      } catch (error) {
        // A damaged file may not be readable to the end.
        problems.push(`The file cannot be read to its end: ${reasonOf(error)}. Restore a backup.`);
      }
    }
    return problems.map((problem) => problem.replaceAll(/\s*\n\s*/g, ' '));
  });
}

function damage(connection: Sqlite.Database): string[] {
  const found = connection.prepare<[], string>('pragma integrity_check').pluck().all();
  return found.filter((line) => line !== 'ok');
}

function danglingReferences(connection: Sqlite.Database): string[] {
  const rows = connection
    .prepare<[], { table: string; parent: string; rows: number }>(
      'select "table", parent, count(*) as rows from pragma_foreign_key_check group by 1, 2',
    )
    .all();
  return rows.map(
    ({ table, parent, rows: count }) => `${count} rows of ${table} refer to rows of ${parent} that do not exist`,
  );
}

function schema(connection: Sqlite.Database): string[] {
  return schemaFindings(migrationsIn(connection));
}

/** The rules that the database breaks. They are not checked when it has yet to be migrated, because they need this release's tables. */
function brokenRules(connection: Sqlite.Database): string[] {
  if (schemaProblem(migrationsIn(connection)) !== null) return [];
  return [...RULES, ...INDEX_RULES].flatMap(({ broken, count }) => {
    const rows = connection.prepare<[], number>(count).pluck().get() ?? 0;
    return rows === 0 ? [] : [`${rows} ${broken}`];
  });
}

function migrationsIn(connection: Sqlite.Database): string[] {
  return migrationsRun((sql) => connection.prepare(sql).all());
}
