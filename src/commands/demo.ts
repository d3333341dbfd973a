import { createToken } from '../access/administration.ts';
import type { Database } from '../database/database.ts';
import { demoSnapshot, DEMO_USER, DEMO_WORKSPACE } from '../snapshot/demo.ts';
import { loadSnapshot } from '../snapshot/load.ts';

/**
 * Fills an empty database with the demo workspace. Returns the key of a new token for it, or null when the database holds
 * other data. Each start creates a token, because the database keeps only hashes of keys. Earlier tokens stay valid.
 */
export async function prepareDemo(database: Database): Promise<string | null> {
  const filled = await database.reader.db.selectFrom('workspaces').select('id').limit(1).executeTakeFirst();
  if (!filled) await loadSnapshot(database, demoSnapshot());
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
    expiresOn: null,
  });
}
