import type { Author, DataAccess, WorkspaceWrite } from '../database/database.ts';
import { DatabaseError, DatabaseUnavailableError, problemOf } from '../database/errors.ts';
import type { Micros, WorkspaceId } from '../database/tables.ts';
import { untilBegun } from '../waiting/until-begun.ts';
import type { IdempotencyKey } from '../model/idempotent-writes.ts';
import { idempotentWrites, noteSending } from '../model/idempotent-writes.ts';
import { clockTime, now } from '../model/time.ts';
import type { Send } from '../model/upstream.ts';
import { forgetSend, noteSend } from '../model/upstream.ts';
import type { Result, UserError } from '../model/user-error.ts';
import type { AccountClient } from './account-client.ts';
import type { Attempt, Patience, RefusedWrite } from './carry-out.ts';
import { carryOut, valueAfterWrite } from './carry-out.ts';

/** A request that may write. */
export interface WritingRequest {
  readonly workspace: WorkspaceId;
  readonly author: Author;
  /** It must write even after `signal` has aborted, because what the account has done must become visible here. */
  readonly database: DataAccess;
  /** Who has sent the idempotency key. Other callers' results are never returned. */
  readonly caller: string;
  readonly idempotency?: IdempotencyKey | undefined;
  /** When this aborts, a write that waits for its turn is ended. A write that has begun is not. */
  readonly signal: AbortSignal;
}

/** Runs the writes of a workspace one after the other. */
export type InTurn = <Value>(workspace: WorkspaceId, work: () => Promise<Value>) => Promise<Value>;

/** A write of an object of an account. */
export interface AccountWrite<Row, Value> {
  /** The UUID of the changed object or, for a new object, the key of its name: see `lookupKey`. null: the name cannot be valid. */
  readonly target: string | null;
  /** Returns errors that were found here. When there are any, nothing is sent. */
  check?(): Promise<UserError[]>;
  /** How to send the write, and how to see whether it was carried out. `since` is when the same write was first sent, or now. */
  attempt(since: Micros): Promise<Attempt<Row> | { readonly errors: UserError[] }>;
  errorsOf(refused: RefusedWrite): Promise<UserError[]>;
  /** Asks the account for what else the mirror needs, and returns a function that writes the object into the mirror. */
  apply(row: Row): Promise<(write: WorkspaceWrite) => Promise<Value>>;
}

/** Sends the writes of one request, and writes their outcome into the mirror, each in one transaction. */
export class AccountWrites {
  readonly client: AccountClient;
  readonly request: WritingRequest;
  readonly #inTurn: InTurn;
  readonly #readBackPauses: Patience['readBackPauses'];

  constructor(
    client: AccountClient,
    request: WritingRequest,
    inTurn: InTurn,
    readBackPauses: Patience['readBackPauses'],
  ) {
    this.client = client;
    this.request = request;
    this.#inTurn = inTurn;
    this.#readBackPauses = readBackPauses;
  }

  /**
   * Rejects like `carryOut`, like `Database.write`, and like `untilBegun` while another write has its turn. Nothing has changed then, unless
   * the error has the outcome UNKNOWN.
   */
  run<Row, Value>(write: AccountWrite<Row, Value>): Promise<Result<Value>> {
    const { signal, workspace } = this.request;
    return untilBegun(signal, (begin) =>
      this.#inTurn(workspace, () => {
        begin();
        return this.#run(write);
      }),
    );
  }

  async #run<Row, Value>(write: AccountWrite<Row, Value>): Promise<Result<Value>> {
    const { idempotency, database, workspace, caller } = this.request;
    const before = idempotency
      ? await noteSending<Result<Value>>(database, workspace, caller, idempotency)
      : { sentOn: null };
    if ('result' in before) return before.result;

    const attempt = await write.attempt(before.sentOn ?? now());
    if ('errors' in attempt) return this.#keep(async () => attempt);
    // The account may have carried out what an earlier request with the same key has sent. Then `check` is left out, because the write is
    // done, and later changes here must not make it fail.
    const found = before.sentOn === null ? null : valueAfterWrite(await attempt.readBack());
    if (found) return this.#apply(write, found.row, null);
    const errors = (await write.check?.()) ?? [];
    if (errors.length > 0) return this.#keep(async () => ({ errors }));
    const send = write.target === null ? null : { workspace, target: write.target, sentOn: clockTime() };
    if (send) await database.write(workspace, (session) => noteSend(session, send));
    try {
      const settled = await carryOut(attempt, before.sentOn !== null, this.#readBackPauses);
      if (settled.kind === 'done') return await this.#apply(write, settled.row, send);
      const refused = { errors: await write.errorsOf(settled) };
      return await this.#keep(async () => refused, send);
    } catch (error) {
      // If this fails too, the record expires soon: see PENDING.
      if (send) await database.write(workspace, (session) => forgetSend(session, send)).catch(() => {});
      throw error;
    }
  }

  /** Writes what the account has done. */
  async #apply<Row, Value>(write: AccountWrite<Row, Value>, row: Row, send: Send | null): Promise<Result<Value>> {
    try {
      const apply = await write.apply(row);
      return await this.#keep(async (session) => ({ value: await apply(session) }), send);
    } catch (error) {
      throw error instanceof DatabaseError ? doneInAccount(error) : error;
    }
  }

  /** Writes a result, and stores it for requests with the same idempotency key. `send` is the write that has ended with this result. */
  #keep<Value>(
    work: (write: WorkspaceWrite) => Promise<Result<Value>>,
    send: Send | null = null,
  ): Promise<Result<Value>> {
    const { database, idempotency, caller, workspace } = this.request;
    const keeping = idempotency ? idempotentWrites(database, caller, idempotency) : database;
    return keeping.write(workspace, async (write) => {
      if (send) await forgetSend(write, send);
      return work(write);
    });
  }
}

/** The database's error says that nothing has changed. But the account has changed, and the follower will bring the change here. */
function doneInAccount(error: DatabaseError): DatabaseUnavailableError {
  const reason = problemOf(error) ?? error.message;
  const made = 'the account has made the change, which will show here; look before you repeat it';
  return new DatabaseUnavailableError(`${reason}; ${made}`, { cause: error, outcome: 'UNKNOWN' });
}
