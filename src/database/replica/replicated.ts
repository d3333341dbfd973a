import type { Database, RequestAccess, RequestData, Session } from '../database.ts';
import { workspaceRevision } from '../feed.ts';
import type { WorkspaceId } from '../tables.ts';
import type { Replica } from './replica.ts';
import type { LatestRevisions } from './revisions.ts';

/** The database itself, not the replica, for those who follow its feed. They are shown what others may then read. */
export function followedDatabase(database: RequestAccess, revisions: LatestRevisions): RequestAccess {
  return {
    forRequest: (workspace, signal) => ({
      ...database.forRequest(workspace, signal),
      seen: { require() {}, note: (revision) => revisions.noteHere(workspace, revision) },
    }),
  };
}

/**
 * A database whose requests read from a replica where they may. Everything else is the database's own: writes, and what
 * requests read after they have begun to write, as well as callers, administration, snapshots and migrations. It does not
 * close the replica.
 *
 * A caller who has written is not shown an older state. Each write notes the revision that it gives its workspace before its
 * caller hears of it. A request reads from the replica only when the workspace's row has that revision there too. Notes are
 * kept for longer than a replica may be behind, so that a replica has every write for which there is no note any more. What
 * callers are shown of the feed is noted like a write of this process, because they read on from there.
 */
export function replicatedDatabase(database: Database, replica: Replica, revisions: LatestRevisions): Database {
  const write: Database['write'] = async (workspace, work) => {
    let revision = 0;
    try {
      return await database.write(workspace, async (transaction) => {
        revision = await workspaceRevision(transaction, workspace);
        return work({
          ...transaction,
          record: async (change) => (revision = await transaction.record(change)),
        });
      });
    } finally {
      // Also when it has failed: the answer may tell of what others have written, or that it is not known what was written.
      if (revision > 0) await revisions.note(workspace, revision);
    }
  };

  /** The replica's reader for a request that begins now; null when the request has to read from the database itself. */
  const freshCopy = async (workspace: WorkspaceId, signal: AbortSignal, required: number): Promise<Session | null> => {
    const needed = Math.max(required, await revisions.needed(workspace));
    if (needed === Infinity) return null;
    const copy = replica.readerFor(workspace, signal);
    return needed === 0 || (await workspaceRevision(copy, workspace)) >= needed ? copy : null;
  };

  const forRequest = (workspace: WorkspaceId, signal: AbortSignal): RequestData => {
    const own = database.forRequest(workspace, signal);
    let required = 0;
    /** The replica's reader, if it has this revision. */
    let copy: { readonly revision: number; readonly reader: Promise<Session | null> } | undefined;
    /** From now on the request reads from the database itself, and does not go back to what may be older. */
    const leave = () => {
      copy = { revision: Infinity, reader: Promise.resolve(null) };
    };
    const chosen = () => {
      if (!copy || copy.revision < required) {
        copy = { revision: required, reader: freshCopy(workspace, signal, required) };
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
          // What was read from the replica is there, and does not go away.
          if (copy?.revision === Infinity) revisions.noteHere(workspace, revision);
        },
      },
    };
  };

  return {
    ...database,
    write,
    forRequest,
    replica: () => replica.state(),
    measure(listener) {
      database.measure(listener);
      replica.measure((work, seconds) => listener(work === 'read' ? 'replica-read' : work, seconds));
    },
  };
}
