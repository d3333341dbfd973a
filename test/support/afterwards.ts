type Undo = () => unknown;

const undone: Undo[] = [];

/**
 * Has something done after the tests of the file, the latest first. Unlike `afterAll` of Vitest it may be called by a
 * test as well.
 */
export function afterwards(undo: Undo): void {
  undone.push(undo);
}

/** Does all of it. */
export async function undoAll(): Promise<void> {
  for (let undo = undone.pop(); undo; undo = undone.pop()) await undo();
}
