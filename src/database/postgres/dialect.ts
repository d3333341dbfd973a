import type {
  CompiledQuery,
  DatabaseConnection,
  DatabaseIntrospector,
  Dialect,
  Driver,
  QueryCompiler,
  QueryResult,
} from 'kysely';
import { Kysely, PostgresAdapter, PostgresIntrospector, PostgresQueryCompiler } from 'kysely';
import { KyselyDriver } from '../kysely-driver.ts';
import type { Tables } from '../tables.ts';
import { tracedStatement } from '../tracing.ts';
import type { StatementRunner } from './connection.ts';

/** Kysely over a connection or a pool, for queries that are built anew. */
export function kyselyOver(runner: StatementRunner): Kysely<Tables> {
  return new Kysely<Tables>({ dialect: new PostgresRunnerDialect(runner) });
}

class PostgresRunnerDialect implements Dialect {
  readonly #runner: StatementRunner;

  constructor(runner: StatementRunner) {
    this.#runner = runner;
  }

  createAdapter(): PostgresAdapter {
    return new PostgresAdapter();
  }

  createDriver(): Driver {
    return new KyselyDriver(new RunnerConnection(this.#runner));
  }

  createIntrospector(db: Kysely<never>): DatabaseIntrospector {
    return new PostgresIntrospector(db);
  }

  createQueryCompiler(): QueryCompiler {
    return new PostgresQueryCompiler();
  }
}

class RunnerConnection implements DatabaseConnection {
  readonly #runner: StatementRunner;

  constructor(runner: StatementRunner) {
    this.#runner = runner;
  }

  async executeQuery<Row>({ sql, parameters }: CompiledQuery): Promise<QueryResult<Row>> {
    const { rows, changed } = await tracedStatement('postgresql', null, sql, () =>
      this.#runner.run({ sql, parameters }),
    );
    return { rows: rows as Row[], ...(changed !== null && { numAffectedRows: BigInt(changed) }) };
  }

  async *streamQuery<Row>({ sql, parameters }: CompiledQuery): AsyncIterableIterator<QueryResult<Row>> {
    if (!this.#runner.stream) throw new Error('long results are read within a transaction');
    for await (const rows of this.#runner.stream(sql, parameters)) yield { rows: rows as Row[] };
  }
}
