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

/**
 * How to run a command: through npm in the repository, which runs the sources, or through npx in an installed package.
 */
const COMMAND = import.meta.filename.endsWith('.ts') ? 'npm run campaigns --' : 'npx campaigns-gateway';

/** The text that `serve --demo` prints: the addresses, the token, and a first request to try. */
export function welcome(port: number, token: string | null): string {
  const base = `http://localhost:${port}`;
  const fragment = token ? `#token=${token}` : '';
  const addresses = [
    ['Console', `${base}/${fragment}`],
    ['Playground', `${base}/graphiql${fragment}`],
    ['GraphQL', `${base}/graphql`],
    ['REST v2', `${base}/api/v2/`],
    ...(token ? [['Token', token]] : []),
  ];
  const lines = addresses.map(([name = '', address = '']) => `  ${name.padEnd(12)}${address}`);
  const next = token
    ? ['  Try it:', '', `  curl -H "Authorization: Token ${token}" ${base}/api/v2/campaigns.json`]
    : [
        '  The database has data of its own, so the demo was not added. A token for it:',
        '',
        `  ${COMMAND} token create --help`,
      ];
  return ['', '  The campaigns gateway is ready.', '', ...lines, '', ...next, ''].join('\n');
}
