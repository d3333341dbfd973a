/** Makes room for another entry: drops the oldest one when there are `most` already. */
export function makeRoom<Key>(entries: Map<Key, unknown> | Set<Key>, most: number): void {
  const [oldest] = entries.keys();
  if (entries.size >= most && oldest !== undefined) entries.delete(oldest);
}
