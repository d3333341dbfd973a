import { existsSync } from 'node:fs';
import { open, rename } from 'node:fs/promises';
import { dirname } from 'node:path';
import { readConfig } from '../config.ts';
import { backupDatabase } from '../database/open.ts';
import { CommandError } from './command-error.ts';
import { fileError } from './file-error.ts';
import { openPart, removeLeft } from './part-file.ts';
import { showProgress } from './progress.ts';
import { mustExist } from './with-database.ts';

/** `campaigns backup FILE`. FILE appears only when the copy is complete and on the disk. */
export async function backup(file: string): Promise<void> {
  if (file === '-') {
    throw new CommandError('backup does not write to standard output. Name a file, or use "campaigns dump -".');
  }
  const { database } = readConfig(process.env);
  mustExist(database);
  // SQLite would take the log of an older database of this name for the log of the copy.
  for (const old of [file, `${file}-wal`, `${file}-shm`, `${file}-journal`]) {
    if (existsSync(old)) throw new CommandError(`"${old}" exists already. Name a new file, or remove that one first.`);
  }
  let part: string | undefined;
  try {
    const made = await openPart(file);
    part = made.path;
    await made.handle.close();
    await backupDatabase(database, part, showProgress('Copying'));
    await sync(part);
    await rename(part, file);
    // The folder stores the name of the new file, so it must be synced too.
    await sync(dirname(file));
  } catch (error) {
    if (part !== undefined) await removeLeft(part, `${part}-journal`, `${part}-wal`, `${part}-shm`);
    throw fileError(error, file);
  }
  console.error(`Copied the database to "${file}".`);
}

async function sync(path: string): Promise<void> {
  const handle = await open(path, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
