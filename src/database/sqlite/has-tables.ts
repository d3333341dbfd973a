/** Whether a migration has run, of this release or of another one. `all` returns the rows of a statement. */
export function hasTables(all: (sql: string) => unknown[]): boolean {
  return all("select 1 from sqlite_schema where name = 'kysely_migration'").length > 0;
}
