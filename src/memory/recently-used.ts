import { makeRoom } from './make-room.ts';

/**
 * The value under a key, which `make` makes when there is none. The entries that have been used last come last, so that the least
 * recently used ones are dropped when there are `max`.
 */
export function recentlyUsed<Key, Value extends object | string>(
  entries: Map<Key, Value>,
  key: Key,
  max: number,
  make: () => Value,
): Value {
  let value = entries.get(key);
  if (value === undefined) {
    value = make();
    makeRoom(entries, max);
  } else entries.delete(key);
  entries.set(key, value);
  return value;
}
