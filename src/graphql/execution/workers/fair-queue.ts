/** How many items a queue holds: in all, and of each owner. */
export interface QueueLimits {
  readonly total: number;
  readonly perOwner: number;
}

/**
 * A bounded queue of work that several owners share. The owners take turns, so that one owner's many items do not make
 * another's few wait. The items of one owner keep their order.
 */
export class FairQueue<Owner, Item> {
  readonly #limits: QueueLimits;
  /** The items of each owner that has any. The owner whose turn is next is first. */
  readonly #items = new Map<Owner, Item[]>();
  #size = 0;

  constructor(limits: QueueLimits) {
    this.#limits = limits;
  }

  get size(): number {
    return this.#size;
  }

  /** Adds an item. Returns false, and adds nothing, when the queue is full or holds as many of this owner as it may. */
  add(owner: Owner, item: Item): boolean {
    const own = this.#items.get(owner);
    if (this.#size >= this.#limits.total || (own && own.length >= this.#limits.perOwner)) return false;
    if (own) own.push(item);
    else this.#items.set(owner, [item]);
    this.#size++;
    return true;
  }

  /** Takes the next item, or undefined when there is none. */
  take(): Item | undefined {
    const [next] = this.#items;
    if (!next) return undefined;
    const [owner, own] = next;
    const item = own.shift();
    // Deleting the owner and adding it again puts it behind all others.
    this.#items.delete(owner);
    if (own.length) this.#items.set(owner, own);
    this.#size--;
    return item;
  }

  /** Removes an item that waits. Does nothing when it does not. */
  remove(owner: Owner, item: Item): void {
    const own = this.#items.get(owner);
    const place = own?.indexOf(item) ?? -1;
    if (!own || place < 0) return;
    own.splice(place, 1);
    if (own.length === 0) this.#items.delete(owner);
    this.#size--;
  }
}
