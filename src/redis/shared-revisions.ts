import type { Redis } from './redis.ts';
import { KEY_PREFIX } from './redis.ts';

/** Keeps the number ARGV[1] for ARGV[2] ms, or the number that is there if that is greater. */
const RAISE = `
  local kept = tonumber(redis.call('get', KEYS[1]) or '0')
  redis.call('set', KEYS[1], string.format('%.0f', math.max(kept, tonumber(ARGV[1]))), 'px', ARGV[2])`;

/** The revisions that instances share in Redis, each kept for `keep` ms after the last write to its workspace. */
export function redisRevisions(redis: Redis, keep: number) {
  const keyOf = (workspace: number) => `${KEY_PREFIX}revision:${workspace}`;
  return {
    /** Keeps the revision, unless a greater one is kept. */
    async raise(workspace: number, revision: number): Promise<void> {
      const [keys, values] = [[keyOf(workspace)], [String(revision), String(keep)]];
      await redis.ask(() => redis.client.eval(RAISE, { keys, arguments: values }));
    },
    /**
     * The revision that is kept; 0 when none is. Returns undefined while Redis is away and for `keep` ms after, because
     * revisions that were raised meanwhile may be missing.
     */
    async read(workspace: number): Promise<number | undefined> {
      if (!(performance.now() - redis.steadySince >= keep)) return undefined;
      const kept = await redis.ask(() => redis.client.get(keyOf(workspace)));
      return kept === undefined ? undefined : Number(kept);
    },
  };
}
