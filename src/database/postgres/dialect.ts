import type { CompiledQuery, DatabaseConnection, QueryResult } from 'kysely';
import { Kysely, PostgresAdapter, PostgresIntrospector, PostgresQueryCompiler } from 'kysely';
import { KyselyDriver } from '../kysely-driver.ts';
import type { Tables } from '../tables.ts';
import { tracedStatement } from '../tracing.ts';
import type { StatementRunner } from './connection.ts';

/** Kysely over a connection or a pool, for queries that are built anew. */
export function kyselyOver(runner: StatementRunner): Kysely<Tables> {
  return new Kysely<Tables>({
    dialect: {
      createAdapter: () => new PostgresAdapter(),
      createDriver: () => new KyselyDriver(new RunnerConnection(runner)),
      createIntrospector: (db) => new PostgresIntrospector(db),
      createQueryCompiler: () => new PostgresQueryCompiler(),
    },
  });
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
