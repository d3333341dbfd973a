import { makeRoom } from '../memory/make-room.ts';

/** How many values a cache keeps. When there are more, the oldest goes. */
const MAX_CACHED = 10_000;

/**
 * `read` with a cache, for values that stay the same while a version of the database does: `Database.version` or `dataVersion`. Another
 * version empties the cache. While the version is NaN, which equals nothing, each call reads.
 * @param keyOf What the value of an argument is cached under.
 * @param isCached Whether a value is cached. By default all are.
 */
export function cachedByVersion<Argument, Value>(
  version: () => number,
  keyOf: (argument: Argument) => number | string,
  read: (argument: Argument) => Promise<Value>,
  isCached: (value: Value) => boolean = () => true,
): (argument: Argument) => Promise<Value> {
  const cached = new Map<number | string, Value>();
  let filledUnder = Number.NaN;
  return async (argument) => {
    const key = keyOf(argument);
    const present = version();
    if (present !== filledUnder) cached.clear();
    filledUnder = present;
    const known = cached.get(key);
    if (known !== undefined) return known;
    const value = await read(argument);
    // A value that was read under an older version may be outdated already, so it is not cached.
    if (filledUnder === present && isCached(value)) {
      makeRoom(cached, MAX_CACHED);
      cached.set(key, value);
    }
    return value;
  };
}
