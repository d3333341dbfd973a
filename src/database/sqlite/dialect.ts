import type {
  CompiledQuery,
  DatabaseConnection,
  DatabaseIntrospector,
  Dialect,
  Driver,
  Kysely,
  QueryCompiler,
  QueryResult,
} from 'kysely';
import { SqliteAdapter, SqliteIntrospector, SqliteQueryCompiler } from 'kysely';
import { KyselyDriver } from '../kysely-driver.ts';
import { tracedStatement } from '../tracing.ts';
import { whileBusy } from './busy.ts';
import type { SqliteConnection } from './connection.ts';

/** Kysely over one SQLite connection. Statements run synchronously, so that no lock is needed between them. */
export class SqliteConnectionDialect implements Dialect {
  readonly #connection: SqliteConnection;

  constructor(connection: SqliteConnection) {
    this.#connection = connection;
  }

  createAdapter(): SqliteAdapter {
    return new SharedConnectionAdapter();
  }

  createDriver(): Driver {
    return new KyselyDriver(new KyselyConnection(this.#connection));
  }

  createIntrospector(db: Kysely<never>): DatabaseIntrospector {
    return new SqliteIntrospector(db);
  }

  createQueryCompiler(): QueryCompiler {
    return new SteadyPlanCompiler();
  }
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
