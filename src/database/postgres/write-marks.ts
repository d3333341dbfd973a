import { randomBytes } from 'node:crypto';

/** How many marks a row keeps. More writes than this hardly come between a lost commit and the look at what became of it. */
const KEPT = 20;

/**
 * The marks of the newest writes of a workspace, newest first, as they are kept in its row. By them a process finds out what
 * became of a write whose connection was lost during the commit.
 */
export type WriteMarks = string & { readonly marks: unique symbol };

/** A mark for a new write. */
export function newMark(): string {
  return randomBytes(9).toString('base64url');
}

export function withMark(marks: WriteMarks, mark: string): WriteMarks {
  return [mark, ...marksIn(marks)].slice(0, KEPT).join(' ') as WriteMarks;
}

/**
 * Whether the write with this mark was committed.
 * @param before The marks that the write itself found.
 * @param now The marks as they are now, while nobody else writes.
 * @returns null when it cannot be known any more, because more writes than are kept have come since.
 */
export function wasCommitted(mark: string, before: WriteMarks, now: WriteMarks): boolean | null {
  const marks = marksIn(now);
  if (marks.includes(mark)) return true;
  const [newest] = marksIn(before);
  return newest === undefined ? (marks.length < KEPT ? false : null) : marks.includes(newest) ? false : null;
}

function marksIn(marks: WriteMarks): string[] {
  return marks === '' ? [] : marks.split(' ');
}
