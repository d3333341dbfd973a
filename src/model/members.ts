import type { Author, DataAccess, Session, WorkspaceWrite } from '../database/database.ts';
import type { RoleName, WorkspaceId } from '../database/tables.ts';
import { foldName } from '../encoding/fold.ts';
import { isStorable } from '../encoding/storable.ts';
import type { ApiToken } from './api-token.ts';
import type { NewApiToken } from './api-tokens.ts';
import { addToken, endTokens, withNewKey } from './api-tokens.ts';
import { creationTime, creationTimes } from './creation-time.ts';
import type { Member } from './member.ts';
import { memberList, memberOf } from './member-list.ts';
import { emailInvalid, lastAdministrator, memberAlready, userInactive } from './member-errors.ts';
import { recordMember } from './record-change.ts';
import type { Requester, Rights } from './requester.ts';
import { checkAdministers, presentRights } from './requester.ts';
import type { Result, UserError } from './user-error.ts';
import { conflict, isOutdated, notFound } from './user-error.ts';
import { newUuid } from './uuid.ts';

/** The longest e-mail address, in characters (RFC 5321, 4.5.3.1.3, without the angle brackets). */
const MAX_EMAIL_LENGTH = 254;

/** A person who is to become a member, and the person's first token. */
export interface NewMember {
  readonly email: string;
  readonly role: RoleName;
  readonly token: NewApiToken;
}

/** A new member with its first token, whose key cannot be read again: see `WithKey`. */
export interface Invited {
  readonly member: Member;
  readonly apiToken: ApiToken;
  readonly key: string | null;
}

/**
 * The members of one workspace, and the rules for changing them. Only administrators can change members; the methods throw
 * NotAllowedError for others. A workspace that has an administrator never loses its last one, because the writes of a workspace run
 * one after another, and each write checks that another administrator is left.
 */
export class Members {
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

  /** Makes a person a member, with a first token. There is no other way for the person to sign in. */
  async invite(input: NewMember): Promise<Result<Invited>> {
    return this.#add(input, async (_write, member) => ({ errors: [memberAlready(member.email)] }));
  }

  /** Like `invite`, but gives a person who is already a member the role and another token. For the server's operator. */
  async inviteOrChange(input: NewMember): Promise<Result<Invited>> {
    return this.#add(input, async (write, member) => {
      const active = member.active || (await this.#activate(write, member.userId));
      return this.#setRole(write, { ...member, active }, input.role);
    });
  }

  /** Gives a member another role. When `expectedRevision` is not the member's revision, the error is CONFLICT. */
  async changeRole(
    uuid: string,
    { role, expectedRevision }: { role: RoleName; expectedRevision?: number | undefined },
  ): Promise<Result<Member>> {
    return this.#write(async (write) => {
      const member = await memberList(write, this.#workspace).byUuid(uuid);
      if (!member) return { errors: [notFound('member', uuid)] };
      if (isOutdated(expectedRevision, member)) return { errors: [conflict(member, member.email)] };
      return this.#setRole(write, member, role);
    });
  }

  /**
   * Removes a member and revokes all its tokens for the workspace. What the member has changed stays. Returns the member as it
   * was. When `expectedRevision` is not the member's revision, the error is CONFLICT.
   */
  async remove(uuid: string, expectedRevision?: number): Promise<Result<Member>> {
    return this.#write(async (write) => {
      const member = await memberList(write, this.#workspace).byUuid(uuid);
      if (!member) return { errors: [notFound('member', uuid)] };
      if (isOutdated(expectedRevision, member)) return { errors: [conflict(member, member.email)] };
      if (await this.#isLastAdministrator(write, member)) return { errors: [lastAdministrator(member.email)] };
      await endTokens(write, this.#workspace, this.#author, member.userId);
      const revision = await recordMember(write, this.#author, { uuid, before: member, after: null });
      await write.db
        .updateTable('memberships')
        .set({ is_active: 0, revision })
        .where('workspace_id', '=', this.#workspace)
        .where('id', '=', member.id)
        .execute();
      return { value: member };
    });
  }

  /** Adds a person and a first token. `ifMember` is called for a person who is already a member. */
  #add(
    { email: given, role, token }: NewMember,
    ifMember: (write: WorkspaceWrite, member: Member) => Promise<Result<Member>>,
  ): Promise<Result<Invited>> {
    const email = given.trim();
    if (!isEmail(email)) return Promise.resolve({ errors: [emailInvalid(email, MAX_EMAIL_LENGTH)] });
    return withNewKey((keyHash) =>
      this.#write(async (write, rights) => {
        const found = await this.#memberWith(write, email);
        const added = found ? await ifMember(write, found) : await this.#insert(write, email, role);
        if ('errors' in added) return added;
        const member = added.value;
        const made = await addToken(write, this.#workspace, this.#author, rights, { ...token, member, keyHash });
        // A member without a token must not be added, so this error rolls the write back.
        if ('errors' in made) throw new RolledBack(made.errors);
        return { value: { member, ...made.value } };
      }).catch(errorsOfRolledBack),
    );
  }

  async #insert(write: WorkspaceWrite, email: string, role: RoleName): Promise<Result<Member>> {
    const { db } = write;
    await db
      .insertInto('users')
      .values({ email, is_active: 1 })
      .onConflict((conflict) => conflict.column('email').doNothing())
      .execute();
    const user = await db
      .selectFrom('users')
      .select(['id', 'is_active'])
      .where('email', '=', email)
      .executeTakeFirstOrThrow();
    if (!user.is_active && !(await this.#activate(write, user.id))) return { errors: [userInactive(email)] };
    // The user may still have tokens for the workspace. They would become valid again with the membership.
    await endTokens(write, this.#workspace, this.#author, user.id);
    const uuid = newUuid();
    const revision = await recordMember(write, this.#author, { uuid, before: null, after: { email, role } });
    const row = await db
      .insertInto('memberships')
      .values({
        workspace_id: this.#workspace,
        uuid,
        user_id: user.id,
        email_key: foldName(email),
        role,
        is_active: 1,
        created_on: creationTime('memberships', { workspace: this.#workspace, ...creationTimes() }),
        revision,
      })
      .returning(['id', 'created_on'])
      .executeTakeFirstOrThrow();
    const member = {
      id: row.id,
      uuid,
      userId: user.id,
      email,
      role,
      active: true,
      createdOn: row.created_on,
      revision,
    };
    return { value: member };
  }

  /**
   * Makes an inactive user active if the operator asks for it. An administrator of one workspace cannot do this, because the user
   * would get access to all other workspaces again as well. Returns whether the user is active now.
   */
  async #activate({ db }: Session, userId: number): Promise<boolean> {
    if (this.#requester !== 'operator') return false;
    await db.updateTable('users').set({ is_active: 1 }).where('id', '=', userId).execute();
    return true;
  }

  async #setRole(write: WorkspaceWrite, member: Member, role: RoleName): Promise<Result<Member>> {
    if (role === member.role) return { value: member };
    if (await this.#isLastAdministrator(write, member)) return { errors: [lastAdministrator(member.email)] };
    const after = { ...member, role };
    const revision = await recordMember(write, this.#author, { uuid: member.uuid, before: member, after });
    await write.db
      .updateTable('memberships')
      .set({ role, revision })
      .where('workspace_id', '=', this.#workspace)
      .where('id', '=', member.id)
      .execute();
    return { value: { ...after, revision } };
  }

  /** The member with this address. Case is ignored, because people do not always write their address in the same case. */
  async #memberWith(write: WorkspaceWrite, email: string): Promise<Member | null> {
    const rows = await write.db
      .selectFrom('memberships')
      .innerJoin('users', 'users.id', 'memberships.user_id')
      .select(['memberships.user_id as userId', 'users.email'])
      .where('memberships.workspace_id', '=', this.#workspace)
      .where('memberships.is_active', '=', 1)
      .where('memberships.email_key', '=', foldName(email))
      .orderBy('memberships.id')
      .execute();
    const found = rows.find((row) => row.email === email) ?? rows[0];
    return found ? memberOf(write, this.#workspace, found.userId) : null;
  }

  /** Whether the workspace would have no administrator without this member. */
  async #isLastAdministrator({ db }: Session, member: Member): Promise<boolean> {
    if (member.role !== 'administrator' || !member.active) return false;
    const other = await db
      .selectFrom('memberships')
      .innerJoin('users', 'users.id', 'memberships.user_id')
      .select('memberships.id')
      .where('memberships.workspace_id', '=', this.#workspace)
      .where('memberships.is_active', '=', 1)
      .where('memberships.role', '=', 'administrator')
      .where('memberships.id', '!=', member.id)
      .where('users.is_active', '=', 1)
      .limit(1)
      .executeTakeFirst();
    return other === undefined;
  }

  /** Runs a write that only administrators may ask for. */
  #write<Made>(work: (write: WorkspaceWrite, rights: Rights) => Promise<Result<Made>>): Promise<Result<Made>> {
    return this.#database.write(
      this.#workspace,
      async (write) => {
        const rights = await presentRights(write, this.#workspace, this.#requester);
        checkAdministers(rights);
        return work(write, rights);
      },
      { changesAccess: true },
    );
  }
}

/** Thrown within a write to roll it back. The write's result is then `errors`. */
class RolledBack extends Error {
  readonly errors: UserError[];

  constructor(errors: UserError[]) {
    super('rolled back');
    this.errors = errors;
  }
}

function errorsOfRolledBack(error: unknown): { readonly errors: UserError[] } {
  if (error instanceof RolledBack) return { errors: error.errors };
  throw error;
}

/** An address cannot contain a colon, because Basic authentication separates the address from the key with a colon. */
function isEmail(text: string): boolean {
  return /^[^\s@:]+@[^\s@:]+$/.test(text) && text.length <= MAX_EMAIL_LENGTH && isStorable(text);
}
