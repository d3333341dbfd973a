import type { Kysely } from 'kysely';
import { sql } from 'kysely';
import type { Database } from '../database/database.ts';
import type { Tables, WorkspaceId } from '../database/tables.ts';
import { live } from './filters.ts';
import type { Group, GroupReference } from './group.ts';
import { GROUP_COLUMNS, toGroup } from './group.ts';
import { inUse, nameTaken, notFound, systemGroup } from './group-errors.ts';
import type { GroupFilter } from './group-filter.ts';
import { groupConditions, matchingGroups, referenceConditions } from './group-filter.ts';
import { foldName, parseName } from './names.ts';
import type { Ordering, Page, PageRequest, Position, Side } from './page.ts';
import { from, pageName, pageOf, pageQuery, pageValues } from './page.ts';
import { now } from './time.ts';
import type { Result, UserError } from './user-error.ts';
import { newUuid } from './uuid.ts';

export type GroupOrderField = 'created' | 'name';
export type GroupOrdering = Ordering<GroupOrderField>;

const ORDER_COLUMNS = {
  created: { key: 'groups.created_on', id: 'groups.id' },
  name: { key: 'groups.name_key', id: 'groups.id' },
} as const;

/** Where a group stands in a list of this order. */
export function groupPosition(group: Group, { field }: GroupOrdering): Position {
  return { key: field === 'created' ? group.createdOn : foldName(group.name), id: group.id };
}

/** The groups of one workspace. Those that mirror a contact's status are internal: no function here gives or takes one. */
export class Groups {
  readonly #database: Database;
  readonly #workspace: WorkspaceId;

  constructor(database: Database, workspace: WorkspaceId) {
    this.#database = database;
    this.#workspace = workspace;
  }

  /** One page of the groups that the filter matches, in one statement. */
  async page(request: PageRequest<GroupOrderField>, filter: GroupFilter): Promise<Page<Group>> {
    const conditions = groupConditions(this.#workspace, filter);
    if (!conditions) return { rows: [], more: false };
    const { reader, statements } = this.#database;
    const rows = await statements.all(
      reader,
      pageName('groups', request),
      { ...conditions, ...pageValues(request) },
      (values) => {
        const list = matchingGroups(reader, values).select(GROUP_COLUMNS);
        return pageQuery(list, ORDER_COLUMNS[request.ordering.field], request, values);
      },
    );
    return pageOf(rows.map(toGroup), request);
  }

  /** Whether the filter matches a group at the position or on this side of it. */
  async existsFrom(ordering: GroupOrdering, side: Side, position: Position, filter: GroupFilter): Promise<boolean> {
    const conditions = groupConditions(this.#workspace, filter);
    if (!conditions) return false;
    const place = from(ORDER_COLUMNS[ordering.field], ordering, side, position);
    const query = matchingGroups(this.#database.reader, conditions).where(place).select(sql.lit(1).as('found'));
    return (await query.limit(1).executeTakeFirst()) !== undefined;
  }

  /** How many groups the filter matches. */
  async count(filter: GroupFilter): Promise<number> {
    const conditions = groupConditions(this.#workspace, filter);
    if (!conditions) return 0;
    const { count } = await matchingGroups(this.#database.reader, conditions)
      .select((eb) => eb.fn.countAll<number>().as('count'))
      .executeTakeFirstOrThrow();
    return Number(count);
  }

  /** The group, or null when there is none. */
  async find(reference: GroupReference): Promise<Group | null> {
    return findGroup(this.#database, this.#database.reader, this.#workspace, reference);
  }

  /** Those of the groups that there are, in no order. */
  async byUuids(uuids: readonly string[]): Promise<Group[]> {
    const conditions = groupConditions(this.#workspace, { uuids });
    if (!conditions) return [];
    return (await matchingGroups(this.#database.reader, conditions).select(GROUP_COLUMNS).execute()).map(toGroup);
  }

  /** The groups of these numbers, deleted ones included, for the campaigns that still name them. */
  async byIds(ids: readonly number[]): Promise<Group[]> {
    const rows = await this.#database.reader
      .selectFrom('groups')
      .where('groups.workspace_id', '=', this.#workspace)
      .where('groups.id', 'in', ids)
      .select(GROUP_COLUMNS)
      .execute();
    return rows.map(toGroup);
  }

  /** Creates a manual group without contacts. */
  async create(input: { name: string }): Promise<Result<Group>> {
    return this.#writing(async (db) => {
      const parsed = parseName(input.name);
      if ('errors' in parsed) return parsed;
      const taken = await this.#nameTaken(db, parsed.name.key);
      if (taken) return { errors: [taken] };

      const row = await db
        .insertInto('groups')
        .values({
          workspace_id: this.#workspace,
          uuid: newUuid(),
          name: parsed.name.text,
          name_key: parsed.name.key,
          kind: 'manual',
          is_system: 0,
          query: null,
          status: 'ready',
          contact_count: 0,
          is_active: 1,
          created_on: now(),
        })
        .returning(GROUP_COLUMNS)
        .executeTakeFirstOrThrow();
      return { value: toGroup(row) };
    });
  }

  /** Gives a group another name. */
  async rename(uuid: string, input: { name: string }): Promise<Result<Group>> {
    return this.#writing(async (db) => {
      const group = await findGroup(this.#database, db, this.#workspace, { uuid });
      if (!group) return { errors: [notFound(uuid)] };
      if (group.system) return { errors: [systemGroup(group, 'renamed')] };
      const parsed = parseName(input.name);
      if ('errors' in parsed) return parsed;
      const taken = await this.#nameTaken(db, parsed.name.key, group.id);
      if (taken) return { errors: [taken] };

      const row = await db
        .updateTable('groups')
        .set({ name: parsed.name.text, name_key: parsed.name.key })
        .where('workspace_id', '=', this.#workspace)
        .where('id', '=', group.id)
        .returning(GROUP_COLUMNS)
        .executeTakeFirstOrThrow();
      return { value: toGroup(row) };
    });
  }

  /** Deletes a group that no campaign in use is run against; returns it as it was. */
  async delete(uuid: string): Promise<Result<Group>> {
    return this.#writing(async (db) => {
      const group = await findGroup(this.#database, db, this.#workspace, { uuid });
      if (!group) return { errors: [notFound(uuid)] };
      if (group.system) return { errors: [systemGroup(group, 'deleted')] };
      const using = await db
        .selectFrom('campaigns')
        .select('name')
        .where('workspace_id', '=', this.#workspace)
        .where('group_id', '=', group.id)
        .where(live('is_active'))
        .where('is_archived', '=', 0)
        .limit(1)
        .executeTakeFirst();
      if (using) return { errors: [inUse(group, using.name)] };

      await db
        .updateTable('groups')
        .set({ is_active: 0 })
        .where('workspace_id', '=', this.#workspace)
        .where('id', '=', group.id)
        .execute();
      return { value: group };
    });
  }

  async #writing(work: (db: Kysely<Tables>) => Promise<Result<Group>>): Promise<Result<Group>> {
    try {
      return await this.#database.write(work);
    } catch (error) {
      // Another process took the name between the look and the write.
      if (this.#database.isUniqueViolation(error)) return { errors: [nameTaken()] };
      throw error;
    }
  }

  async #nameTaken(db: Kysely<Tables>, key: string, except = 0): Promise<UserError | null> {
    const other = await db
      .selectFrom('groups')
      .select('name')
      .where('workspace_id', '=', this.#workspace)
      .where('name_key', '=', key)
      .where(live('is_active'))
      .where('id', '!=', except)
      .executeTakeFirst();
    return other ? nameTaken(other.name) : null;
  }
}

/** The group of the workspace that the reference names, or null. Status groups cannot be named. */
export async function findGroup(
  { statements }: Database,
  db: Kysely<Tables>,
  workspace: WorkspaceId,
  reference: GroupReference,
): Promise<Group | null> {
  for (const conditions of referenceConditions(workspace, reference)) {
    const row = await statements.first(db, 'group', conditions, (values) =>
      matchingGroups(db, values).select(GROUP_COLUMNS),
    );
    if (row) return toGroup(row);
  }
  return null;
}
