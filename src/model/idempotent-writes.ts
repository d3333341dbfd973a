import { hash } from 'node:crypto';
import type { DataAccess, WorkspaceWrite, WriteOptions } from '../database/database.ts';
import type { Micros, WorkspaceId } from '../database/tables.ts';
import { now } from './time.ts';

/** How long results are kept. */
export const KEPT_HOURS = 24;

const KEPT: Micros = KEPT_HOURS * 3_600_000_000;

/** How many outdated results each write with a key removes. It adds one, so that the table shrinks again after a rush. */
const MAX_REMOVED = 10;

/** What makes two requests the same request. */
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
 * hours, `write` returns the result of that write and does nothing; otherwise it keeps its own result, in the
 * transaction of the write. `write` can be called once, and its result must be plain JSON without secrets, because it is kept
 * as it is. It rejects with
 * IdempotencyKeyReusedError when the key came with another request. A write that fails keeps nothing.
 *
 * Repeated requests that arrive at the same time need no care here: the writes of a workspace follow one another.
 * @param caller Who sent the key. Other callers' results are never returned.
 */
export function idempotentWrites(database: DataAccess, caller: string, request: IdempotencyKey): DataAccess {
  const keyHash = hash('sha256', JSON.stringify([caller, request.key]));
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
        const kept = await write.db
          .selectFrom('idempotency_keys')
          .select(['fingerprint', 'result'])
          .where('workspace_id', '=', workspace)
          .where('key_hash', '=', keyHash)
          .where('created_on', '>', time - KEPT)
          .executeTakeFirst();
        if (kept && kept.fingerprint !== request.fingerprint) throw new IdempotencyKeyReusedError();
        if (kept) return JSON.parse(kept.result);

        const result = await work(write);
        const row = { fingerprint: request.fingerprint, result: JSON.stringify(result), created_on: time };
        await write.db
          .insertInto('idempotency_keys')
          .values({ workspace_id: workspace, key_hash: keyHash, ...row })
          .onConflict((conflict) => conflict.columns(['workspace_id', 'key_hash']).doUpdateSet(row))
          .execute();
        await removeOutdated(write, workspace, time);
        return result;
      };
      return database.write(workspace, once, options);
    },
  };
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
