import type { Expression, RawBuilder, SqlBool } from 'kysely';
import type { SearchIndex } from './search-index.ts';
import type { Queries } from './statements.ts';
import type { ChangeAction, ChangedType, ChangeOrigin, Micros, WorkspaceId } from './tables.ts';

/** Runs queries, either on committed data or within a transaction. */
export interface Session extends Queries {
  /** How the engine finds rows by parts of words. */
  readonly searchIndex: SearchIndex;
  /**
   * Only for reads of what is committed, and where the engine tells at once whether something has been. null in transactions, which
   * see what they have written themselves.
   */
  readonly remembered: RememberedRows | null;
}

/** Rows to which many others refer, so that they need not be read with each of these. */
export interface RememberedRows {
  /** What is remembered of the state that is read from now on; null when nothing is to be remembered of it. */
  begin(): RowsOfState | null;
}

/** Rows of one committed state of the database. */
export interface RowsOfState {
  /** The table's rows in the workspace that are remembered, by their ids. */
  of<Row>(table: string, workspace: WorkspaceId): ReadonlyMap<number, Row>;
  /** Remembers rows that have been read since `begin`, if there is room. Only while `isCurrent`. */
  remember(table: string, workspace: WorkspaceId, rows: ReadonlyMap<number, unknown>): void;
  /** Only the table's rows in the workspace with ids that are in a list: `ids` is the slot of its JSON. */
  withIds(table: string, workspace: RawBuilder<unknown>, ids: RawBuilder<unknown>): Expression<SqlBool>;
  /** Whether nothing has been committed since `begin`: what was read since, and what is remembered, then are of one state. */
  isCurrent(): boolean;
}

/** Who made a change, and through what. User and token are null when nobody has shown a token, as with a command. */
export interface Author {
  readonly origin: ChangeOrigin;
  /** The user's e-mail address. */
  readonly user: string | null;
  /** What its owner calls the token. */
  readonly token: string | null;
}

/** A change of a workspace's data. */
export interface Change {
  readonly action: ChangeAction;
  readonly type: ChangedType;
  /** The changed object's. */
  readonly uuid: string;
  /** JSON: what has changed. The model writes and reads it. */
  readonly fields: string;
  readonly changedOn: Micros;
  readonly author: Author;
}

/** Records the changes that a transaction makes in a workspace. */
export interface ChangeRecorder {
  /** Returns the revision that the change gives the workspace and, as `revision`, the changed row: each change has the next number. */
  record(change: Change): Promise<number>;
}

/** Where an object is counted: in a list, and in that of the object with the id `parent`, such as its group. */
export interface CountedPlace {
  readonly list: string;
  readonly parent?: number;
  /** false by default. */
  readonly archived?: boolean;
}

/**
 * A transaction that is the only one to write in its workspace. What it records and counts is written at its end, and cannot be read
 * in it.
 */
export interface WorkspaceWrite extends Session, ChangeRecorder {
  /** Counts objects that have come into a place (`by` is how many) or left it (a negative number). Lists must be able to show them. */
  count(place: CountedPlace, by: number): void;
}

/** A transaction of `administer`. */
export interface Administration extends Session {
  /**
   * Call it when many rows were inserted with ids of their own. The ids that the engine gives from then on are greater, and it
   * plans statements for as many rows as there are now.
   */
  afterLoad(): Promise<void>;
}

export interface AdministerOptions {
  /** Whether what is remembered of callers may be outdated afterwards. true by default. */
  readonly changesAccess?: boolean;
}

export interface WriteOptions {
  /** Whether the write changes members or tokens, so that what is remembered of callers is outdated. false by default. */
  readonly changesAccess?: boolean;
  /** Whether the write may take long, so that others should not wait for its end to be committed. false by default. */
  readonly long?: boolean;
  /**
   * Whether the write only adds rows, and the database's own constraints refuse those that must not be added together, so that it
   * need not see what other such writes add: they may run at the same time. false by default.
   */
  readonly adds?: boolean;
}

/** For how long, in ms, a process may not yet know of what another one has changed of users, memberships and tokens. */
export const MAX_VERSION_AGE = 1_000;

/** How many statements a request runs at a time, so that it leaves connections to others. */
export const STATEMENTS_AT_A_TIME = 2;

/**
 * What the database spends time on. `read`: one statement outside a transaction; `replica-read`: one on a replica. `write`: a
 * whole write as its caller sees it, waiting included. `commit`: making one transaction durable, which may hold several writes.
 */
export type DatabaseWork = 'read' | 'replica-read' | 'write' | 'commit';

/** Is told how many seconds a piece of work took. */
export type OnDatabaseWork = (work: DatabaseWork, seconds: number) => void;

/**
 * A database of any engine. Other folders use only Kysely and this interface, so that a new engine is only a new folder
 * beside sqlite/.
 */
export interface Database {
  /** For reads outside a transaction. They never wait for a write. */
  readonly reader: Session;

  /**
   * The reader and the writes of one request in a workspace. Where the engine can end a statement, the request's reads are ended
   * when the signal aborts, and reject with the signal's reason; and no more than STATEMENTS_AT_A_TIME run at a time.
   */
  forRequest(workspace: WorkspaceId, signal: AbortSignal): RequestData;

  /**
   * The one way to change what a workspace has: campaigns, groups, webhooks, members and tokens. Runs `work` in a transaction, and
   * returns what it returns. Nothing else writes in this workspace meanwhile, but for what `adds` allows; `work` may rely on
   * that, and on nothing wider. When the promise is fulfilled the change survives a power loss; when `work` throws nothing has
   * changed. `work` must not wait for anything but the database. Rejects with DatabaseBusyError, StatementEndedError and
   * DatabaseUnavailableError.
   */
  write<Result>(
    workspace: WorkspaceId,
    work: (write: WorkspaceWrite) => Promise<Result>,
    options?: WriteOptions,
  ): Promise<Result>;

  /**
   * The one way to change workspaces, to fill an empty database, and to change rows of several workspaces at once. Only one such
   * transaction runs at a time. `work` may also wait for what it writes, such as the rows of a file. It runs once. Otherwise
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
   * The version of users, memberships and tokens: what was read of them under one version is valid while the version stays the
   * same. It has changed when an `administer` or such a `write` of this process is done, and at most MAX_VERSION_AGE ms after one of another
   * process; on SQLite at once after every commit. NaN, which equals nothing, while it is not known.
   */
  version(): number;

  /**
   * Changes after every commit, also by other processes, like `version`. NaN, which equals nothing, where it is as cheap to
   * read the data itself.
   */
  dataVersion(): number;

  /** Tells `listener` of each piece of work from now on. There is one listener: a later one takes its place. */
  measure(listener: OnDatabaseWork): void;

  /** The state of the replica that requests read from; null where there is none. */
  replica(): ReplicaState | null;

  /** How many writes wait for their transaction at present. */
  waitingWrites(): number;

  /** Brings the tables up to date; returns the names of the migrations that ran. Rejects with NewerSchemaError. */
  migrate(): Promise<string[]>;

  /**
   * Why the database cannot serve requests at present, in words for its operator, or null when it can. Reads from the
   * disk, and not from a cache.
   */
  problem(): Promise<string | null>;

  /**
   * Looks after the database once a second: notices when it can no longer be used, and makes it usable again where this
   * is possible. `listener` hears when an outage begins and when it ends. Returns a function that stops this.
   */
  watch(listener: OutageListener): () => void;

  close(): Promise<void>;
}

/** What the model needs of a database. */
export type DataAccess = Pick<Database, 'reader' | 'write'>;

/** What one request has of a database. */
export interface RequestData extends DataAccess {
  /** Only where requests may read from a replica. */
  readonly seen?: SeenRevisions;
}

/** What callers know of a workspace's revision, so that nothing older is read for them from a replica. */
export interface SeenRevisions {
  /** The caller has seen this revision, by its own account: what its request reads from now on is not older. */
  require(revision: number): void;
  /** The caller is shown this revision: what later requests to this process read in the workspace is not older. */
  note(revision: number): void;
}

/** What requests need of a database. */
export type RequestAccess = Pick<Database, 'forRequest'>;

/** Whether requests read from a replica at present. */
export interface ReplicaState {
  /** Why they do not, in words for the operator; null when they do. */
  readonly problem: string | null;
  /** How many seconds it is behind at most; NaN while this is not known. */
  readonly lag: number;
}

/** A database that is open for reads alone: `write` rejects. */
export interface ReadOnlyDatabase extends RequestAccess {
  /**
   * Opens the files anew when a read has failed, or when the server that writes has begun a new log. Call it before the
   * reads of a request. When they cannot be opened, reads reject with DatabaseUnavailableError.
   */
  refresh(): void;
}

/** An outage of the database begins or ends. */
export type OutageEvent =
  { readonly kind: 'began'; readonly reason: string } | { readonly kind: 'ended'; readonly seconds: number };

export type OutageListener = (event: OutageEvent) => void;

/** The database cannot be used for a reason that a person can remove. The message is one line. */
export class DatabaseError extends Error {}

/**
 * Another process has held the database for longer than a write waits. Nothing has changed; the write can be repeated.
 */
export class DatabaseBusyError extends DatabaseError {
  constructor(seconds: number) {
    super(`The database is busy: another process has been writing for ${seconds} seconds. Try again.`);
  }
}

/**
 * The database server has ended a statement before it was done, because it took longer than a statement may take there. Others are
 * answered. Nothing has changed.
 */
export class StatementEndedError extends DatabaseError {
  constructor(options?: ErrorOptions) {
    super('The database has ended this, as it does with what takes too long. Ask for less at once.', options);
  }
}

/**
 * The disk, the file or the database server cannot be used at present: it is full, read-only, broken, gone or replaced, or it
 * does not answer. Nothing has changed, unless the outcome is UNKNOWN; the same call can succeed later. The reason is in words for
 * anyone and names no path.
 */
export class DatabaseUnavailableError extends DatabaseError {
  readonly reason: string;
  /** UNKNOWN: the change may have been made. */
  readonly outcome: 'UNKNOWN' | undefined;

  constructor(reason: string, { outcome, ...options }: ErrorOptions & { outcome?: 'UNKNOWN' } = {}) {
    // Who does not know what became of a change is to look first.
    super(`The database cannot be used at present: ${reason}.${outcome ? '' : ' Try again later.'}`, options);
    this.reason = reason;
    this.outcome = outcome;
  }
}

/** Why the database cannot be used at present, by an error of it, in words for anyone; null for an error that says nothing of that. */
export function problemOf(error: unknown): string | null {
  if (error instanceof DatabaseUnavailableError) return error.reason;
  if (error instanceof StatementEndedError) return 'the database takes too long to answer';
  return error instanceof DatabaseBusyError ? 'the database is busy' : null;
}
