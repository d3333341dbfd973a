type Undo = () => unknown;

const undone: Undo[] = [];

/**
 * Registers work for after the tests of the file; what is registered last runs first. Unlike Vitest's `afterAll` it may
 * be called within a test.
 */
export function afterwards(undo: Undo): void {
  undone.push(undo);
}

/** Runs the registered work. */
export async function undoAll(): Promise<void> {
  for (let undo = undone.pop(); undo; undo = undone.pop()) await undo();
}
