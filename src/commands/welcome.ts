import { DEMO_TOKEN_DAYS } from './demo.ts';
import { oneLine } from './one-line.ts';

/**
 * How to run a command: through npm in the repository, which runs the sources, or through npx in an installed package.
 */
const COMMAND = import.meta.filename.endsWith('.ts') ? 'npm run campaigns --' : 'npx campaigns-gateway';

/** The text that `serve --demo` prints: the addresses, the token, and a first request to try. */
export function welcome(port: number, token: string | null): string {
  const base = `http://localhost:${port}`;
  const fragment = token ? `#token=${token}` : '';
  const next = token
    ? [
        `  The token works for ${DEMO_TOKEN_DAYS} days. Try it:`,
        '',
        `  curl -H "Authorization: Token ${token}" ${base}/api/v2/campaigns.json`,
      ]
    : [
        '  The database has data of its own, so the demo was not added. A token for it:',
        '',
        `  ${COMMAND} token create --help`,
      ];
  return page(
    'The campaigns gateway is ready.',
    [...addresses(base, fragment), ...(token ? [['Token', token]] : [])],
    next,
  );
}

/** The text that `serve --upstream` prints: the names of the workspaces, the addresses, and a request to try. */
export function upstreamWelcome(port: number, url: string, workspaces: readonly string[]): string {
  const base = `http://localhost:${port}`;
  const next = [
    '  Sign in with a token of the account. Try it:',
    '',
    `  curl -H "Authorization: Token $UPSTREAM_TOKEN" ${base}/api/v2/campaigns.json`,
  ];
  const named = workspaces.map((name) => ['Workspace', oneLine(name)]);
  return page(`The campaigns gateway stands in front of ${url}.`, [...named, ...addresses(base)], next);
}

function addresses(base: string, fragment = ''): string[][] {
  return [
    ['Console', `${base}/${fragment}`],
    ['Playground', `${base}/graphiql${fragment}`],
    ['GraphQL', `${base}/graphql`],
    ['REST v2', `${base}/api/v2/`],
  ];
}

function page(title: string, named: readonly string[][], next: readonly string[]): string {
  const lines = named.map(([name = '', value = '']) => `  ${name.padEnd(12)}${value}`);
  return ['', `  ${title}`, '', ...lines, '', ...next, ''].join('\n');
}
