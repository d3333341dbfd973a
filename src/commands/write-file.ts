import { constants, statSync } from 'node:fs';
import type { FileHandle } from 'node:fs/promises';
import { open, readlink, realpath } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import type { Writable } from 'node:stream';
import { finished } from 'node:stream/promises';
import { codeOf } from '../thrown.ts';
import { throughPart } from './part-file.ts';

/** Writes to a stream. The caller ends the stream. */
type Write<Result> = (stream: Writable) => Promise<Result>;

/**
 * Runs `write` with a stream to a file, and returns its result. The data goes to a file beside FILE, which is renamed at the
 * end, so that FILE is never half-written, and is on the disk when the promise resolves. A symbolic link stays, and the file
 * that it leads to is replaced. Pipes and devices are written to directly, because the rename would put a regular file in
 * their place. Rejects with the system's error, or with that of `write`.
 */
export async function writeFile<Result>(file: string, write: Write<Result>): Promise<Result> {
  const found = statSync(file, { throwIfNoEntry: false });
  if (found && !found.isFile()) return writeTo(await open(file, constants.O_WRONLY), write);
  const target = await followLinks(file);
  return throughPart(target, async (part) => writeTo(await open(part, constants.O_WRONLY), write));
}

/** Closes the handle at the end. */
async function writeTo<Result>(handle: FileHandle, write: Write<Result>): Promise<Result> {
  const stream = handle.createWriteStream();
  try {
    const result = await write(stream);
    stream.end();
    await finished(stream);
    return result;
  } catch (error) {
    stream.destroy();
    throw error;
  }
}

/** The path that symbolic links lead to. Unlike with `realpath`, the file need not exist. Rejects with the system's error. */
async function followLinks(file: string): Promise<string> {
  try {
    return await realpath(file);
  } catch (error) {
    if (codeOf(error) !== 'ENOENT') throw error;
  }
  const folder = await realpath(dirname(file));
  let target: string;
  try {
    target = await readlink(file);
  } catch {
    // It is not a link: the file does not exist yet.
    return file;
  }
  return followLinks(resolve(folder, target));
}
