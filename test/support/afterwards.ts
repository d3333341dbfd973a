type Undo = () => unknown;

const undone: Undo[] = [];

/**
 * Registers work that runs after the tests of the file, in the reverse order of registration. Unlike Vitest's `afterAll`,
 * this function may be called within a test.
 */
export function afterwards(undo: Undo): void {
  undone.push(undo);
}

/** Runs the registered work, the latest first. */
export async function undoAll(): Promise<void> {
  for (let undo = undone.pop(); undo; undo = undone.pop()) await undo();
}
