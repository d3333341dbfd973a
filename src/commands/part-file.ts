import { randomBytes } from 'node:crypto';
import type { FileHandle } from 'node:fs/promises';
import { open, rm } from 'node:fs/promises';

/** A new file beside the final one. The caller renames it to the final one when it is complete. */
export interface PartFile {
  readonly path: string;
  readonly handle: FileHandle;
}

/**
 * Creates the file. Its name is random, so that two commands that write the same FILE do not write to the same part. Rejects with the
 * system's error.
 */
export async function openPart(file: string): Promise<PartFile> {
  const path = `${file}.${randomBytes(4).toString('hex')}.part`;
  return { path, handle: await open(path, 'wx') };
}

/** Removes the files that a failed command has left. Ignores errors, because the caller reports why the command has failed. */
export async function removeLeft(...paths: readonly string[]): Promise<void> {
  for (const path of paths) await rm(path, { force: true }).catch(() => {});
}
