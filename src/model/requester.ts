import type { WorkspaceWrite } from '../database/database.ts';
import type { Micros, RoleName, WorkspaceId } from '../database/tables.ts';
import { tokenRole } from './role.ts';
import { hasExpired } from './time.ts';

/** Who asks for a change of members or tokens: the server's operator, or the owner of the token that the request was made with. */
export type Requester = 'operator' | { readonly tokenId: number };

/** What a requester may do at present. */
export interface Rights {
  /** null: the operator. */
  readonly userId: number | null;
  readonly role: RoleName;
  /** The most that the token allows. null: as much as its user's role. */
  readonly maxRole: RoleName | null;
  /** When the requester's token expires. null: never. */
  readonly expiresOn: Micros | null;
}

/** The requester may not do what was asked for. Nothing has changed. */
export class NotAllowedError extends Error {}

const OPERATOR: Rights = { userId: null, role: 'administrator', maxRole: null, expiresOn: null };

/**
 * What the requester may do now, read within the write's transaction. A token that was revoked after its request was authorized must
 * change nothing, because it could otherwise make another token that stays valid. Throws NotAllowedError when the token is no longer
 * valid.
 */
export async function presentRights(
  { db }: WorkspaceWrite,
  workspace: WorkspaceId,
  requester: Requester,
): Promise<Rights> {
  if (requester === 'operator') return OPERATOR;
  const row = await db
    .selectFrom('api_tokens')
    .innerJoin('users', 'users.id', 'api_tokens.user_id')
    .innerJoin('memberships', (join) =>
      join
        .onRef('memberships.workspace_id', '=', 'api_tokens.workspace_id')
        .onRef('memberships.user_id', '=', 'api_tokens.user_id'),
    )
    .select(['users.id as userId', 'memberships.role as userRole'])
    .select(['api_tokens.max_role as maxRole', 'api_tokens.expires_on as expiresOn'])
    .where('api_tokens.workspace_id', '=', workspace)
    .where('api_tokens.id', '=', requester.tokenId)
    .where('api_tokens.is_active', '=', 1)
    .where('users.is_active', '=', 1)
    .where('memberships.is_active', '=', 1)
    .executeTakeFirst();
  if (!row || hasExpired(row.expiresOn)) {
    throw new NotAllowedError('The token has been revoked, or has expired.');
  }
  const { userRole, ...rights } = row;
  return { ...rights, role: tokenRole(userRole, row.maxRole) };
}

/** Throws NotAllowedError unless the requester may change members, and the tokens of others. */
export function checkAdministers({ role }: Rights): void {
  if (role !== 'administrator') throw new NotAllowedError('Only administrators can change members.');
}
