import { randomBytes } from 'node:crypto';

/** How many marks a row keeps. It is unlikely that more writes come between a lost commit and the check whether it was made. */
const KEPT = 20;

/**
 * The marks of the newest writes of a workspace, newest first, as they are stored in its row. A process uses them to find out whether
 * a write was committed when its connection was lost during the commit.
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
 * @param now The present marks, read while nobody else can write.
 * @returns null when it cannot be known any more, because more writes have come since than marks are kept.
 */
export function wasCommitted(mark: string, before: WriteMarks, now: WriteMarks): boolean | null {
  const marks = marksIn(now);
  if (marks.includes(mark)) return true;
  const [newest] = marksIn(before);
  // Whether every mark since `before` is still there.
  const isComplete = newest === undefined ? marks.length < KEPT : marks.includes(newest);
  return isComplete ? false : null;
}

function marksIn(marks: WriteMarks): string[] {
  return marks === '' ? [] : marks.split(' ');
}
