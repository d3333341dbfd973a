/**
 * The names of the migrations that have run, of this release or of another one; none when the database has no tables of this program.
 * @param all Returns the rows of a statement.
 */
export function migrationsRun(all: (sql: string) => unknown[]): string[] {
  if (all("select 1 from sqlite_schema where name = 'kysely_migration'").length === 0) return [];
  return (all('select name from kysely_migration') as { name: string }[]).map(({ name }) => name);
}
