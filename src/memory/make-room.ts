/** How many entries are dropped at a time, as a part of the most that there are. */
const DROPPED = 1 / 100;

/**
 * Makes room for another entry: drops the oldest ones, a hundredth of all, when there are `max` already. They are dropped together, because
 * a Map passes the places of all entries that were removed lately before it finds the oldest one.
 */
export function makeRoom<Key>(entries: Map<Key, unknown> | Set<Key>, max: number): void {
  if (entries.size < max) return;
  const kept = max - Math.ceil(max * DROPPED);
  for (const key of entries.keys()) {
    entries.delete(key);
    if (entries.size <= kept) return;
  }
}
