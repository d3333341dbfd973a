import type { NewToken, TokenInfo } from '../access/administration.ts';
import { createToken, createWorkspace, listTokens, revokeToken } from '../access/administration.ts';
import { formatTime } from '../model/time.ts';
import { withDatabase } from './with-database.ts';

/**
 * `campaigns workspace create NAME`. Only the UUID goes to standard output, so that programs can read it. The text for
 * people goes to standard error.
 */
export async function createWorkspaceCommand(name: string): Promise<void> {
  const { uuid } = await withDatabase((database) => createWorkspace(database, name));
  console.error(`Created the workspace "${name}". Its UUID:`);
  console.log(uuid);
}

/** `campaigns token create` */
export async function createTokenCommand(input: NewToken): Promise<void> {
  const key = await withDatabase((database) => createToken(database, input));
  console.error(`A token for ${input.email}, ${input.role} of "${input.workspace}". It is not shown again:`);
  console.log(key);
}

/** `campaigns token list` */
export async function listTokensCommand(): Promise<void> {
  const tokens = await withDatabase(listTokens);
  if (tokens.length === 0) console.error('There are no tokens. Create one: campaigns token create --help');
  else console.log(table(['number', 'workspace', 'user', 'role', 'for', 'created', ''], tokens.map(cells)));
}

/** `campaigns token revoke TOKEN` */
export async function revokeTokenCommand(token: string): Promise<void> {
  await withDatabase((database) => revokeToken(database, token));
  console.error('Revoked.');
}

function cells(token: TokenInfo): string[] {
  const { id, workspace, email, role, name, createdOn, active } = token;
  return [
    String(id),
    workspace,
    email,
    role ?? '(left)',
    name,
    formatTime(createdOn).slice(0, 10),
    active ? '' : 'revoked',
  ];
}

/** A table as text, with a header line. Each column is as wide as its longest cell. */
function table(names: string[], rows: string[][]): string {
  const widths = names.map((name, column) =>
    Math.max(...[names, ...rows].map((row) => row[column]?.length ?? name.length)),
  );
  return [names, ...rows]
    .map((row) =>
      row
        .map((cell, i) => cell.padEnd(widths[i] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}
