import type { Author, DataAccess, Session, WorkspaceWrite } from '../database/database.ts';
import type { Micros, WorkspaceId } from '../database/tables.ts';
import { foldName } from '../encoding/fold.ts';
import { live } from './conditions.ts';
import { creationTime, creationTimes } from './creation-time.ts';
import type { Group, GroupReference, GroupRow } from './group.ts';
import { GROUP_COLUMNS, GROUPS, referenceValues, toGroup } from './group.ts';
import { campaignUsing, removeGroup } from './group-writes.ts';
import { inUse, systemGroup } from './group-errors.ts';
import { matching, withColumns } from './list-query.ts';
import { nameColumns, parseName, trimName } from './names.ts';
import { recordGroup } from './record-change.ts';
import type { Result, UserError } from './user-error.ts';
import { conflict, isOutdated, nameTaken, notFound } from './user-error.ts';
import { newUuid } from './uuid.ts';
import { WorkspaceList } from './workspace-list.ts';

/** The groups of one workspace: their list, and the rules for changing them. */
export class Groups {
  readonly #database: DataAccess;
  readonly #workspace: WorkspaceId;
  readonly #author: Author;

  /** `author` is recorded with each change. */
  constructor(database: DataAccess, workspace: WorkspaceId, author: Author) {
    this.#database = database;
    this.#workspace = workspace;
    this.#author = author;
  }

  /** The groups as committed, read outside any transaction. */
  get list() {
    return groupList(this.#database.reader, this.#workspace);
  }

  /** The group that the reference names, or null. */
  async find(reference: GroupReference): Promise<Group | null> {
    return findGroup(this.#database.reader, this.#workspace, reference);
  }

  /** Creates a manual group without contacts. */
  async create(input: { name: string }): Promise<Result<Group>> {
    const parsed = parseName(input.name);
    if ('errors' in parsed) return this.#refusedName(this.#database.reader, input.name, parsed.errors);
    const name = parsed.value;
    const create = async (write: WorkspaceWrite): Promise<Result<Group>> => {
      const taken = await this.#nameTaken(write, name.key);
      if (taken) return { errors: [taken] };

      const uuid = newUuid();
      const created = { name: name.text, query: null, status: 'ready', system: false, contactCount: 0 } as const;
      const revision = await recordGroup(write, this.#author, { uuid, before: null, after: created });
      const row = await write.db
        .insertInto('groups')
        .values({
          workspace_id: this.#workspace,
          uuid,
          ...nameColumns(name),
          kind: 'manual',
          is_system: 0,
          query: created.query,
          status: created.status,
          contact_count: created.contactCount,
          is_active: 1,
          revision,
          created_on: creationTime('groups', { workspace: this.#workspace, ...creationTimes() }),
        })
        .returning(GROUP_COLUMNS)
        .executeTakeFirstOrThrow();
      await write.searchIndex.refresh(write, 'groups', [row.id]);
      write.count({ list: GROUPS.name }, 1);
      return { value: toGroup(row) };
    };
    return this.#database.write(this.#workspace, create, { adds: true });
  }

  /**
   * Renames a group. System groups cannot be renamed. When `expectedRevision` is not the group's revision, the error is
   * CONFLICT.
   */
  async rename(uuid: string, input: { name: string; expectedRevision?: number | undefined }): Promise<Result<Group>> {
    return this.#database.write(this.#workspace, async (write) => {
      const group = await groupList(write, this.#workspace).byUuid(uuid);
      if (!group) return { errors: [notFound('group', uuid)] };
      if (group.system) return { errors: [systemGroup(group, 'renamed')] };
      if (isOutdated(input.expectedRevision, group)) return { errors: [conflict(group, group.name)] };
      const parsed = parseName(input.name);
      if ('errors' in parsed) return this.#refusedName(write, input.name, parsed.errors);
      const name = parsed.value;
      const taken = await this.#nameTaken(write, name.key, group.id);
      if (taken) return { errors: [taken] };
      if (name.text === group.name) return { value: group };

      const changed = { ...group, name: name.text };
      const revision = await recordGroup(write, this.#author, { uuid, before: group, after: changed });
      const row = await write.db
        .updateTable('groups')
        .set({ revision, ...nameColumns(name) })
        .where('workspace_id', '=', this.#workspace)
        .where('id', '=', group.id)
        .returning(GROUP_COLUMNS)
        .executeTakeFirstOrThrow();
      await write.searchIndex.refresh(write, 'groups', [row.id]);
      return { value: toGroup(row) };
    });
  }

  /**
   * Deletes a group. A group with campaigns that are not archived cannot be deleted. Returns the group as it was
   * before. When `expectedRevision` is not the group's revision, the error is CONFLICT.
   */
  async delete(uuid: string, expectedRevision?: number): Promise<Result<Group>> {
    return this.#database.write(this.#workspace, async (write) => {
      const group = await groupList(write, this.#workspace).byUuid(uuid);
      if (!group) return { errors: [notFound('group', uuid)] };
      if (group.system) return { errors: [systemGroup(group, 'deleted')] };
      if (isOutdated(expectedRevision, group)) return { errors: [conflict(group, group.name)] };
      const using = await campaignUsing(write, this.#workspace, group);
      if (using !== null) return { errors: [inUse(group, using)] };
      await removeGroup(write, this.#workspace, this.#author, group);
      return { value: group };
    });
  }

  /**
   * The errors of a name that breaks the rules. Status groups have such names (`\Active`), and existing servers say of one of theirs that it
   * is taken as well.
   */
  async #refusedName(session: Session, input: string, errors: UserError[]): Promise<{ errors: UserError[] }> {
    if (errors.some(({ character }) => character !== '\\')) return { errors };
    const taken = await this.#nameTaken(session, foldName(trimName(input)));
    return { errors: taken ? [...errors, taken] : errors };
  }

  async #nameTaken({ db }: Session, key: string, except = 0): Promise<UserError | null> {
    const other = await db
      .selectFrom('groups')
      .select('name')
      .where('workspace_id', '=', this.#workspace)
      .where('name_key', '=', key)
      .where(live('is_active'))
      .where('id', '!=', except)
      .executeTakeFirst();
    return other ? nameTaken('a group', other.name) : null;
  }
}

/** The groups of a workspace, read through a session. */
export function groupList(session: Session, workspace: WorkspaceId) {
  return new WorkspaceList(GROUPS, session, workspace);
}

/** The group that the reference names, or null. Status groups are never found. */
export async function findGroup(
  session: Session,
  workspace: WorkspaceId,
  reference: GroupReference,
): Promise<Group | null> {
  const { uuid, nameKey } = referenceValues(reference) ?? {};
  const byUuid = uuid === undefined ? null : await groupList(session, workspace).byUuid(uuid);
  if (byUuid || nameKey === undefined) return byUuid;
  const row = await session.first('group by name', { workspace, nameKey }, (db, slots) =>
    withColumns<GroupRow>(GROUPS, matching(GROUPS, db, slots)),
  );
  return row ? toGroup(row) : null;
}

/** The group as it was before it was deleted; null when it was not deleted at this time or later. One statement. */
export async function groupDeletedSince(
  { db }: Session,
  workspace: WorkspaceId,
  uuid: string,
  since: Micros,
): Promise<Group | null> {
  const row = await db
    .selectFrom('groups')
    .innerJoin('changes', (join) =>
      join.onRef('changes.workspace_id', '=', 'groups.workspace_id').onRef('changes.revision', '=', 'groups.revision'),
    )
    .select(GROUP_COLUMNS)
    .where('groups.workspace_id', '=', workspace)
    .where('groups.uuid', '=', uuid)
    .where('groups.is_active', '=', 0)
    .where('changes.changed_on', '>=', since)
    .executeTakeFirst();
  return row ? toGroup(row) : null;
}

/** The groups with these ids. Deleted groups are included, because campaigns may still refer to them. One statement. */
export async function groupsByIds(session: Session, workspace: WorkspaceId, ids: readonly number[]): Promise<Group[]> {
  const rows = await session.all('groups by ids', { workspace, ids }, (db, slots) =>
    db
      .selectFrom('groups')
      .where('groups.workspace_id', '=', slots.workspace)
      .where('groups.id', 'in', slots.ids)
      .select(GROUP_COLUMNS),
  );
  return rows.map(toGroup);
}
