import type { Kysely } from 'kysely';
import type { Session } from './database.ts';
import type { SearchIndex } from './search-index.ts';
import type { BuildStatement, FilledStatement, Statements, Unsealed } from './statements.ts';
import type { Tables } from './tables.ts';

/** Runs a filled statement on a connection. `name` is the name that the caller gave it. */
export type RunStatement = (statement: FilledStatement, name: string) => Promise<unknown[]>;

/** Creates a session. `db` builds and runs rare queries. `run` runs cached statements without Kysely's executor. */
export function createSession(
  db: Kysely<Tables>,
  searchIndex: SearchIndex,
  statements: Statements,
  run: RunStatement,
): Session {
  const all = async <Row, Values extends object>(name: string, values: Values, build: BuildStatement<Row, Values>) =>
    // The rows' type is what Kysely derived from the query that it compiled.
    run(statements.fill(name, values, build), name) as Promise<Unsealed<Row>[]>;
  return {
    db,
    searchIndex,
    remembered: null,
    all,
    first: async (name, values, build) => (await all(name, values, build))[0],
  };
}
