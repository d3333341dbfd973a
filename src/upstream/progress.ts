import type { Spent } from './budget.ts';

/** What a follower stores in the database for the follower that goes on after it. */
export interface Progress {
  /** Where the running sweep is. null: no sweep is running. */
  readonly sweep: SweepPlace | null;
  readonly spent: Spent;
  /** The lists of which a person has confirmed that what disappeared is gone. */
  readonly acceptedLists: readonly ListName[];
  /** The lists from which too much has disappeared to be believed, and how much that is. */
  readonly paused: Readonly<Partial<Record<ListName, string>>>;
}

export interface SweepPlace {
  readonly list: ListName;
  /** The page to read next. null: the first. */
  readonly cursor: string | null;
}

export type ListName = 'groups' | 'campaigns';

/** Parses stored progress. Members that are missing, because another release wrote it, get their initial values. */
export function parseProgress(text: string): Progress {
  const { sweep = null, spent = [], acceptedLists = [], paused = {} } = JSON.parse(text) as Partial<Progress>;
  return { sweep, spent, acceptedLists, paused };
}
