/** From this many places without an item on, the array is shortened. */
const EMPTY_PLACES = 1_024;

/**
 * A queue: first in, first out. Each call takes the same time, however many items wait. `Array.prototype.shift` does not: V8 moves all
 * the others from about 16,000 items on.
 */
export class Fifo<Item extends object> {
  /** Items that have been taken leave undefined. */
  #places: (Item | undefined)[] = [];
  #first = 0;

  get size(): number {
    return this.#places.length - this.#first;
  }

  /** The next item; undefined when there is none. */
  peek(): Item | undefined {
    return this.#places[this.#first];
  }

  push(item: Item): void {
    this.#places.push(item);
  }

  /** Removes and returns the next item; undefined when there is none. */
  shift(): Item | undefined {
    const item = this.peek();
    if (item === undefined) return undefined;
    this.#places[this.#first] = undefined;
    this.#first++;
    // No more items are moved than have been taken since the last time.
    if (this.size === 0 || (this.#first >= EMPTY_PLACES && this.#first >= this.size)) this.#dropEmptyPlaces();
    return item;
  }

  /** Takes an item out, wherever it is, in a time that grows with the number of items. Returns whether it was there. */
  remove(item: Item): boolean {
    const place = this.#places.indexOf(item, this.#first);
    if (place < 0) return false;
    this.#places.splice(place, 1);
    return true;
  }

  #dropEmptyPlaces(): void {
    this.#places = this.#places.slice(this.#first);
    this.#first = 0;
  }
}
