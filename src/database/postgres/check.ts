import { sql } from 'kysely';
import { schemaFindings, schemaProblem } from '../migrations/migrate.ts';
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
    // Says what a person must correct, as at the start of a server.
    await database.migrations();
    return await database.snapshot(async ({ db }) => {
      const executed = await migrationsIn(db);
      const problems = schemaFindings(executed);
      // The rules can be checked only with the tables of this release.
      if (schemaProblem(executed) !== null) return problems;
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
