import type { Expression, RawBuilder, SqlBool } from 'kysely';
import type { SearchIndex } from './search-index.ts';
import type { Queries } from './statements.ts';
import type { ChangeAction, ChangedType, ChangeOrigin, Micros, WorkspaceId } from './tables.ts';

/** Runs queries, either on committed data or within a transaction. */
export interface Session extends Queries {
  /** How the engine finds rows by parts of words. */
  readonly searchIndex: SearchIndex;
  /**
   * A cache of rows. null on engines that cannot tell at once whether something was committed, and in transactions, because they
   * see their own uncommitted writes.
   */
  readonly remembered: RememberedRows | null;
}

/** A cache of rows to which many other rows refer, so that they need not be read again with each of these. */
export interface RememberedRows {
  /** Returns the cached rows of the state that is read from now on; null when this state is not to be cached. */
  begin(): RowsOfState | null;
}

/** Cached rows of one committed state of the database. */
export interface RowsOfState {
  /** The cached rows of the table in the workspace, by their ids. */
  of<Row>(table: string, workspace: WorkspaceId): ReadonlyMap<number, Row>;
  /** Caches rows that were read after `begin`, if there is room. Call it only while `isCurrent` returns true. */
  remember(table: string, workspace: WorkspaceId, rows: ReadonlyMap<number, unknown>): void;
  /** The condition for the table's rows in the workspace whose ids are in a list. `ids` is the slot for the list as JSON. */
  withIds(table: string, workspace: RawBuilder<unknown>, ids: RawBuilder<unknown>): Expression<SqlBool>;
  /** Whether nothing was committed since `begin`. If so, the rows that were read since and the cached rows are of one state. */
  isCurrent(): boolean;
}

/** Who made a change, and through what. User and token are null when it was made without a token, for example by a command. */
export interface Author {
  readonly origin: ChangeOrigin;
  /** The user's e-mail address. */
  readonly user: string | null;
  /** The name that its owner gave the token. */
  readonly token: string | null;
}

/** A change of a workspace's data. */
export interface Change {
  readonly action: ChangeAction;
  readonly type: ChangedType;
  /** The UUID of the changed object. */
  readonly uuid: string;
  /** JSON: what has changed. The model writes and reads it. */
  readonly fields: string;
  readonly changedOn: Micros;
  readonly author: Author;
}

/** Records the changes that a transaction makes in a workspace. */
export interface ChangeRecorder {
  /**
   * Records a change. Returns the workspace's revision after the change, which is also the new `revision` of the changed row. Each
   * change gets the next number.
   */
  record(change: Change): Promise<number>;
}

/** The lists that count an object: the workspace's list and, with `parent`, the list of the object with this id, such as its group. */
export interface CountedPlace {
  readonly list: string;
  readonly parent?: number;
  /** false by default. */
  readonly archived?: boolean;
}

/**
 * A transaction that is the only one to write in its workspace. Recorded changes and counts are written at its end, so that they
 * cannot be read within it.
 */
export interface WorkspaceWrite extends Session, ChangeRecorder {
  /**
   * Changes the length of the lists of a place: `by` is how many objects were added, or a negative number when they were removed.
   * Count only objects that lists can show.
   */
  count(place: CountedPlace, by: number): void;
}

/** A transaction of `administer`. */
export interface Administration extends Session {
  /**
   * Call it after many rows were inserted with explicit ids. From then on the engine assigns greater ids, and plans statements
   * for the present number of rows.
   */
  afterLoad(): Promise<void>;
}

export interface AdministerOptions {
  /** Whether cached callers may be outdated afterwards. true by default. */
  readonly changesAccess?: boolean;
  /** Whether each statement is as short as those of a write, so that it may be ended like them. false by default. */
  readonly brief?: boolean;
}

export interface MigrateOptions {
  /** Whether there must be tables already. If so, a database without them stays empty, and NoTablesError is thrown. false by default. */
  readonly existing?: boolean;
}

export interface WriteOptions {
  /** Whether the write changes members or tokens, so that cached callers are outdated. false by default. */
  readonly changesAccess?: boolean;
  /**
   * Whether the write may take seconds. It then shares no transaction, so that the commits of others do not wait for it, and other
   * writes go before it when several such ones wait. false by default.
   */
  readonly long?: boolean;
  /**
   * Whether the write only adds rows, and the database's own constraints refuse rows that must not exist together. Such writes may
   * run at the same time, because none needs to see what the others add. false by default.
   */
  readonly adds?: boolean;
}

/** The maximum time, in ms, until a process notices that another one has changed users, memberships or tokens. */
export const MAX_VERSION_AGE = 1_000;

/** How many statements a request runs at a time, so that it leaves connections to others. */
export const STATEMENTS_AT_A_TIME = 2;

/**
 * What the database spends time on. `read`: one statement outside a transaction; `replica-read`: one on a replica. `write`: a
 * whole write as its caller sees it, waiting included. `commit`: making one transaction durable, which may hold several writes.
 */
export type DatabaseWork = 'read' | 'replica-read' | 'write' | 'commit';

/** Called with the number of seconds that a piece of work took. */
export type OnDatabaseWork = (work: DatabaseWork, seconds: number) => void;

/**
 * A database of any engine. Other folders use only Kysely and this interface, so that a new engine is only a new folder
 * beside sqlite/.
 */
export interface Database {
  /** For reads outside a transaction. They never wait for a write. */
  readonly reader: Session;

  /**
   * The reader and the writes of one request in a workspace. Where the engine can end a statement, the request's kept statements
   * are ended when the signal aborts, and reject with the signal's reason. No more than STATEMENTS_AT_A_TIME of them run at a time.
   */
  forRequest(workspace: WorkspaceId, signal: AbortSignal): RequestData;

  /**
   * The one way to change what a workspace has: campaigns, groups, webhooks, members and tokens. Runs `work` in a transaction, and
   * returns its result. Meanwhile nothing else writes in this workspace, except for what `adds` allows. `work` may rely on
   * this, but other rows of the database may change. When the promise is fulfilled, the change survives a power loss. When `work`
   * throws, nothing has changed. `work` must wait only for the database. Rejects with DatabaseBusyError, StatementEndedError and
   * DatabaseUnavailableError.
   */
  write<Result>(
    workspace: WorkspaceId,
    work: (write: WorkspaceWrite) => Promise<Result>,
    options?: WriteOptions,
  ): Promise<Result>;

  /**
   * The one way to change workspaces, to fill an empty database, and to change rows of several workspaces at once. Only one such
   * transaction runs at a time. `work` may also wait for its input, such as the rows of a file. It is never run again. Otherwise
   * like `write`.
   */
  administer<Result>(
    work: (administration: Administration) => Promise<Result>,
    options?: AdministerOptions,
  ): Promise<Result>;

  /**
   * Runs `work` over one state of the database. Later commits stay invisible to it, however long it takes. It has its own
   * connection, so that writes never wait for it.
   */
  snapshot<Result>(work: (session: Session) => Promise<Result>): Promise<Result>;

  /**
   * The version of users, memberships and tokens. A cache filled under one version is valid while the version stays the same. When
   * an `administer` or a `write` with `changesAccess` of this process resolves, the version has changed. After one of another
   * process it changes within MAX_VERSION_AGE ms; on SQLite it changes at once. NaN, which equals nothing, means that the version is not
   * known.
   */
  version(): number;

  /**
   * Changes after every commit, also by other processes. NaN, which equals nothing, on engines where reading the data itself is
   * as cheap.
   */
  dataVersion(): number;

  /** Calls `listener` for each piece of work from now on. There is one listener: a later one replaces it. */
  measure(listener: OnDatabaseWork): void;

  /** The state of the replica that requests read from; null where there is none. */
  replica(): ReplicaState | null;

  /** How many writes wait for their transaction at present. */
  waitingWrites(): number;

  /** The names of the migrations that have run, of any release; none when the database has no tables of this program. */
  migrations(): Promise<string[]>;

  /** Brings the tables up to date; returns the names of the migrations that ran. Rejects with NewerSchemaError, and see `existing`. */
  migrate(options?: MigrateOptions): Promise<string[]>;

  /**
   * Why the database cannot serve requests at present, in words for its operator, or null when it can. Reads from the
   * disk, and not from a cache.
   */
  problem(): Promise<string | null>;

  /**
   * Checks once a second whether the database can be used, and makes it usable again where this is possible. `listener` is
   * called when an outage begins and when it ends. Returns a function that stops this.
   */
  watch(listener: OutageListener): () => void;

  close(): Promise<void>;
}

/** What the model needs of a database. */
export type DataAccess = Pick<Database, 'reader' | 'write'>;

/** The access of one request to a database. */
export interface RequestData extends DataAccess {
  /** Only where requests may read from a replica. */
  readonly seen?: SeenRevisions;
}

/** Tells which revisions of the workspace a caller has seen, so that nothing older is read for it from a replica. */
export interface SeenRevisions {
  /** The caller says that it has seen this revision. From now on its request reads nothing older. */
  require(revision: number): void;
  /** The caller is shown this revision. Later requests to this process read nothing older in the workspace. */
  note(revision: number): void;
}

/** What requests need of a database. */
export type RequestAccess = Pick<Database, 'forRequest'>;

/** Whether requests read from a replica at present. */
export interface ReplicaState {
  /** Why requests do not read from the replica, in words for the operator; null when they do. */
  readonly problem: string | null;
  /** How many seconds the replica is behind at most; NaN while this is not known. */
  readonly lag: number;
}

/** What commands need that read a database and change nothing. On SQLite `write` rejects. */
export type ReadableDatabase = DataAccess & Pick<Database, 'migrations' | 'snapshot'>;

/** A database that is open for reads alone: `write` rejects. */
export interface ReadOnlyDatabase extends RequestAccess {
  /**
   * Opens the files again when a read has failed, or when the server that writes has begun a new log. Call it before the
   * reads of a request. When the files cannot be opened, reads reject with DatabaseUnavailableError.
   */
  refresh(): void;
}

/** An outage of the database begins or ends. */
export type OutageEvent =
  { readonly kind: 'began'; readonly reason: string } | { readonly kind: 'ended'; readonly seconds: number };

export type OutageListener = (event: OutageEvent) => void;
