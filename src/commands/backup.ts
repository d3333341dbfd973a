import { existsSync } from 'node:fs';
import { readConfig } from '../config.ts';
import { backupDatabase } from '../database/open.ts';
import { CommandError } from './command-error.ts';
import { fileError } from './file-error.ts';
import { throughPart } from './part-file.ts';
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
  try {
    await throughPart(file, (part) => backupDatabase(database, part, showProgress('Copying')));
  } catch (error) {
    throw fileError(error, file);
  }
  console.error(`Copied the database to "${file}".`);
}
