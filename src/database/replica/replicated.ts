import type { Database, RequestAccess, RequestData, Session } from '../database.ts';
import { workspaceRevision } from '../feed.ts';
import type { WorkspaceId } from '../tables.ts';
import type { Replica } from './replica.ts';
import type { LatestRevisions } from './revisions.ts';

/**
 * The database itself, not the replica, for requests that follow its feed. The revisions that they are shown are noted, so that no
 * later request reads an older state.
 */
export function followedDatabase(database: RequestAccess, revisions: LatestRevisions): RequestAccess {
  return {
    forRequest: (workspace, signal) => ({
      ...database.forRequest(workspace, signal),
      seen: { require() {}, note: (revision) => revisions.noteHere(workspace, revision) },
    }),
  };
}

/**
 * A database whose requests read from a replica where this is allowed. Everything else uses the database itself: writes, the reads of
 * a request after its first write, callers, administration, snapshots and migrations. Closing it does not close the replica.
 *
 * A caller who has written is not shown an older state. Each write notes the workspace's new revision before its caller gets the
 * result. A request reads from the replica only when the workspace's row there has at least the noted revision. Notes are kept for
 * longer than a replica may be behind, so that a replica has every write for which there is no note any more. A revision of the
 * feed that a caller is shown is noted like a write of this process, because the caller reads on from it.
 */
export function replicatedDatabase(database: Database, replica: Replica, revisions: LatestRevisions): Database {
  const write = notingWrites(database, revisions);
  return {
    ...database,
    write,
    forRequest: (workspace, signal) => replicatedRequest({ database, replica, revisions, write }, workspace, signal),
    replica: () => replica.state(),
    measure(listener) {
      database.measure(listener);
      replica.measure((work, seconds) => listener(work === 'read' ? 'replica-read' : work, seconds));
    },
  };
}

/** The database's `write`, which also notes the workspace's new revision before it resolves. */
function notingWrites(database: Database, revisions: LatestRevisions): Database['write'] {
  return async (workspace, work, options) => {
    let revision = 0;
    try {
      return await database.write(
        workspace,
        async (transaction) => {
          revision = await workspaceRevision(transaction, workspace);
          return work({
            ...transaction,
            record: async (change) => (revision = await transaction.record(change)),
          });
        },
        options,
      );
    } finally {
      // Also when the write has failed: the answer may show what others have written, or the write may have been committed.
      if (revision > 0) await revisions.note(workspace, revision);
    }
  };
}

interface ReplicatedParts {
  readonly database: Database;
  readonly replica: Replica;
  readonly revisions: LatestRevisions;
  readonly write: Database['write'];
}

/** The access of one request. It reads from the replica until its first write, or until the replica cannot be used for it. */
function replicatedRequest(parts: ReplicatedParts, workspace: WorkspaceId, signal: AbortSignal): RequestData {
  const { database, replica, revisions, write } = parts;
  const own = database.forRequest(workspace, signal);
  let required = 0;
  /** The replica's reader, if it has this revision. */
  let copy: { readonly revision: number; readonly reader: Promise<Session | null> } | undefined;
  /** From now on the request reads from the database itself. It does not return to the replica, whose state may be older. */
  const leave = () => {
    copy = { revision: Infinity, reader: Promise.resolve(null) };
  };
  const chosen = () => {
    if (!copy || copy.revision < required) {
      copy = { revision: required, reader: freshCopy(parts, workspace, signal, required) };
    }
    return copy.reader;
  };
  const read = async <Result>(from: (reader: Session) => Promise<Result>): Promise<Result> => {
    try {
      if (replica.state().problem !== null) leave();
      const reader = await chosen();
      if (reader) return await from(reader);
      leave();
    } catch (error) {
      if (signal.aborted) throw error;
      leave();
      replica.lookNow();
    }
    return from(own.reader);
  };
  return {
    reader: {
      ...own.reader,
      all: (...statement) => read((reader) => reader.all(...statement)),
      first: (...statement) => read((reader) => reader.first(...statement)),
    },
    write(...of) {
      leave();
      return write(...of);
    },
    seen: {
      require(revision) {
        required = Math.max(required, revision);
      },
      note(revision) {
        // A revision that was read from the replica need not be noted, because the replica has it.
        if (copy?.revision === Infinity) revisions.noteHere(workspace, revision);
      },
    },
  };
}

/** The replica's reader for a request that begins now; null when the request has to read from the database itself. */
async function freshCopy(
  { replica, revisions }: ReplicatedParts,
  workspace: WorkspaceId,
  signal: AbortSignal,
  required: number,
): Promise<Session | null> {
  const needed = Math.max(required, await revisions.needed(workspace));
  if (needed === Infinity) return null;
  const copy = replica.readerFor(workspace, signal);
  return needed === 0 || (await workspaceRevision(copy, workspace)) >= needed ? copy : null;
}
