import { createToken } from '../access/administration.ts';
import type { Database } from '../database/database.ts';
import { demoSnapshot, DEMO_USER, DEMO_WORKSPACE } from '../snapshot/demo.ts';
import { loadSnapshot } from '../snapshot/load.ts';

/**
 * Fills an empty database with the demo workspace; returns a new token for it. Only hashes of tokens are kept, so that
 * each start makes one of its own; those of earlier starts stay good. Returns null when the data is somebody's own.
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
  });
}

/** How a person runs a command: the repository has the sources, an installed package has compiled code. */
const COMMAND = import.meta.filename.endsWith('.ts') ? 'npm run campaigns --' : 'npx campaigns-gateway';

/** What a newcomer needs to see first. */
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
