import { readConfig } from '../config.ts';
import { openDatabase } from '../database/open.ts';
import { print } from './print.ts';

/** `campaigns migrate` */
export async function migrate(): Promise<void> {
  const database = await openDatabase(readConfig(process.env).database);
  try {
    const names = await database.migrate();
    await print(
      names.length ? `Migrated: ${names.join(', ')}.` : 'The database is up to date; there was nothing to do.',
    );
  } finally {
    await database.close();
  }
}
