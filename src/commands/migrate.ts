import { readConfig } from '../config.ts';
import { openDatabase } from '../database/open.ts';

/** `campaigns migrate` */
export async function migrate(): Promise<void> {
  const database = await openDatabase(readConfig(process.env).database);
  try {
    const names = await database.migrate();
    console.log(
      names.length ? `Migrated: ${names.join(', ')}.` : 'The database is up to date; there was nothing to do.',
    );
  } finally {
    await database.close();
  }
}
