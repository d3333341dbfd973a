import { randomBytes } from 'node:crypto';
import type { FileHandle } from 'node:fs/promises';
import { open, rm } from 'node:fs/promises';

/** A new file beside the one that it becomes when it is complete. */
export interface PartFile {
  readonly path: string;
  readonly handle: FileHandle;
}

/** Makes the file. No other one has its name, so that two commands that write the same file do not meet. Rejects with the system's error. */
export async function openPart(file: string): Promise<PartFile> {
  const path = `${file}.${randomBytes(4).toString('hex')}.part`;
  return { path, handle: await open(path, 'wx') };
}

/** Removes what a command that has failed has left. Why it has failed matters more than that this may fail, too. */
export async function removeLeft(...paths: readonly string[]): Promise<void> {
  for (const path of paths) await rm(path, { force: true }).catch(() => {});
}
