import { text } from 'node:stream/consumers';
import type { NewToken, TokenInfo, TokenReference } from '../access/administration.ts';
import { createToken, createWorkspace, listTokens, listWorkspaces, revokeToken } from '../access/administration.ts';
import type { Micros } from '../database/tables.ts';
import { formatTime, hasExpired } from '../model/time.ts';
import { CommandError } from './command-error.ts';
import { print, showOnce } from './print.ts';
import { table } from './table.ts';
import { readExistingDatabase, withDatabase, withExistingDatabase } from './with-database.ts';

/**
 * `campaigns workspace create NAME`. Only the UUID goes to standard output, so that programs can read it. The text for
 * people goes to standard error.
 */
export async function createWorkspaceCommand(input: string): Promise<void> {
  const { uuid, name } = await withDatabase((database) => createWorkspace(database, input));
  console.error(`Created the workspace "${name}". Its UUID:`);
  await print(uuid);
}

/** `campaigns workspace list` */
export async function listWorkspacesCommand(): Promise<void> {
  const workspaces = await readExistingDatabase(listWorkspaces);
  if (workspaces.length === 0) console.error('There are no workspaces. Create one: campaigns workspace create NAME');
  else
    await print(
      table(
        ['workspace', 'name', 'mirror of'],
        workspaces.map(({ uuid, name, account }) => [uuid, name, account ?? '']),
      ),
    );
}

/** `campaigns token create`. A token whose key cannot be shown is revoked again. */
export async function createTokenCommand(input: NewToken): Promise<void> {
  await withDatabase(async (database) => {
    const key = await createToken(database, input);
    const expiry = input.expiresOn === null ? '' : `, until ${formatTime(input.expiresOn)}`;
    console.error(`A token for ${input.email}, ${input.role} of "${input.workspace}"${expiry}. It is not shown again:`);
    await showOnce(key, () =>
      revokeToken(database, { token: key }).then(
        () => 'The token has been revoked again.',
        () => 'The token is still valid: revoke the last one that "campaigns token list" shows.',
      ),
    );
  });
}

/** `campaigns token list` */
export async function listTokensCommand(): Promise<void> {
  const tokens = await readExistingDatabase(listTokens);
  if (tokens.length === 0) console.error('There are no tokens. Create one: campaigns token create --help');
  else await print(table(HEADERS, tokens.map(cells)));
}

export interface RevokeOptions {
  readonly name?: string;
  readonly workspace?: string;
}

/**
 * `campaigns token revoke TOKEN`. `-` reads the key from standard input, so that it is neither in the shell's history
 * nor in the list of processes.
 */
export async function revokeTokenCommand(token: string | undefined, options: RevokeOptions): Promise<void> {
  const reference = await tokenReference(token, options);
  await withExistingDatabase((database) => revokeToken(database, reference));
  console.error('Revoked.');
}

async function tokenReference(token: string | undefined, { name, workspace }: RevokeOptions): Promise<TokenReference> {
  if (name !== undefined) {
    if (token !== undefined)
      throw new CommandError('Name the token by its number, its key or --name, not by two of them.');
    return { name, workspace };
  }
  if (token === undefined) throw new CommandError('Which token? Give its number, its key, - or --name.');
  if (workspace !== undefined) throw new CommandError('--workspace belongs to --name. A number or a key needs none.');
  return { token: token === '-' ? (await text(process.stdin)).trim() : token };
}

const HEADERS = ['number', 'workspace', 'user', 'role', 'for', 'created', 'expires', 'last used', ''];

function cells(token: TokenInfo): string[] {
  const { id, workspace, email, role, name, createdOn, expiresOn, lastUsedOn, active } = token;
  return [
    String(id),
    workspace,
    email,
    role ?? '(left)',
    name,
    day(createdOn),
    expiresOn === null ? 'never' : day(expiresOn),
    lastUsedOn === null ? 'never' : day(lastUsedOn),
    active ? (hasExpired(expiresOn) ? 'expired' : '') : 'revoked',
  ];
}

const day = (time: Micros): string => formatTime(time).slice(0, 10);
