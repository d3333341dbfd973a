import { resolve } from 'node:path';
import { readConfig } from '../config.ts';
import type { DatabaseAddress } from '../database/open.ts';
import { checkDatabase } from '../database/open.ts';
import { print } from './print.ts';
import { mustExist } from './with-database.ts';

/**
 * `campaigns check [FILE]`. Prints one line for each problem, and sets exit code 1 when there is one. Without FILE it
 * checks the database that DATABASE_URL names.
 */
export async function check(file: string | undefined): Promise<void> {
  const address: DatabaseAddress =
    file === undefined ? readConfig(process.env).database : { engine: 'sqlite', file: resolve(file) };
  mustExist(address, file === undefined ? 'DATABASE_URL' : 'FILE');
  const problems = await checkDatabase(address);
  if (problems.length === 0) {
    await print('The database is sound.');
    return;
  }
  for (const problem of problems) await print(problem);
  process.exitCode = 1;
}
