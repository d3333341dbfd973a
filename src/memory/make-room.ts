/** Makes room for another entry: drops the oldest one when there are `max` already. */
export function makeRoom<Key>(entries: Map<Key, unknown> | Set<Key>, max: number): void {
  const [oldest] = entries.keys();
  if (entries.size >= max && oldest !== undefined) entries.delete(oldest);
}
