import { hash } from 'node:crypto';
import type { DataAccess, WorkspaceWrite, WriteOptions } from '../database/database.ts';
import type { Micros, WorkspaceId } from '../database/tables.ts';
import { HOUR, now } from './time.ts';

/** How long results are kept. */
export const KEPT_HOURS = 24;

const KEPT: Micros = KEPT_HOURS * HOUR;

/** How many outdated results each write with a key removes. The write adds only one row, so the table shrinks again after a rush. */
const MAX_REMOVED = 10;

/** Identifies a request. A repeated request has the same key and the same fingerprint. */
export interface IdempotencyKey {
  /** The key, as the client chose it. */
  readonly key: string;
  /** The SHA-256 of what the request asks for, in hexadecimal. */
  readonly fingerprint: string;
}

/** The key belongs to another request. Nothing has changed. */
export class IdempotencyKeyReusedError extends Error {
  constructor() {
    super(
      `This Idempotency-Key was sent with another request in the last ${KEPT_HOURS} hours. Use a new key for each new request.`,
    );
  }
}

/**
 * The database for one request with an idempotency key. When the caller has written with this key in the last KEPT_HOURS
 * hours, `write` returns the result of that write and does nothing. Otherwise it stores its own result in the transaction of the
 * write. `write` can be called once, and its result must be plain JSON without keys of tokens, because it is stored unchanged. It rejects
 * with IdempotencyKeyReusedError when the key was sent with another request. A write that throws stores nothing.
 *
 * Repeated requests that arrive at the same time are no problem, because the writes of a workspace run one after another.
 * @param caller Who sent the key. Other callers' results are never returned.
 */
export function idempotentWrites(database: DataAccess, caller: string, request: IdempotencyKey): DataAccess {
  const keyHash = hashOf(caller, request);
  let written = false;
  return {
    ...database,
    async write<Result>(
      workspace: WorkspaceId,
      work: (write: WorkspaceWrite) => Promise<Result>,
      options?: WriteOptions,
    ): Promise<Result> {
      // A second write would get the result of the first.
      if (written) throw new Error('a request with an idempotency key writes once');
      written = true;
      const once = async (write: WorkspaceWrite) => {
        const time = now();
        const kept = await keptResult(write, workspace, keyHash, time);
        if (kept && kept.fingerprint !== request.fingerprint) throw new IdempotencyKeyReusedError();
        if (kept && kept.result !== SENT) return JSON.parse(kept.result);

        const result = await work(write);
        await keep(write, workspace, keyHash, { ...request, result: JSON.stringify(result), time });
        return result;
      };
      // Not `adds`, even when `work` only adds rows, because each write must see the results that others have stored.
      return database.write(workspace, once, { ...options, adds: false });
    },
  };
}

/** Stored instead of a result while the result is not known: the write was sent to the account that the workspace mirrors. */
const SENT = '';

/** What is known of a request with an idempotency key before its write is sent to an account. */
export type SentBefore<Result> =
  | { readonly result: Result }
  /** When the same request was first sent, if its result is still not known. null when the request is new. */
  | { readonly sentOn: Micros | null };

/**
 * Stores that the write of a request will now be sent to the account that the workspace mirrors. A repeated request can then see
 * this, even when this process ends before the account answers. Returns the result when the write was already made;
 * `idempotentWrites` stores that result. Rejects with IdempotencyKeyReusedError when the key was sent with another request.
 */
export async function noteSending<Result>(
  database: DataAccess,
  workspace: WorkspaceId,
  caller: string,
  request: IdempotencyKey,
): Promise<SentBefore<Result>> {
  const keyHash = hashOf(caller, request);
  return database.write(workspace, async (write) => {
    const time = now();
    const kept = await keptResult(write, workspace, keyHash, time);
    if (kept && kept.fingerprint !== request.fingerprint) throw new IdempotencyKeyReusedError();
    if (kept && kept.result !== SENT) return { result: JSON.parse(kept.result) as Result };
    if (!kept) await keep(write, workspace, keyHash, { ...request, result: SENT, time });
    return { sentOn: kept?.created_on ?? null };
  });
}

/** Callers do not share keys. */
function hashOf(caller: string, { key }: IdempotencyKey): string {
  return hash('sha256', JSON.stringify([caller, key]));
}

function keptResult({ db }: WorkspaceWrite, workspace: WorkspaceId, keyHash: string, time: Micros) {
  return db
    .selectFrom('idempotency_keys')
    .select(['fingerprint', 'result', 'created_on'])
    .where('workspace_id', '=', workspace)
    .where('key_hash', '=', keyHash)
    .where('created_on', '>', time - KEPT)
    .executeTakeFirst();
}

async function keep(
  write: WorkspaceWrite,
  workspace: WorkspaceId,
  keyHash: string,
  {
    fingerprint,
    result,
    time,
  }: Pick<IdempotencyKey, 'fingerprint'> & { readonly result: string; readonly time: Micros },
): Promise<void> {
  const row = { fingerprint, result, created_on: time };
  await write.db
    .insertInto('idempotency_keys')
    .values({ workspace_id: workspace, key_hash: keyHash, ...row })
    .onConflict((conflict) => conflict.columns(['workspace_id', 'key_hash']).doUpdateSet(row))
    .execute();
  await removeOutdated(write, workspace, time);
}

/** Removes the oldest results that are no longer kept, a few at a time, so that no write takes long. */
async function removeOutdated({ db }: WorkspaceWrite, workspace: WorkspaceId, time: Micros): Promise<void> {
  await db
    .deleteFrom('idempotency_keys')
    .where('workspace_id', '=', workspace)
    .where('key_hash', 'in', (outdated) =>
      outdated
        .selectFrom('idempotency_keys')
        .select('key_hash')
        .where('workspace_id', '=', workspace)
        .where('created_on', '<=', time - KEPT)
        .orderBy('created_on')
        .limit(MAX_REMOVED),
    )
    .execute();
}
