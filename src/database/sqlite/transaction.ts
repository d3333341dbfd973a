import { LoopTurns } from '../../waiting/loop-turns.ts';
import type { Session, WorkspaceWrite } from '../database.ts';
import { DeferredRows } from '../deferred-rows.ts';
import { insertChange, raiseRevision } from '../feed.ts';
import type { SearchedTable } from '../search-index.ts';
import type { WorkspaceId } from '../tables.ts';
import { PendingEntries, searchIndex } from './search-index.ts';
import type { OpenTransaction } from './writes.ts';

/** An open transaction on the connection that writes. `finish` writes the rows that the writes of all workspaces have deferred. */
export class SqliteTransaction implements OpenTransaction {
  readonly #session: Session;
  readonly #deferred = new Map<WorkspaceId, DeferredRows>();
  readonly #entries = new PendingEntries();

  constructor(session: Session) {
    this.#session = session;
  }

  /** Runs the work of `Database.write`. When it fails, drops the rows that it has deferred. */
  async write<Result>(workspace: WorkspaceId, work: (write: WorkspaceWrite) => Promise<Result>): Promise<Result> {
    const deferred = this.#deferredOf(workspace);
    const mark = deferred.mark();
    const searched: [table: SearchedTable, ids: readonly number[]][] = [];
    try {
      const result = await work({
        ...this.#session,
        searchIndex: { ...searchIndex, refresh: async (_queries, table, ids) => void searched.push([table, ids]) },
        record: (change) => deferred.record(change),
        count: (place, by) => deferred.count(place, by),
      });
      for (const [table, ids] of searched) this.#entries.add(table, ids);
      return result;
    } catch (error) {
      deferred.takeBack(mark);
      throw error;
    }
  }

  async finish(): Promise<void> {
    const turns = new LoopTurns();
    for (const [workspace, deferred] of this.#deferred) {
      const { changes } = deferred;
      if (changes.length > 0) {
        let revision = await deferred.revision();
        for (const change of changes) {
          await turns.next();
          await insertChange(this.#session, workspace, ++revision, change);
        }
        // Reading the revision has raised it by one, which is enough for one change.
        if (changes.length > 1) await keepRevision(this.#session, workspace, revision);
      }
      await deferred.writeCounts(this.#session);
    }
    await this.#entries.enter(this.#session);
  }

  #deferredOf(workspace: WorkspaceId): DeferredRows {
    let deferred = this.#deferred.get(workspace);
    if (!deferred) {
      deferred = new DeferredRows(workspace, async () => {
        const raised = await raiseRevision(this.#session, workspace);
        return raised === null ? null : raised - 1;
      });
      this.#deferred.set(workspace, deferred);
    }
    return deferred;
  }
}

async function keepRevision(session: Session, workspace: WorkspaceId, revision: number): Promise<void> {
  await session.all('keep revision', { workspace, revision }, (db, slots) =>
    db.updateTable('workspaces').set({ revision: slots.revision }).where('id', '=', slots.workspace).returning('id'),
  );
}
