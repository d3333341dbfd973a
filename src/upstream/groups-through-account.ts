import { groupList } from '../model/groups.ts';
import type { Group, GroupReference } from '../model/group.ts';
import { conflict, notFound } from '../model/group-errors.ts';
import type { Groups } from '../model/groups.ts';
import type { MirroredGroup } from '../model/mirror.ts';
import { BY_UPSTREAM, mirrorGroups } from '../model/mirror.ts';
import { trimName } from '../model/names.ts';
import { notePending } from '../model/upstream.ts';
import { now } from '../model/time.ts';
import type { Result, UserError } from '../model/user-error.ts';
import { isOutdated } from '../model/user-error.ts';
import type { AccountClient } from './account-client.ts';
import type { AccountWrite, AccountWrites } from './account-writes.ts';
import { got, mapped } from './carry-out.ts';
import { mirrorWrittenGroup } from './mirror-written.ts';
import { userErrorsOf } from './refusals.ts';

/** The groups of a workspace that is kept in a live account: read from the mirror, and changed in the account first. */
export class GroupsThroughAccount implements Pick<Groups, 'list' | 'find' | 'create' | 'rename' | 'delete'> {
  readonly #mirror: Groups;
  readonly #client: AccountClient;
  readonly #writes: AccountWrites;

  constructor(mirror: Groups, client: AccountClient, writes: AccountWrites) {
    this.#mirror = mirror;
    this.#client = client;
    this.#writes = writes;
  }

  get list() {
    return this.#mirror.list;
  }

  find(reference: GroupReference): Promise<Group | null> {
    return this.#mirror.find(reference);
  }

  create({ name }: { name: string }): Promise<Result<Group>> {
    const wanted = trimName(name);
    return this.#writes.run({
      ...this.#write(),
      attempt: async () => {
        // A group that is there before is not the one that is made.
        const before = await this.#mirror.find({ name: wanted });
        return {
          send: () => this.#client.createGroup({ name }),
          look: async () =>
            mapped(await this.#client.groupNamed(wanted), (row) =>
              row && row.name === wanted && row.uuid !== before?.uuid ? { row } : null,
            ),
        };
      },
    });
  }

  rename(uuid: string, { name, expectedRevision }: Parameters<Groups['rename']>[1]): Promise<Result<Group>> {
    return this.#writes.run({
      ...this.#write(),
      check: () => this.#outdated(uuid, expectedRevision),
      attempt: async () => ({
        send: () => this.#client.updateGroup(uuid, { name }),
        look: async () =>
          mapped(await this.#client.group(uuid), (row) => (row && row.name === trimName(name) ? { row } : null)),
      }),
    });
  }

  async delete(uuid: string, expectedRevision?: number): Promise<Result<Group>> {
    const { workspace, author } = this.#writes.request;
    const before = (await this.#mirror.list.byUuid(uuid)) ?? (await this.#fetched(uuid));
    if (!before) return { errors: [notFound(uuid)] };
    return this.#writes.run<null, Group>({
      check: () => this.#outdated(uuid, expectedRevision),
      attempt: async () => ({
        send: () => this.#client.deleteGroup(uuid),
        look: async () => mapped(await this.#client.group(uuid), (row) => (row ? null : { row: null })),
      }),
      errorsOf: async ({ status, body }) => userErrorsOf(status, body),
      apply: async () => async (write) => {
        await mirrorGroups(write, workspace, author, { rows: [], deleted: [uuid], counts: false, final: true });
        await notePending(write, workspace, uuid, now());
        return before;
      },
    });
  }

  #write(): Pick<AccountWrite<MirroredGroup, Group>, 'errorsOf' | 'apply'> {
    const { request } = this.#writes;
    return {
      errorsOf: async ({ status, body }) => userErrorsOf(status, body),
      apply: async (row) => {
        const apply = await mirrorWrittenGroup(this.#client, request, row);
        return async (write) => {
          await apply(write);
          await notePending(write, request.workspace, row.uuid, now());
          const group = await groupList(write, request.workspace).byUuid(row.uuid);
          if (!group) throw new Error(`the group ${row.uuid} was not written`);
          return group;
        };
      },
    };
  }

  /** A group that the mirror lacks, from the account; null when the account does not have it either. */
  async #fetched(uuid: string): Promise<Group | null> {
    const row = got(await this.#client.group(uuid));
    if (!row) return null;
    const { database, workspace } = this.#writes.request;
    const apply = await mirrorWrittenGroup(this.#client, { ...this.#writes.request, author: BY_UPSTREAM }, row);
    await database.write(workspace, apply);
    return this.#mirror.list.byUuid(uuid);
  }

  async #outdated(uuid: string, expectedRevision: number | undefined): Promise<UserError[]> {
    const known = await this.#mirror.list.byUuid(uuid);
    return known && isOutdated(expectedRevision, known) ? [conflict(known)] : [];
  }
}
