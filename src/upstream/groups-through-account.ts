import type { Group, GroupReference } from '../model/group.ts';
import type { Groups } from '../model/groups.ts';
import { groupDeletedSince, groupList } from '../model/groups.ts';
import type { MirroredGroup } from '../model/mirror-groups.ts';
import { mirrorGroups } from '../model/mirror-groups.ts';
import { BY_UPSTREAM } from '../model/mirror.ts';
import { lookupKey, trimName } from '../model/names.ts';
import { clockTime } from '../model/time.ts';
import { notePending } from '../model/upstream.ts';
import type { Result, UserError } from '../model/user-error.ts';
import { conflict, isOutdated, notFound } from '../model/user-error.ts';
import type { AccountWrite, AccountWrites } from './account-writes.ts';
import { mapped, valueBeforeWrite } from './carry-out.ts';
import { mirrorWrittenGroup } from './mirror-written.ts';
import { userErrorsOf } from './refusals.ts';

/** What a request can do with groups, wherever they are kept. */
export type GroupActions = Pick<Groups, 'list' | 'find' | 'create' | 'rename' | 'delete'>;

/**
 * The groups of a workspace. When they are kept in a live account, reads use the mirror, and writes change the account first and then
 * the mirror. When they are kept here, everything works as it does without accounts.
 */
export class GroupsThroughAccount implements GroupActions {
  readonly #local: Groups;
  readonly #writes: () => Promise<AccountWrites | null>;

  /** @param writes Resolves with null where the groups are kept here. */
  constructor(local: Groups, writes: () => Promise<AccountWrites | null>) {
    this.#local = local;
    this.#writes = writes;
  }

  get list() {
    return this.#local.list;
  }

  find(reference: GroupReference): Promise<Group | null> {
    return this.#local.find(reference);
  }

  async create(input: { name: string }): Promise<Result<Group>> {
    const writes = await this.#writes();
    if (!writes) return this.#local.create(input);
    const { client } = writes;
    const wanted = trimName(input.name);
    return writes.run({
      ...written(writes, null),
      target: lookupKey(wanted),
      attempt: async (since) => {
        // A group that existed before the write is not its result. The account does not say when a group was created: `createdOn` is
        // when the mirror first had it, or earlier.
        const known = await this.find({ name: wanted });
        const before = known && known.createdOn < since ? known.uuid : null;
        return {
          send: () => client.createGroup(input),
          readBack: async () =>
            mapped(await client.groupNamed(wanted), (row) =>
              row && row.name === wanted && row.uuid !== before ? { row } : null,
            ),
        };
      },
    });
  }

  async rename(uuid: string, input: Parameters<Groups['rename']>[1]): Promise<Result<Group>> {
    const writes = await this.#writes();
    if (!writes) return this.#local.rename(uuid, input);
    const { client } = writes;
    const { name, expectedRevision } = input;
    return writes.run({
      ...written(writes, uuid),
      target: uuid,
      check: () => this.#outdated(uuid, expectedRevision),
      attempt: async () => ({
        send: () => client.updateGroup(uuid, { name }),
        readBack: async () =>
          mapped(await client.group(uuid), (row) => (row && row.name === trimName(name) ? { row } : null)),
      }),
    });
  }

  async delete(uuid: string, expectedRevision?: number): Promise<Result<Group>> {
    const writes = await this.#writes();
    if (!writes) return this.#local.delete(uuid, expectedRevision);
    const { client, request } = writes;
    const { workspace, author } = request;
    let before = await this.list.byUuid(uuid);
    return writes.run<null, Group>({
      target: uuid,
      check: () => this.#outdated(uuid, expectedRevision),
      attempt: async (since) => {
        before ??= await this.#fetched(writes, uuid);
        // An earlier request with the same key may have deleted the group, and the follower may have deleted it from the mirror since.
        before ??= await groupDeletedSince(request.database.reader, workspace, uuid, since);
        if (!before) return { errors: [notFound('group', uuid)] };
        return {
          send: () => client.deleteGroup(uuid),
          readBack: async () => mapped(await client.group(uuid), (row) => (row ? null : { row: null })),
        };
      },
      errorsOf: async (refused) => userErrorsOf(refused, uuid),
      apply: async () => async (write) => {
        await mirrorGroups(write, workspace, author, { rows: [], deleted: [uuid], counts: false, final: true });
        await notePending(write, workspace, uuid, clockTime());
        if (!before) throw new Error(`the group ${uuid} was deleted without being known`);
        return before;
      },
    });
  }

  /** Copies a group that the mirror lacks from the account into the mirror. Returns null when the account does not have it either. */
  async #fetched({ client, request }: AccountWrites, uuid: string): Promise<Group | null> {
    const row = valueBeforeWrite(await client.group(uuid));
    if (!row) return null;
    await request.database.write(
      request.workspace,
      await mirrorWrittenGroup(client, { ...request, author: BY_UPSTREAM }, row),
    );
    return this.list.byUuid(uuid);
  }

  async #outdated(uuid: string, expectedRevision: number | undefined): Promise<UserError[]> {
    const known = await this.list.byUuid(uuid);
    return known && isOutdated(expectedRevision, known) ? [conflict(known, known.name)] : [];
  }
}

/** What creating and renaming a group have in common. `uuid` is the renamed group; null for a new one. */
function written(
  { client, request }: AccountWrites,
  uuid: string | null,
): Pick<AccountWrite<MirroredGroup, Group>, 'errorsOf' | 'apply'> {
  return {
    errorsOf: async (refused) => userErrorsOf(refused, uuid),
    apply: async (row) => {
      const apply = await mirrorWrittenGroup(client, request, row);
      return async (write) => {
        await apply(write);
        await notePending(write, request.workspace, row.uuid, clockTime());
        const group = await groupList(write, request.workspace).byUuid(row.uuid);
        if (!group) throw new Error(`the group ${row.uuid} was not written`);
        return group;
      };
    },
  };
}
