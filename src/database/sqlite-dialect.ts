import type Sqlite from 'better-sqlite3';
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

/** What is used of a better-sqlite3 connection. */
export type SqliteConnection = Pick<Sqlite.Database, 'prepare' | 'exec' | 'close' | 'inTransaction'>;

/** How many prepared statements a connection keeps. Lists with a varying number of UUIDs make the most of them. */
const STATEMENTS = 256;

/**
 * Kysely over one better-sqlite3 connection. It differs from Kysely's own in that statements stay prepared (preparing
 * one anew costs more than running it), that transactions begin as writers (a deferred one that turns into a writer slips
 * past `busy_timeout`), and that migrations are transactional.
 */
export class CachingSqliteDialect implements Dialect {
  readonly #connection: SqliteConnection;
  readonly #use: ConnectionUse;

  constructor(connection: SqliteConnection, use: ConnectionUse) {
    this.#connection = connection;
    this.#use = use;
  }

  createAdapter(): SqliteAdapter {
    return new TransactionalDdlAdapter(this.#use);
  }

  createDriver(): Driver {
    return new CachingSqliteDriver(this.#connection);
  }

  createIntrospector(db: Kysely<never>): DatabaseIntrospector {
    return new SqliteIntrospector(db);
  }

  createQueryCompiler(): QueryCompiler {
    return new SteadyPlanCompiler();
  }
}

/**
 * Parameters stand behind a unary plus, which does nothing to a value. SQLite with STAT4, as better-sqlite3 has it, looks
 * at the values of bare parameters when it plans a join, and so plans it anew whenever they are bound anew: that takes
 * several times as long as finding one row.
 */
class SteadyPlanCompiler extends SqliteQueryCompiler {
  protected override getCurrentParameterPlaceholder(): string {
    return '+?';
  }
}

/** `exclusive`: one transaction or statement at a time. `shared`: only statements, each of which is done at once. */
export type ConnectionUse = 'exclusive' | 'shared';

class TransactionalDdlAdapter extends SqliteAdapter {
  readonly #use: ConnectionUse;

  constructor(use: ConnectionUse) {
    super();
    this.#use = use;
  }

  override get supportsTransactionalDdl(): boolean {
    return true;
  }

  /** Where it is false Kysely makes those wait that come while a transaction is open. */
  override get supportsMultipleConnections(): boolean {
    return this.#use === 'shared';
  }
}

class CachingSqliteDriver implements Driver {
  readonly #sqlite: SqliteConnection;
  readonly #connection: CachingConnection;

  constructor(sqlite: SqliteConnection) {
    this.#sqlite = sqlite;
    this.#connection = new CachingConnection(sqlite);
  }

  async init(): Promise<void> {}

  async acquireConnection(): Promise<DatabaseConnection> {
    return this.#connection;
  }

  async beginTransaction(): Promise<void> {
    this.#sqlite.exec('begin immediate');
  }

  async commitTransaction(): Promise<void> {
    this.#sqlite.exec('commit');
  }

  async rollbackTransaction(): Promise<void> {
    // A full disk, for one, has already rolled it back.
    if (this.#sqlite.inTransaction) this.#sqlite.exec('rollback');
  }

  async releaseConnection(): Promise<void> {}

  async destroy(): Promise<void> {
    this.#sqlite.close();
  }
}

class CachingConnection implements DatabaseConnection {
  readonly #sqlite: SqliteConnection;
  readonly #statements = new Map<string, Sqlite.Statement<unknown[]>>();

  constructor(sqlite: SqliteConnection) {
    this.#sqlite = sqlite;
  }

  async executeQuery<Row>({ sql, parameters }: CompiledQuery): Promise<QueryResult<Row>> {
    const statement = this.#prepare(sql);
    // The rows' type is what Kysely derived from the query that it compiled.
    if (statement.reader) return { rows: statement.all(parameters) as Row[] };
    const { changes, lastInsertRowid } = statement.run(parameters);
    return { insertId: BigInt(lastInsertRowid), numAffectedRows: BigInt(changes), rows: [] };
  }

  async *streamQuery<Row>({ sql, parameters }: CompiledQuery): AsyncIterableIterator<QueryResult<Row>> {
    // Not from the cache: a statement cannot be run again while it is being iterated over.
    for (const row of this.#sqlite.prepare(sql).iterate(parameters)) yield { rows: [row as Row] };
  }

  /** The least recently used statement makes room. */
  #prepare(sql: string): Sqlite.Statement<unknown[]> {
    let statement = this.#statements.get(sql);
    if (statement) this.#statements.delete(sql);
    else {
      statement = this.#sqlite.prepare<unknown[]>(sql);
      const [oldest] = this.#statements.keys();
      if (this.#statements.size >= STATEMENTS && oldest !== undefined) this.#statements.delete(oldest);
    }
    this.#statements.set(sql, statement);
    return statement;
  }
}
