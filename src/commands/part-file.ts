import { randomBytes } from 'node:crypto';
import { chmodSync, chownSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { open, rename } from 'node:fs/promises';
import { dirname } from 'node:path';
import { STOP_SIGNALS } from '../stop-signals.ts';
import { codeOf } from '../thrown.ts';

/** What the names of the part and of the files end with that SQLite makes beside it. */
const ENDINGS = ['', '-journal', '-wal', '-shm'];

/**
 * Creates an empty file beside FILE, the part, and runs `work` with its path. Then renames it to FILE, when all of it is on the disk.
 * Nothing is left of the part when `work` fails, nor when a signal ends the process. The name of the part is random, so that two
 * commands that write the same FILE do not write to the same part. A new FILE can be read by its owner alone, because it has the data of
 * all workspaces; one that is replaced keeps its rights and, where the system allows it, its owner and group. Rejects with the system's
 * error, or with that of `work`.
 */
export async function throughPart<Result>(file: string, work: (part: string) => Promise<Result>): Promise<Result> {
  const part = `${file}.${randomBytes(4).toString('hex')}.part`;
  const ignoreSignals = beforeSignalsEnd(() => removeLeft(part));
  try {
    // Created at once, because a signal during an asynchronous call could be handled before the file is there to be removed.
    writeFileSync(part, '', { flag: 'wx', mode: 0o600 });
    takeRights(part, file);
    const result = await work(part);
    await sync(part);
    await rename(part, file);
    await syncFolder(dirname(file));
    return result;
  } catch (error) {
    removeLeft(part);
    throw error;
  } finally {
    ignoreSignals();
  }
}

/** Gives the part the rights of the file that it will replace, if there is one. Throws the system's error. */
function takeRights(part: string, file: string): void {
  const replaced = statSync(file, { throwIfNoEntry: false });
  if (!replaced) return;
  try {
    chownSync(part, replaced.uid, replaced.gid);
  } catch {
    // Only the system's administrator may give a file to others, and users only to groups that they belong to.
  }
  // The mode of a file that is created loses the rights in the umask.
  chmodSync(part, replaced.mode);
}

/** Runs `cleanUp` before a signal ends the process. Returns a function that stops this. */
function beforeSignalsEnd(cleanUp: () => void): () => void {
  const ignoreSignals = () => {
    for (const signal of STOP_SIGNALS) process.off(signal, end);
  };
  const end = (signal: NodeJS.Signals) => {
    cleanUp();
    ignoreSignals();
    // Without a listener the signal ends the process, so that its parent sees which signal it was.
    process.kill(process.pid, signal);
  };
  for (const signal of STOP_SIGNALS) process.on(signal, end);
  return ignoreSignals;
}

/** Ignores errors, because the caller reports why the command has failed. */
function removeLeft(part: string): void {
  for (const ending of ENDINGS) {
    try {
      rmSync(`${part}${ending}`, { force: true });
    } catch {
      // The others are removed all the same.
    }
  }
}

/**
 * The folder stores the name of the new file, so it must be on the disk too. A user who may write to the folder but not read it cannot
 * see to that, and the file is whole all the same.
 */
async function syncFolder(folder: string): Promise<void> {
  try {
    await sync(folder);
  } catch (error) {
    if (codeOf(error) !== 'EACCES') throw error;
  }
}

async function sync(path: string): Promise<void> {
  const handle = await open(path, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
