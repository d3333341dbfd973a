import { sql } from 'kysely';
import { schemaProblem, unknownMigration } from '../migrations/migrate.ts';
import { RULES } from '../rules.ts';
import { migrationsIn } from './bookkeeping.ts';
import { openPostgres } from './postgres.ts';
import type { PostgresAddress } from './address.ts';

/**
 * Returns the rules of the program that a database breaks, one line for each problem. All are checked over one state of the database.
 * Only the server's own tools can tell whether its files are sound. Rejects with DatabaseError when it cannot be read.
 */
export async function checkPostgres(address: PostgresAddress): Promise<string[]> {
  const database = openPostgres(address);
  try {
    return await database.snapshot(async ({ db }) => {
      const executed = await migrationsIn(db);
      if (executed === null) return ['it has no tables of campaigns'];
      const newer = unknownMigration(executed);
      if (newer !== undefined) return [`a newer release has migrated it (it has "${newer}")`];
      // The rules apply only to the tables of this release, and this database has yet to be migrated.
      if (schemaProblem(executed) !== null) return [];
      const problems: string[] = [];
      for (const { broken, count } of RULES) {
        const { rows: counted } = await sql<{ count: number }>`${sql.raw(count)}`.execute(db);
        const broke = Number(counted[0]?.count ?? 0);
        if (broke > 0) problems.push(`${broke} ${broken}`);
      }
      return problems;
    });
  } finally {
    await database.close();
  }
}
