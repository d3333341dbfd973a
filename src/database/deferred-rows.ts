import { sql } from 'kysely';
import { allDone } from './all-done.ts';
import type { Change, CountedPlace, Session } from './database.ts';
import { constant } from './statements.ts';
import type { Flag, WorkspaceId } from './tables.ts';
import { flag } from './tables.ts';

/** What had been deferred when the mark was made. */
export interface DeferredMark {
  readonly revision: Promise<number> | null;
  readonly changes: number;
  readonly counts: number;
}

/**
 * The rows that the writes of one workspace defer to the end of their transaction: the recorded changes, and the differences in the
 * lengths of lists. The workspace's row and the length of a list are therefore written once, however many writes there were.
 */
export class DeferredRows {
  readonly #workspace: WorkspaceId;
  readonly #readRevision: () => Promise<number | null>;
  #revision: Promise<number> | null = null;
  readonly #changes: Change[] = [];
  readonly #counts: { readonly place: CountedPlace; readonly by: number }[] = [];

  /** `readRevision` returns the workspace's revision before the transaction; null when there is no such workspace. */
  constructor(workspace: WorkspaceId, readRevision: () => Promise<number | null>) {
    this.#workspace = workspace;
    this.#readRevision = readRevision;
  }

  get changes(): readonly Change[] {
    return this.#changes;
  }

  /** Whether there is nothing to write. Counts that add up to 0 alter nothing. */
  get isEmpty(): boolean {
    return this.#changes.length === 0 && this.#alteredLists().length === 0;
  }

  /** The workspace's revision before the first of the changes. Throws when there is no such workspace. */
  revision(): Promise<number> {
    return (this.#revision ??= this.#read());
  }

  /** See `WorkspaceWrite.record`. Changes can be numbered before they are written, because nobody else raises the revision meanwhile. */
  async record(change: Change): Promise<number> {
    const revision = await this.revision();
    return revision + this.#changes.push(change);
  }

  /** See `WorkspaceWrite.count`. */
  count(place: CountedPlace, by: number): void {
    this.#counts.push({ place, by });
  }

  /** To be given to `takeBack` when what follows is rolled back. */
  mark(): DeferredMark {
    return { revision: this.#revision, changes: this.#changes.length, counts: this.#counts.length };
  }

  /** Drops what was deferred after the mark. Call it when this has been rolled back. */
  takeBack({ revision, changes, counts }: DeferredMark): void {
    this.#revision = revision;
    this.#changes.length = changes;
    this.#counts.length = counts;
  }

  /** Writes the altered lengths of lists. All statements are sent at once. */
  async writeCounts(session: Session): Promise<void> {
    const writing: Promise<void>[] = [];
    for (const { list, archived, by, parents } of this.#alteredLists()) {
      // In most cases the workspace's list and the list of one parent are altered, so that one statement writes both.
      const [first, ...others] = parents;
      const row = { workspace: this.#workspace, list, archived };
      writing.push(alterLengths(session, { ...row, whole: by || undefined, ...first }));
      for (const other of others) writing.push(alterLengths(session, { ...row, ...other }));
    }
    await allDone(...writing);
  }

  async #read(): Promise<number> {
    const revision = await this.#readRevision();
    if (revision === null) throw new Error(`there is no workspace ${this.#workspace}`);
    return revision;
  }

  #alteredLists(): AlteredList[] {
    const counted = new Map<string, { list: string; archived: Flag; by: number; parents: Map<number, number> }>();
    for (const { place, by } of this.#counts) {
      const { list, parent, archived = false } = place;
      const key = `${list} ${archived}`;
      let lengths = counted.get(key);
      if (!lengths) counted.set(key, (lengths = { list, archived: flag(archived), by: 0, parents: new Map() }));
      lengths.by += by;
      if (parent !== undefined) lengths.parents.set(parent, (lengths.parents.get(parent) ?? 0) + by);
    }
    return [...counted.values()]
      .map(({ parents, ...list }) => ({
        ...list,
        parents: [...parents]
          .map(([parent, ofParent]) => ({ parent, ofParent }))
          .filter(({ ofParent }) => ofParent !== 0),
      }))
      .filter(({ by, parents }) => by !== 0 || parents.length > 0);
  }
}

/** By how much the length of a workspace's list has changed, and the lengths of the lists of its parents. */
interface AlteredList {
  readonly list: string;
  readonly archived: Flag;
  readonly by: number;
  readonly parents: readonly { readonly parent: number; readonly ofParent: number }[];
}

/** Alters the length of the workspace's list (by `whole`), of the list of one parent (by `ofParent`), or of both. */
async function alterLengths(
  session: Session,
  values: {
    readonly workspace: WorkspaceId;
    readonly list: string;
    readonly archived: Flag;
    readonly whole?: number | undefined;
    readonly parent?: number;
    readonly ofParent?: number;
  },
): Promise<void> {
  await session.all('keep counts', values, (db, slots) => {
    const row = { workspace_id: slots.workspace, list: slots.list, is_archived: slots.archived };
    const whole = slots.whole ? [{ ...row, parent_id: constant(0), count: slots.whole }] : [];
    const ofParent = slots.parent && slots.ofParent ? [{ ...row, parent_id: slots.parent, count: slots.ofParent }] : [];
    return db
      .insertInto('list_counts')
      .values([...whole, ...ofParent])
      .onConflict((conflict) =>
        conflict
          .columns(['workspace_id', 'parent_id', 'list', 'is_archived'])
          .doUpdateSet({ count: sql`list_counts.count + excluded.count` }),
      )
      .returning('count');
  });
}
