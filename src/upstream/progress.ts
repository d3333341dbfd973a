import type { Spent } from './budget.ts';

/** What a follower keeps in the database, for the one that goes on after it. */
export interface Progress {
  /** Where the sweep is. null: none has begun. */
  readonly sweep: SweepPlace | null;
  readonly spent: Spent;
  /** A person has said that what disappeared is gone. */
  readonly accepted: boolean;
  /** The lists of which too much has disappeared to be believed, with the problem in words. */
  readonly paused: Readonly<Partial<Record<ListName, string>>>;
}

export interface SweepPlace {
  readonly list: ListName;
  /** The page to read next. null: the first. */
  readonly cursor: string | null;
}

export type ListName = 'groups' | 'campaigns';

/** Reads what `JSON.stringify` wrote. What cannot be read was written by another release, and is begun anew. */
export function parseProgress(text: string): Progress {
  const { sweep = null, spent = [], accepted = false, paused = {} } = JSON.parse(text) as Partial<Progress>;
  return { sweep, spent, accepted, paused };
}
