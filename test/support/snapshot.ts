import type { ListName, Snapshot } from '../../src/snapshot/format.ts';
import { LISTS } from '../../src/snapshot/format.ts';
import { readSnapshot } from '../../src/snapshot/read.ts';

/** Reads all rows of a snapshot from the chunks of its text. */
export async function readWholeSnapshot(chunks: Parameters<typeof readSnapshot>[0]): Promise<Snapshot> {
  const lists = Object.fromEntries(Object.keys(LISTS).map((list) => [list, []])) as unknown as Record<
    ListName,
    unknown[]
  >;
  for await (const { list, rows } of readSnapshot(chunks)) lists[list].push(...rows);
  return lists as unknown as Snapshot;
}

/** The bytes of a text in chunks of `length` bytes, as a stream would give them. */
export function* chunksOf(text: string | Uint8Array, length = 65_536): Generator<Uint8Array> {
  const bytes = Buffer.from(text);
  for (let start = 0; start < bytes.length; start += length) yield bytes.subarray(start, start + length);
}
