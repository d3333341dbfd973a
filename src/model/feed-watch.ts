import type { Database } from '../database/database.ts';
import { workspaceRevision } from '../database/feed.ts';
import type { WorkspaceId } from '../database/tables.ts';
import { LoopTurns } from '../waiting/loop-turns.ts';

/** How often, in ms, the process checks whether another process has committed something. */
const LOOK_INTERVAL = 250;

/** How many workspaces one statement looks at. */
const WORKSPACES = 100;

/** Waits for changes of one workspace. */
export interface FeedListener {
  /**
   * Resolves with the workspace's revision as soon as it is greater than `seen`. Resolves with `seen` after `timeout` ms, or when
   * the listener is stopped. Call it again only when it has resolved.
   */
  next(seen: number, timeout: number): Promise<number>;
  /** Resolves when it is the workspace's turn. A stream waits for it between old changes, because otherwise it would let nobody else work. */
  turn(): Promise<void>;
  /** Ends the waiting. Call it when the listener is not needed any more. */
  stop(): void;
}

interface Watched {
  readonly workspace: WorkspaceId;
  /** The newest revision that has been seen. */
  revision: number;
  readonly listeners: Listener[];
  /** `looking`: a check of the workspace is running. `again`: something was committed since it began, so another check must follow. */
  looking: boolean;
  again: boolean;
}

/**
 * Tells listeners when workspaces have changed. All listeners of a workspace share its checks: one after each commit of this process,
 * and one every LOOK_INTERVAL ms for commits of other processes.
 */
export class FeedWatch {
  readonly #database: Pick<Database, 'reader' | 'dataVersion'>;
  readonly #start: (workspace: WorkspaceId, work: () => void) => void;
  readonly #watched = new Map<WorkspaceId, Watched>();
  #clock: NodeJS.Timeout | undefined;
  /** The data version when all workspaces were last checked. */
  #version = Number.NaN;
  #isChecking = false;

  /** `start` calls `work` when it is the workspace's turn, so that many listeners do not all continue at once. */
  constructor(
    database: Pick<Database, 'reader' | 'dataVersion'>,
    start: (workspace: WorkspaceId, work: () => void) => void,
  ) {
    this.#database = database;
    this.#start = start;
  }

  /** Starts to listen. A caller that then reads the workspace, and passes its revision to `next`, misses no change after this read. */
  listen(workspace: WorkspaceId): FeedListener {
    if (this.#watched.size === 0) {
      this.#version = this.#database.dataVersion();
      this.#clock = setInterval(() => void this.#tick(), LOOK_INTERVAL).unref();
    }
    let watched = this.#watched.get(workspace);
    if (!watched) {
      watched = { workspace, revision: 0, listeners: [], looking: false, again: false };
      this.#watched.set(workspace, watched);
    }
    const listener = new Listener(watched, this.#start, () => this.#forget(workspace));
    watched.listeners.push(listener);
    return listener;
  }

  /** To be called after each commit of this process. */
  committed(workspace: WorkspaceId): void {
    const watched = this.#watched.get(workspace);
    if (watched) void this.#lookAt(watched);
  }

  #forget(workspace: WorkspaceId): void {
    this.#watched.delete(workspace);
    if (this.#watched.size === 0) clearInterval(this.#clock);
  }

  async #tick(): Promise<void> {
    const now = performance.now();
    for (const { listeners } of this.#watched.values()) for (const listener of listeners) listener.look(now);
    // A database that is slower than the clock is not asked a second time meanwhile.
    if (this.#isChecking) return;
    const version = this.#database.dataVersion();
    if (version === this.#version) return;
    this.#version = version;
    this.#isChecking = true;
    try {
      await this.#lookAtAll([...this.#watched.keys()]);
    } catch {
      // The database does not answer. The next tick checks again, and listeners read from the database after their timeout.
      this.#version = Number.NaN;
    } finally {
      this.#isChecking = false;
    }
  }

  async #lookAtAll(workspaces: readonly WorkspaceId[]): Promise<void> {
    const turns = new LoopTurns();
    for (let start = 0; start < workspaces.length; start += WORKSPACES) {
      await turns.next();
      const rows = await this.#database.reader.db
        .selectFrom('workspaces')
        .select(['id', 'revision'])
        .where('id', 'in', workspaces.slice(start, start + WORKSPACES))
        .execute();
      for (const { id, revision } of rows) this.#seen(this.#watched.get(id), revision);
    }
  }

  /** Checks one workspace. All commits during a check cause one more check together. */
  async #lookAt(watched: Watched): Promise<void> {
    watched.again = true;
    if (watched.looking) return;
    watched.looking = true;
    try {
      while (watched.again) {
        watched.again = false;
        this.#seen(watched, await workspaceRevision(this.#database.reader, watched.workspace));
      }
    } catch {
      this.#version = Number.NaN;
    } finally {
      watched.looking = false;
    }
  }

  #seen(watched: Watched | undefined, revision: number): void {
    if (!watched || revision <= watched.revision) return;
    watched.revision = revision;
    for (const listener of watched.listeners) listener.changed();
  }
}

class Listener implements FeedListener {
  readonly #watched: Watched;
  readonly #start: (workspace: WorkspaceId, work: () => void) => void;
  readonly #unused: () => void;
  #stopped = false;
  #resume: ((revision: number) => void) | null = null;
  #seen = 0;
  #end = 0;

  /** `unused` is called when the workspace has no listener any more. */
  constructor(watched: Watched, start: (workspace: WorkspaceId, work: () => void) => void, unused: () => void) {
    this.#watched = watched;
    this.#start = start;
    this.#unused = unused;
  }

  next(seen: number, timeout: number): Promise<number> {
    this.#seen = seen;
    this.#end = performance.now() + timeout;
    return new Promise((resolve) => {
      this.#resume = resolve;
      if (this.#stopped || this.#watched.revision > seen) this.#goOn();
    });
  }

  turn(): Promise<void> {
    return new Promise((resolve) => this.#start(this.#watched.workspace, resolve));
  }

  stop(): void {
    if (this.#stopped) return;
    this.#stopped = true;
    this.#resume?.(this.#seen);
    this.#resume = null;
    const { listeners } = this.#watched;
    listeners.splice(listeners.indexOf(this), 1);
    if (listeners.length === 0) this.#unused();
  }

  changed(): void {
    if (this.#watched.revision > this.#seen) this.#goOn();
  }

  /** Ends the waiting when the timeout has passed. */
  look(now: number): void {
    if (now >= this.#end) this.#goOn();
  }

  #goOn(): void {
    const resume = this.#resume;
    if (!resume) return;
    this.#resume = null;
    // Most of a listener's work is done in microtasks after `resume`. In an immediate of its own it is done before the next listener starts.
    setImmediate(() => {
      this.#start(this.#watched.workspace, () => resume(Math.max(this.#seen, this.#watched.revision)));
    });
  }
}
