import type { Kysely } from 'kysely';
import type { Session } from '../database.ts';
import { createSession } from '../session.ts';
import type { Statements } from '../statements.ts';
import type { Tables } from '../tables.ts';
import { tracedStatement } from '../tracing.ts';
import type { StatementRunner } from './connection.ts';
import { kyselyOver } from './dialect.ts';
import { createSearchIndex } from './search-index.ts';

/** Is called with each statement that runs, and its values. */
export type OnPostgresStatement = (statement: string, parameters: readonly unknown[]) => void;

/**
 * Creates a session whose statements the runner runs. `onRead` is called with the seconds that each kept statement took. `db` runs
 * rare queries; by default the runner does.
 */
export type SessionOver = (runner: StatementRunner, onRead?: (seconds: number) => void, db?: Kysely<Tables>) => Session;

/** Returns a function that creates sessions. They share the kept statements. */
export function sessionsWith(statements: Statements, onStatement?: OnPostgresStatement): SessionOver {
  const searchIndex = createSearchIndex();
  return (runner, onRead = () => {}, db) => {
    const heard = onStatement ? hearing(runner, onStatement) : runner;
    return createSession(db ?? kyselyOver(heard), searchIndex, statements, ({ sql: text, parameters, kept }, name) =>
      tracedStatement('postgresql', name, text, async () => {
        const started = performance.now();
        const { rows } = await heard.run({ sql: text, parameters, kept });
        onRead((performance.now() - started) / 1000);
        return rows;
      }),
    );
  };
}

/** A runner that tells `onStatement` of each statement. */
function hearing(runner: StatementRunner, onStatement: OnPostgresStatement): StatementRunner {
  return {
    run(statement) {
      onStatement(statement.sql, statement.parameters);
      return runner.run(statement);
    },
    ...(runner.stream && { stream: runner.stream.bind(runner) }),
  };
}
