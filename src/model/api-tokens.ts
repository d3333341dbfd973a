import type { Author, DataAccess, Session, WorkspaceWrite } from '../database/database.ts';
import type { Micros, RoleName, WorkspaceId } from '../database/tables.ts';
import type { ApiToken, ApiTokenFilter } from './api-token.ts';
import { API_TOKENS } from './api-token.ts';
import { expiryBeyondOwn, expiryPassed, roleBeyondMember, roleBeyondOwn, tooManyTokens } from './api-token-errors.ts';
import type { Change, ChangedField } from './change.ts';
import { creationTime, creationTimes } from './creation-time.ts';
import type { Member } from './member.ts';
import { memberList, memberOf } from './member-list.ts';
import { parseName } from './names.ts';
import { recordApiToken } from './record-change.ts';
import type { Requester, Rights } from './requester.ts';
import { NotAllowedError, presentRights } from './requester.ts';
import { exceeds } from './role.ts';
import { clockTime } from './time.ts';
import { hashKey, newKey } from './token-key.ts';
import type { Result, UserError } from './user-error.ts';
import { errorsOf, notFound } from './user-error.ts';
import { newUuid } from './uuid.ts';
import { WorkspaceList } from './workspace-list.ts';

/** How many tokens a member can have. The limit does not apply when the server's operator makes one. */
export const MAX_TOKENS = 100;

/** The input for a new token. */
export interface NewApiToken {
  readonly name: string;
  /** The highest role that it allows. By default that of the token that makes it; when that has none, the role of its member. */
  readonly maxRole?: RoleName | undefined;
  /** By default it expires with the token that makes it. */
  readonly expiresOn?: Micros | undefined;
}

/** A token with its key. */
export interface WithKey {
  readonly apiToken: ApiToken;
  /** The key cannot be read again. null when the request repeats an earlier one, whose answer had the key. */
  readonly key: string | null;
}

/** The user who reads tokens. Administrators see the tokens of all members, other users only their own. */
export interface TokenViewer {
  readonly role: RoleName | null;
  readonly user: { readonly id: number; readonly email: string };
}

/** The filter of the tokens that a user may see. */
export function visibleTokens({ role, user }: TokenViewer): ApiTokenFilter {
  return role === 'administrator' ? {} : { userId: user.id };
}

/** Whether a user may see a token. */
export function seesToken({ role, user }: TokenViewer, { userId }: Pick<ApiToken, 'userId'>): boolean {
  return role === 'administrator' || userId === user.id;
}

/**
 * The fields of a change that a user may see: none when the user may not see the changed token. The change itself is shown to
 * everybody, with its action and author, so that the revisions that a user sees have no gaps.
 */
export function visibleFields(
  { role, user }: TokenViewer,
  { subject, fields }: Pick<Change, 'subject' | 'fields'>,
): readonly ChangedField[] {
  if (subject.type !== 'ApiToken' || role === 'administrator') return fields;
  const owner = fields.find(({ name }) => name === 'owner');
  return owner && (owner.before ?? owner.after) === user.email ? fields : [];
}

/** The tokens of one workspace, and the rules for making and revoking them. A key is never kept, only its hash. */
export class ApiTokens {
  readonly #database: DataAccess;
  readonly #workspace: WorkspaceId;
  readonly #author: Author;
  readonly #requester: Requester;

  /** `author` is recorded with each change. */
  constructor(database: DataAccess, workspace: WorkspaceId, author: Author, requester: Requester) {
    this.#database = database;
    this.#workspace = workspace;
    this.#author = author;
    this.#requester = requester;
  }

  /**
   * Makes a token for the requester or for another member. Throws NotAllowedError when the requester may not do this: only
   * administrators can make tokens for others.
   */
  async create(input: NewApiToken & { readonly member?: string | undefined }): Promise<Result<WithKey>> {
    return withNewKey((keyHash) =>
      this.#database.write(
        this.#workspace,
        async (write) => {
          const rights = await presentRights(write, this.#workspace, this.#requester);
          const member = await this.#memberFor(write, rights, input.member);
          if (!member) return { errors: [notFound('member', input.member ?? '', 'member')] };
          return addToken(write, this.#workspace, this.#author, rights, { ...input, member, keyHash });
        },
        { changesAccess: true },
      ),
    );
  }

  /**
   * Revokes a token: it is refused from the next request on. Only administrators can revoke the tokens of others; for other
   * requesters the error is NOT_FOUND. Returns the token as it was. Throws NotAllowedError when the requester's own token has been
   * revoked or has expired.
   */
  async revoke(uuid: string): Promise<Result<ApiToken>> {
    return this.#database.write(
      this.#workspace,
      async (write) => {
        const { role, userId } = await presentRights(write, this.#workspace, this.#requester);
        const token = await apiTokenList(write, this.#workspace).byUuid(uuid);
        if (!token || (role !== 'administrator' && token.userId !== userId)) {
          return { errors: [notFound('token', uuid)] };
        }
        await endToken(write, this.#workspace, this.#author, token);
        return { value: token };
      },
      { changesAccess: true },
    );
  }

  /** The member that a new token is for; null when there is none. */
  async #memberFor(write: WorkspaceWrite, rights: Rights, named: string | undefined): Promise<Member | null> {
    if (named === undefined) return rights.userId === null ? null : memberOf(write, this.#workspace, rights.userId);
    const member = await memberList(write, this.#workspace).byUuid(named);
    if (member?.userId !== rights.userId && rights.role !== 'administrator') {
      throw new NotAllowedError('Only administrators can make tokens for others.');
    }
    return member;
  }
}

/** The tokens of a workspace, read through a session. */
export function apiTokenList(session: Session, workspace: WorkspaceId) {
  return new WorkspaceList(API_TOKENS, session, workspace);
}

/**
 * Runs a write that makes a token, and adds the key to its result. The write gets the key's hash only, because its result is kept
 * when the request has an idempotency key. When the request is repeated the write does not run: then there is no key.
 */
export async function withNewKey<Made extends object>(
  write: (keyHash: () => string) => Promise<Result<Made>>,
): Promise<Result<Made & { readonly key: string | null }>> {
  let key: string | null = null;
  const result = await write(() => hashKey((key ??= newKey())));
  return 'errors' in result ? result : { value: { ...result.value, key } };
}

/** Inserts a token for a member, within the rules. */
export async function addToken(
  write: WorkspaceWrite,
  workspace: WorkspaceId,
  author: Author,
  rights: Rights,
  { member, keyHash, ...input }: NewApiToken & { readonly member: Member; readonly keyHash: () => string },
): Promise<Result<{ readonly apiToken: ApiToken }>> {
  const parsed = parseName(input.name);
  const errors = [...errorsOf(parsed), ...newTokenErrors(rights, member, input)];
  if (errors.length > 0 || 'errors' in parsed) return { errors };
  if (rights.userId !== null) {
    const count = await apiTokenList(write, workspace).where({ userId: member.userId }).count();
    if (count >= MAX_TOKENS) return { errors: [tooManyTokens(member.email, MAX_TOKENS)] };
  }

  const created = {
    name: parsed.value.text,
    email: member.email,
    maxRole: input.maxRole ?? rights.maxRole,
    expiresOn: input.expiresOn ?? rights.expiresOn,
  };
  const uuid = newUuid();
  const revision = await recordApiToken(write, author, { uuid, before: null, after: created });
  const row = await write.db
    .insertInto('api_tokens')
    .values({
      workspace_id: workspace,
      uuid,
      user_id: member.userId,
      name: created.name,
      max_role: created.maxRole,
      key_hash: keyHash(),
      is_active: 1,
      created_on: creationTime('api_tokens', { workspace, ...creationTimes() }),
      expires_on: created.expiresOn,
      revision,
    })
    .returning(['id', 'created_on'])
    .executeTakeFirstOrThrow();
  const apiToken = { ...created, id: row.id, uuid, userId: member.userId, createdOn: row.created_on, lastUsedOn: null };
  return { value: { apiToken: { ...apiToken, revision } } };
}

/** A new token cannot allow more, or expire later, than the token that makes it. It cannot allow more than its member's role. */
function* newTokenErrors(rights: Rights, member: Member, { maxRole, expiresOn }: NewApiToken): Iterable<UserError> {
  if (maxRole !== undefined && exceeds(maxRole, rights.role)) yield roleBeyondOwn(maxRole, rights.role);
  else if (maxRole !== undefined && exceeds(maxRole, member.role)) {
    yield roleBeyondMember(maxRole, member.email, member.role);
  }
  if (expiresOn === undefined) return;
  if (expiresOn <= clockTime()) yield expiryPassed(expiresOn);
  else if (rights.expiresOn !== null && expiresOn > rights.expiresOn)
    yield expiryBeyondOwn(expiresOn, rights.expiresOn);
}

/** Revokes all tokens of a user in the workspace. */
export async function endTokens(
  write: WorkspaceWrite,
  workspace: WorkspaceId,
  author: Author,
  userId: number,
): Promise<void> {
  const { db } = write;
  const tokens = await db
    .selectFrom('api_tokens')
    .select('uuid')
    .where('workspace_id', '=', workspace)
    .where('user_id', '=', userId)
    .where('is_active', '=', 1)
    .orderBy('id')
    .execute();
  const found = await apiTokenList(write, workspace).byUuids(tokens.map(({ uuid }) => uuid));
  for (const token of found) await endToken(write, workspace, author, token);
}

async function endToken(write: WorkspaceWrite, workspace: WorkspaceId, author: Author, token: ApiToken): Promise<void> {
  const revision = await recordApiToken(write, author, { uuid: token.uuid, before: token, after: null });
  await write.db
    .updateTable('api_tokens')
    .set({ is_active: 0, revision })
    .where('workspace_id', '=', workspace)
    .where('id', '=', token.id)
    .execute();
}
