import type { WorkspaceId } from '../tables.ts';

/** The newest revisions of the workspaces that were written to recently. */
export interface LatestRevisions {
  /** Notes the revision that a workspace has after a write. When this resolves, all processes that share the notes can read it. */
  note(workspace: WorkspaceId, revision: number): Promise<void>;
  /** Notes a revision only in this process, because the process that wrote it has told the others. */
  noteHere(workspace: WorkspaceId, revision: number): void;
  /** The lowest revision that a read may show. 0 means any revision. Infinity means that this is not known. */
  needed(workspace: WorkspaceId): Promise<number>;
}

/** A place outside this process where revisions are kept for a while. Its methods do not reject. */
export interface SharedRevisions {
  /** Keeps the revision, unless a greater one is kept. */
  raise(workspace: number, revision: number): Promise<void>;
  /** The revision that is kept; 0 when none is. undefined while the place cannot be asked, or may have lost some. */
  read(workspace: number): Promise<number | undefined>;
}

/** How much longer, in ms, revisions are kept than a replica may be behind, because both times are not exact. */
const MARGIN = 2_000;

/** How long, in ms, revisions must be kept when a replica may be `maxLag` ms behind. */
export function keptFor(maxLag: number): number {
  return maxLag + MARGIN;
}

/** How many outdated notes are removed at most when a revision is noted. Noting adds one note, so that outdated ones stay few. */
const LOOKED_AT = 2;

/** Keeps each revision in this process for `keep` ms after it was noted last. */
export class LocalRevisions {
  readonly #keep: number;
  /** By workspace, in the order in which they were noted. */
  readonly #noted = new Map<number, { readonly revision: number; readonly until: number }>();

  constructor(keep: number) {
    this.#keep = keep;
  }

  /** Keeps the revision, or the greater one that is kept. */
  raise(workspace: number, revision: number): void {
    const newest = Math.max(revision, this.newest(workspace));
    this.#noted.delete(workspace);
    this.#noted.set(workspace, { revision: newest, until: performance.now() + this.#keep });
    this.#dropOutdated();
  }

  /** The revision that is kept; 0 when none is. */
  newest(workspace: number): number {
    const noted = this.#noted.get(workspace);
    return noted && noted.until > performance.now() ? noted.revision : 0;
  }

  #dropOutdated(): void {
    let looked = 0;
    for (const [workspace, { until }] of this.#noted) {
      if (until > performance.now() || ++looked > LOOKED_AT) return;
      this.#noted.delete(workspace);
    }
  }
}

/**
 * Notes revisions in this process and, where there is one, in the place that it shares with others. The notes of this process count
 * even when the shared place could not be reached.
 */
export function latestRevisions(local: LocalRevisions, shared: SharedRevisions | null): LatestRevisions {
  return {
    async note(workspace, revision) {
      local.raise(workspace, revision);
      await shared?.raise(workspace, revision);
    },
    noteHere: (workspace, revision) => local.raise(workspace, revision),
    async needed(workspace) {
      const others = shared ? await shared.read(workspace) : 0;
      return others === undefined ? Infinity : Math.max(others, local.newest(workspace));
    },
  };
}
