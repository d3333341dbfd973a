/**
 * A queue that serves its keys in turn: first in, first out within a key, and one item of each key in each round. A key with
 * a thousand items therefore delays the single item of another key by one item only.
 */
export class RoundRobin<Key, Item extends object> {
  /** In the order in which the keys are served: Map keeps the order of insertion. No list is empty. */
  readonly #lists = new Map<Key, Item[]>();
  #size = 0;

  /** How many items wait. */
  get size(): number {
    return this.#size;
  }

  sizeOf(key: Key): number {
    return this.#lists.get(key)?.length ?? 0;
  }

  push(key: Key, item: Item): void {
    const list = this.#lists.get(key);
    if (list) list.push(item);
    else this.#lists.set(key, [item]);
    this.#size++;
  }

  /** Removes and returns the next item whose key is `eligible`; undefined when there is none. */
  shift(eligible: (key: Key) => boolean = () => true): { readonly key: Key; readonly item: Item } | undefined {
    for (const [key, list] of this.#lists) {
      if (!eligible(key)) continue;
      this.#lists.delete(key);
      const [item] = list.splice(0, 1);
      if (item === undefined) continue;
      // The key goes behind all others.
      if (list.length > 0) this.#lists.set(key, list);
      this.#size--;
      return { key, item };
    }
    return undefined;
  }

  /** Takes an item out of its key's list, wherever it is. Does nothing when it is not there. */
  remove(key: Key, item: Item): void {
    const list = this.#lists.get(key);
    const index = list?.indexOf(item) ?? -1;
    if (!list || index < 0) return;
    list.splice(index, 1);
    if (list.length === 0) this.#lists.delete(key);
    this.#size--;
  }
}
