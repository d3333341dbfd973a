/** Counts by key. A key whose count is 0 takes no memory. */
export class Counts<Key> {
  readonly #counts = new Map<Key, number>();

  /** The count of a key; 0 when nothing was counted. */
  of(key: Key): number {
    return this.#counts.get(key) ?? 0;
  }

  /** Counts one more. Returns the new count. */
  up(key: Key): number {
    const count = this.of(key) + 1;
    this.#counts.set(key, count);
    return count;
  }

  /** Counts one less. */
  down(key: Key): void {
    const left = this.of(key) - 1;
    if (left > 0) this.#counts.set(key, left);
    else this.#counts.delete(key);
  }
}
