import type { Database } from '../database/database.ts';
import { workspaceRevision } from '../database/feed.ts';
import type { WorkspaceId } from '../database/tables.ts';

/** How often, in ms, it is looked whether another process has changed something. */
const LOOK_INTERVAL = 250;

/** How many workspaces one statement looks at. */
const WORKSPACES = 500;

/** Waits for changes of one workspace. */
export interface FeedListener {
  /**
   * Resolves with the workspace's revision when that is greater than `seen`, and with `seen` after `timeout` ms or when this
   * has been stopped. Call it again when it has resolved.
   */
  next(seen: number, timeout: number): Promise<number>;
  /** Ends the waiting. Call it in the end. */
  stop(): void;
}

interface Watched {
  readonly workspace: WorkspaceId;
  /** The newest revision that has been seen. */
  revision: number;
  readonly listeners: Listener[];
  /** Whether it is being looked at, and whether something has been committed since that began. */
  looking: boolean;
  again: boolean;
}

/**
 * Tells when workspaces have changed. However many listen, each of them is looked at once: after a commit of this process, and
 * every LOOK_INTERVAL ms for those of others.
 */
export class FeedWatch {
  readonly #database: Pick<Database, 'reader' | 'dataVersion'>;
  readonly #start: (workspace: WorkspaceId, work: () => void) => void;
  readonly #watched = new Map<WorkspaceId, Watched>();
  #clock: NodeJS.Timeout | undefined;
  /** The version of the data at the last look at all. */
  #version = Number.NaN;

  /** `start` calls its argument when it is the workspace's turn, so that many listeners do not all go on at once. */
  constructor(
    database: Pick<Database, 'reader' | 'dataVersion'>,
    start: (workspace: WorkspaceId, work: () => void) => void,
  ) {
    this.#database = database;
    this.#start = start;
  }

  /** Listens from now on: whatever is read after this call, no change after it is missed. */
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
    const version = this.#database.dataVersion();
    if (version === this.#version) return;
    this.#version = version;
    try {
      await this.#lookAtAll([...this.#watched.keys()]);
    } catch {
      // The database does not answer. It is looked at again, and whoever listens will read from it when the time is up.
      this.#version = Number.NaN;
    }
  }

  async #lookAtAll(workspaces: readonly WorkspaceId[]): Promise<void> {
    for (let start = 0; start < workspaces.length; start += WORKSPACES) {
      const rows = await this.#database.reader.db
        .selectFrom('workspaces')
        .select(['id', 'revision'])
        .where('id', 'in', workspaces.slice(start, start + WORKSPACES))
        .execute();
      for (const { id, revision } of rows) this.#seen(this.#watched.get(id), revision);
    }
  }

  /** Commits that come while it is being looked at are looked at together. */
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

  /** Ends the waiting if it is time. */
  look(now: number): void {
    if (now >= this.#end) this.#goOn();
  }

  #goOn(): void {
    const resume = this.#resume;
    if (!resume) return;
    this.#resume = null;
    this.#start(this.#watched.workspace, () => resume(Math.max(this.#seen, this.#watched.revision)));
  }
}
