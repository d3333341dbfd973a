import { createToken } from '../access/administration.ts';
import type { Database } from '../database/database.ts';
import { clockTime, DAY } from '../model/time.ts';
import { demoSnapshot, DEMO_USER, DEMO_WORKSPACE } from '../snapshot/demo.ts';
import { loadSnapshot, NotEmptyError } from '../snapshot/load.ts';

/** For how many days a token of the demo works. */
export const DEMO_TOKEN_DAYS = 7;

/**
 * Fills an empty database with the demo workspace. Returns the key of a new token for it, or null when the database holds
 * other data. Each start creates a token, because the database keeps only hashes of keys. Earlier tokens go on until they expire,
 * because another server, a browser tab or a script may still use them.
 */
export async function prepareDemo(database: Database): Promise<string | null> {
  const filled = await database.reader.db.selectFrom('workspaces').select('id').limit(1).executeTakeFirst();
  if (!filled) await fill(database);
  const user = await database.reader.db
    .selectFrom('users')
    .select('id')
    .where('email', '=', DEMO_USER)
    .executeTakeFirst();
  if (!user) return null;
  return createToken(database, {
    workspace: DEMO_WORKSPACE,
    email: DEMO_USER,
    role: 'administrator',
    name: 'demo',
    expiresOn: clockTime() + DEMO_TOKEN_DAYS * DAY,
  });
}

/** Does nothing when another process that starts at the same time has filled the database first. */
async function fill(database: Database): Promise<void> {
  try {
    await loadSnapshot(database, demoSnapshot());
  } catch (error) {
    if (!(error instanceof NotEmptyError)) throw error;
  }
}
