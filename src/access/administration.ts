import type { Selectable } from 'kysely';
import type { Author, Database, Session } from '../database/database.ts';
import { changeRecorder } from '../database/feed.ts';
import type { Micros, RoleName, Tables, WorkspaceId } from '../database/tables.ts';
import { parseUuid } from '../encoding/uuid.ts';
import { ApiTokens } from '../model/api-tokens.ts';
import { rebuildDerivedData } from '../model/derived-data.ts';
import { Members } from '../model/members.ts';
import { nameColumns, nameOf, parseWorkspaceName } from '../model/names.ts';
import { recordGroup } from '../model/record-change.ts';
import { tokenRole } from '../model/role.ts';
import { now } from '../model/time.ts';
import { hashKey } from '../model/token-key.ts';
import type { Result } from '../model/user-error.ts';
import { newUuid } from '../model/uuid.ts';

/** An administrator's request cannot be carried out. The message says why, and what would be right. */
export class AdministrationError extends Error {}

/** The groups of a new workspace. Status groups mirror the status of contacts; the smart group holds open tickets. */
const FIRST_GROUPS = [
  { name: '\\Active', kind: 'status', query: null },
  { name: '\\Blocked', kind: 'status', query: null },
  { name: '\\Stopped', kind: 'status', query: null },
  { name: '\\Archived', kind: 'status', query: null },
  { name: 'Open Tickets', kind: 'smart', query: 'tickets > 0' },
] as const;

/** The author of what an administrator changes on the command line, which asks for no token. */
const BY_COMMAND: Author = { origin: 'command', user: null, token: null };

export interface NewWorkspace {
  readonly id: WorkspaceId;
  readonly uuid: string;
  /** Without white space at its ends. */
  readonly name: string;
}

/** Creates a workspace and its first groups. Throws AdministrationError. */
export async function createWorkspace(database: Database, input: string): Promise<NewWorkspace> {
  const name = valueOf(parseWorkspaceName(input));
  return database.administer(async (session) => {
    const { db } = session;
    const taken = await db.selectFrom('workspaces').select('uuid').where('name', '=', name).executeTakeFirst();
    if (taken) throw new AdministrationError(`There is a workspace named "${name}" already (${taken.uuid}).`);
    const workspace = await db
      .insertInto('workspaces')
      .values({ uuid: newUuid(), name })
      .returning(['id', 'uuid'])
      .executeTakeFirstOrThrow();
    const created = now();
    for (const { name: groupName, kind, query } of FIRST_GROUPS) {
      const uuid = newUuid();
      const group = { name: groupName, query, status: 'ready', system: true, contactCount: 0 } as const;
      // Nobody sees status groups.
      const revision =
        kind === 'status'
          ? 0
          : await recordGroup(changeRecorder(session, workspace.id), BY_COMMAND, { uuid, before: null, after: group });
      await db
        .insertInto('groups')
        .values({
          workspace_id: workspace.id,
          uuid,
          ...nameColumns(nameOf(groupName)),
          kind,
          is_system: 1,
          query,
          status: group.status,
          contact_count: group.contactCount,
          is_active: 1,
          created_on: created,
          revision,
        })
        .execute();
    }
    await rebuildDerivedData(session, workspace.id);
    return { ...workspace, name };
  });
}

export interface NewToken {
  /** The workspace's UUID or name. */
  readonly workspace: string;
  readonly email: string;
  readonly role: RoleName;
  readonly name: string;
  /** From this time on the token is refused. null: it does not expire. */
  readonly expiresOn: Micros | null;
}

/**
 * Gives a user a role in a workspace, and creates a token for both: see `Members.inviteOrChange`. The user is created when there is
 * none with this e-mail address. Returns the token's key. The database keeps only the key's hash, so the key cannot be read again.
 * Throws AdministrationError.
 */
export async function createToken(
  database: Database,
  { workspace: named, email, role, name, expiresOn }: NewToken,
): Promise<string> {
  const workspace = await findWorkspace(database.reader.db, named);
  const made = valueOf(
    await new Members(database, workspace, BY_COMMAND, 'operator').inviteOrChange({
      email,
      role,
      token: { name, expiresOn: expiresOn ?? undefined },
    }),
  );
  if (made.key === null) throw new Error('a new token has no key');
  return made.key;
}

/** The value of a result. Throws an AdministrationError with all its errors. */
function valueOf<Value>(result: Result<Value>): Value {
  if ('value' in result) return result.value;
  throw new AdministrationError(result.errors.map(({ message }) => message).join(' '));
}

export interface WorkspaceInfo {
  readonly uuid: string;
  readonly name: string;
  /** The address of the live account that it is a mirror of, also when the server's settings do not have the account any more. */
  readonly account: string | null;
}

/** All workspaces, oldest first. */
export async function listWorkspaces(database: Pick<Database, 'reader'>): Promise<WorkspaceInfo[]> {
  return database.reader.db
    .selectFrom('workspaces')
    .leftJoin('upstreams', 'upstreams.workspace_id', 'workspaces.id')
    .select(['workspaces.uuid', 'workspaces.name', 'upstreams.url as account'])
    .orderBy('workspaces.id')
    .execute();
}

/** How many workspaces an error names. */
const MAX_NAMED = 10;

/**
 * The workspace with this UUID or name. Throws AdministrationError, also when several workspaces have the name: mirrors have the names of
 * their accounts, and these need not be unique.
 */
export async function findWorkspace(db: Session['db'], named: string): Promise<WorkspaceId> {
  const uuid = parseUuid(named);
  const found = await db
    .selectFrom('workspaces')
    .select(['id', 'uuid'])
    .where(uuid ? 'uuid' : 'name', '=', uuid ?? named)
    .orderBy('id')
    .execute();
  if (found.length > 1) {
    const uuids = found.map((one) => one.uuid).join(', ');
    throw new AdministrationError(`${found.length} workspaces are named "${named}". Give the UUID of one: ${uuids}.`);
  }
  if (found[0]) return found[0].id;
  throw new AdministrationError(`There is no workspace "${named}". ${await namedWorkspaces(db)}`);
}

/** Says which workspaces there are, or how to create one. */
async function namedWorkspaces(db: Session['db']): Promise<string> {
  const rows = await db
    .selectFrom('workspaces')
    .select('name')
    .orderBy('id')
    .limit(MAX_NAMED + 1)
    .execute();
  if (rows.length === 0) return 'Create one first: campaigns workspace create NAME';
  const names = rows.slice(0, MAX_NAMED).map(({ name }) => `"${name}"`);
  const more = rows.length > MAX_NAMED ? ' and more, which "campaigns workspace list" shows' : '';
  return `There are ${names.join(', ')}${more}.`;
}

export interface TokenInfo {
  readonly id: number;
  readonly name: string;
  readonly workspace: string;
  readonly email: string;
  /** What it allows. null: its user has left the workspace. */
  readonly role: RoleName | null;
  readonly active: boolean;
  readonly createdOn: Micros;
  /** From this time on the token is refused. null: it does not expire. */
  readonly expiresOn: Micros | null;
  /** The start of the day, in UTC, on which it was last used. null: it has not been used. */
  readonly lastUsedOn: Micros | null;
}

/** All tokens, oldest first. Neither keys nor their hashes are returned. */
export async function listTokens(database: Pick<Database, 'reader'>): Promise<TokenInfo[]> {
  const rows = await database.reader.db
    .selectFrom('api_tokens')
    .innerJoin('users', 'users.id', 'api_tokens.user_id')
    .innerJoin('workspaces', 'workspaces.id', 'api_tokens.workspace_id')
    .leftJoin('memberships', (join) =>
      join
        .onRef('memberships.workspace_id', '=', 'api_tokens.workspace_id')
        .onRef('memberships.user_id', '=', 'api_tokens.user_id')
        .on('memberships.is_active', '=', 1),
    )
    .select([
      'api_tokens.id',
      'api_tokens.name',
      'workspaces.name as workspace',
      'users.email',
      'memberships.role',
      'api_tokens.max_role',
      'api_tokens.is_active',
      'api_tokens.created_on',
      'api_tokens.expires_on',
      'api_tokens.last_used_on',
    ])
    .orderBy('api_tokens.id')
    .execute();
  return rows.map(({ role, max_role, is_active, created_on, expires_on, last_used_on, ...row }) => ({
    ...row,
    role: role && tokenRole(role, max_role),
    active: is_active === 1,
    createdOn: created_on,
    expiresOn: expires_on,
    lastUsedOn: last_used_on,
  }));
}

/** Names a token: by its key or the number that `listTokens` returns, or by what its owner calls it. */
export type TokenReference =
  | { readonly token: string }
  | {
      readonly name: string;
      /** The workspace's UUID or name, where several workspaces have a token of this name. */
      readonly workspace?: string | undefined;
    };

/** Revokes a token. It is refused from the next request on. Throws AdministrationError. */
export async function revokeToken(database: Database, reference: TokenReference): Promise<void> {
  const { db } = database.reader;
  const found = await ('token' in reference ? findToken(db, reference.token) : findNamed(db, reference));
  if (!found) throw new AdministrationError('There is no such token. "campaigns token list" shows their numbers.');
  if (!found.is_active) throw revokedAlready();
  const tokens = new ApiTokens(database, found.workspace_id, BY_COMMAND, 'operator');
  const result = await tokens.revoke(found.uuid);
  if ('errors' in result) throw revokedAlready();
}

const revokedAlready = () => new AdministrationError('That token has been revoked already.');

const TOKEN_COLUMNS = ['id', 'workspace_id', 'uuid', 'is_active'] as const;

type FoundToken = Pick<Selectable<Tables['api_tokens']>, (typeof TOKEN_COLUMNS)[number]>;

/** The token with this key or number. */
async function findToken(db: Session['db'], token: string): Promise<FoundToken | undefined> {
  return db
    .selectFrom('api_tokens')
    .select(TOKEN_COLUMNS)
    .where((eb) =>
      eb.or([eb('key_hash', '=', hashKey(token)), ...(/^\d{1,15}$/.test(token) ? [eb('id', '=', Number(token))] : [])]),
    )
    .executeTakeFirst();
}

/** The token of this name. A revoked one is found only where no other has the name. Throws AdministrationError. */
async function findNamed(
  db: Session['db'],
  { name, workspace }: Extract<TokenReference, { name: string }>,
): Promise<FoundToken | undefined> {
  const named = db.selectFrom('api_tokens').select(TOKEN_COLUMNS).where('name', '=', name).orderBy('id');
  const tokens = await (
    workspace === undefined ? named : named.where('workspace_id', '=', await findWorkspace(db, workspace))
  ).execute();
  const active = tokens.filter(({ is_active }) => is_active === 1);
  if (active.length > 1) {
    const numbers = active.map(({ id }) => id).join(', ');
    throw new AdministrationError(`${active.length} tokens are named "${name}". Give the number of one: ${numbers}.`);
  }
  return active[0] ?? tokens[0];
}
