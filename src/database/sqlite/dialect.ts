import type { CompiledQuery, DatabaseConnection, QueryResult } from 'kysely';
import { Kysely, SqliteAdapter, SqliteIntrospector, SqliteQueryCompiler } from 'kysely';
import { KyselyDriver } from '../kysely-driver.ts';
import type { Tables } from '../tables.ts';
import { tracedStatement } from '../tracing.ts';
import { whileBusy } from './busy.ts';
import type { SqliteConnection } from './connection.ts';

/** Kysely over a connection, for queries that are built anew. Statements run synchronously, so that no lock is needed between them. */
export function kyselyOver(connection: SqliteConnection): Kysely<Tables> {
  return new Kysely<Tables>({
    dialect: {
      createAdapter: () => new SharedConnectionAdapter(),
      createDriver: () => new KyselyDriver(new KyselyConnection(connection)),
      createIntrospector: (db) => new SqliteIntrospector(db),
      createQueryCompiler: () => new SteadyPlanCompiler(),
    },
  });
}

/**
 * Writes `+?` instead of `?`. The unary plus does not change a value. Without it, SQLite with STAT4 (which better-sqlite3 has) uses
 * the values of parameters to plan a join, and therefore plans it again whenever new values are bound. Planning takes several
 * times as long as finding one row.
 */
class SteadyPlanCompiler extends SqliteQueryCompiler {
  protected override getCurrentParameterPlaceholder(): string {
    return '+?';
  }
}

class SharedConnectionAdapter extends SqliteAdapter {
  /** When this is false, Kysely locks the connection for each query, which costs more than a short query. */
  override get supportsMultipleConnections(): boolean {
    return true;
  }
}

class KyselyConnection implements DatabaseConnection {
  readonly #connection: SqliteConnection;

  constructor(connection: SqliteConnection) {
    this.#connection = connection;
  }

  async executeQuery<Row>({ sql, parameters }: CompiledQuery): Promise<QueryResult<Row>> {
    const { rows, changes, insertId } = await tracedStatement('sqlite', null, sql, () =>
      whileBusy(() => this.#connection.run<Row>(sql, parameters)),
    );
    return changes === undefined
      ? { rows }
      : { rows, numAffectedRows: BigInt(changes), ...(insertId !== undefined && { insertId: BigInt(insertId) }) };
  }

  async *streamQuery<Row>({ sql, parameters }: CompiledQuery): AsyncIterableIterator<QueryResult<Row>> {
    for (const row of this.#connection.iterate<Row>(sql, parameters)) yield { rows: [row] };
  }
}
