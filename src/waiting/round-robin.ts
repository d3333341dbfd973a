import { Fifo } from './fifo.ts';

/** The items of one key. */
interface Lane<Key, Item extends object> {
  readonly key: Key;
  readonly items: Fifo<Item>;
}

/**
 * A queue that serves its keys in turn: first in, first out within a key, and one item of each key in each round. A key with a
 * thousand items therefore delays the single item of another key by one item only.
 *
 * The turns are kept in an array and not as the order of a Map. When entries are added and removed all the time, V8 copies a
 * Map again and again, and each old copy keeps the requests in it alive until the next full garbage collection.
 */
export class RoundRobin<Key, Item extends object> {
  /** The keys that have items. The first is served next. */
  readonly #turns: Lane<Key, Item>[] = [];
  readonly #lanes = new Map<Key, Lane<Key, Item>>();
  #size = 0;

  /** How many items wait. */
  get size(): number {
    return this.#size;
  }

  sizeOf(key: Key): number {
    return this.#lanes.get(key)?.items.size ?? 0;
  }

  /** Whether as many items wait as may wait: in all, or of this key. */
  isFull(key: Key, max: { readonly total: number; readonly perKey: number }): boolean {
    return this.#size >= max.total || this.sizeOf(key) >= max.perKey;
  }

  push(key: Key, item: Item): void {
    this.#size++;
    let lane = this.#lanes.get(key);
    if (!lane) {
      lane = { key, items: new Fifo() };
      this.#lanes.set(key, lane);
      this.#turns.push(lane);
    }
    lane.items.push(item);
  }

  /** Removes and returns the next item whose key is `eligible`; undefined when there is none. */
  shift(eligible: (key: Key) => boolean = () => true): { readonly key: Key; readonly item: Item } | undefined {
    const place = this.#turns.findIndex(({ key }) => eligible(key));
    const [lane] = place < 0 ? [] : this.#turns.splice(place, 1);
    const item = lane?.items.shift();
    if (!lane || item === undefined) return undefined;
    // The key goes behind all others.
    if (lane.items.size > 0) this.#turns.push(lane);
    else this.#lanes.delete(lane.key);
    this.#size--;
    return { key: lane.key, item };
  }

  /** Takes an item out of its key's lane, wherever it is. Does nothing when it is not there. */
  remove(key: Key, item: Item): void {
    const lane = this.#lanes.get(key);
    if (!lane?.items.remove(item)) return;
    this.#size--;
    if (lane.items.size > 0) return;
    this.#lanes.delete(key);
    this.#turns.splice(this.#turns.indexOf(lane), 1);
  }
}
