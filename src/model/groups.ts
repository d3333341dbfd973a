import type { Kysely } from 'kysely';
import { sql } from 'kysely';
import type { Database } from '../database/database.ts';
import type { Flag, GroupKindName, GroupStatusName, Micros, Tables, WorkspaceId } from '../database/tables.ts';
import { containing, live, matchesNothing } from './filters.ts';
import { lookupKey, parseName } from './names.ts';
import type { Page, PageRequest, Position } from './page.ts';
import { from, pageOf, pageQuery } from './page.ts';
import { now } from './time.ts';
import type { Result, UserError } from './user-error.ts';
import { newUuid, parseUuid } from './uuid.ts';

/** A set of contacts that campaigns are run against. */
export interface Group {
  readonly id: number;
  readonly uuid: string;
  readonly name: string;
  readonly nameKey: string;
  readonly query: string | null;
  readonly status: GroupStatusName;
  readonly system: boolean;
  readonly contactCount: number;
  readonly createdOn: Micros;
}

/** One group, named by one of these. Names are compared without case and not trimmed. */
export type GroupReference =
  | { readonly uuid: string }
  | { readonly name: string }
  /** A UUID in any spelling, and if there is no such group, a name. */
  | { readonly uuidOrName: string };

/** The kinds of groups that are shown: those of kind `status` never are. */
export type GroupKindShown = Exclude<GroupKindName, 'status'>;

export interface GroupFilter {
  readonly uuids?: readonly string[] | undefined;
  readonly name?: string | undefined;
  readonly kind?: GroupKindShown | undefined;
  readonly statuses?: readonly GroupStatusName[] | undefined;
  readonly search?: string | undefined;
}

export type GroupOrderField = 'created' | 'name';
export type GroupOrdering = PageRequest<GroupOrderField>['ordering'];

const ORDER_COLUMNS = {
  created: { key: 'groups.created_on', id: 'groups.id' },
  name: { key: 'groups.name_key', id: 'groups.id' },
} as const;

export const GROUP_COLUMNS = [
  'groups.id as group_id',
  'groups.uuid as group_uuid',
  'groups.name as group_name',
  'groups.name_key as group_name_key',
  'groups.query as group_query',
  'groups.status as group_status',
  'groups.is_system as group_is_system',
  'groups.contact_count as group_contact_count',
  'groups.created_on as group_created_on',
] as const;

/** A row of GROUP_COLUMNS. */
export interface GroupRow {
  group_id: number;
  group_uuid: string;
  group_name: string;
  group_name_key: string;
  group_query: string | null;
  group_status: GroupStatusName;
  group_is_system: Flag;
  group_contact_count: number;
  group_created_on: Micros;
}

export function toGroup(row: GroupRow): Group {
  return {
    id: row.group_id,
    uuid: row.group_uuid,
    name: row.group_name,
    nameKey: row.group_name_key,
    query: row.group_query,
    status: row.group_status,
    system: row.group_is_system === 1,
    contactCount: row.group_contact_count,
    createdOn: row.group_created_on,
  };
}

/** Where a group stands in a list of this order. */
export function groupPosition(group: Group, { field }: GroupOrdering): Position {
  return { key: field === 'created' ? group.createdOn : group.nameKey, id: group.id };
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
    const query = this.#matching(filter).select(GROUP_COLUMNS);
    const rows = await pageQuery(query, ORDER_COLUMNS[request.ordering.field], request).execute();
    return pageOf(rows.map(toGroup), request);
  }

  /** Whether the filter matches a group at the position or on this side of it. */
  async existsFrom(
    ordering: GroupOrdering,
    side: 'after' | 'before',
    position: Position,
    filter: GroupFilter,
  ): Promise<boolean> {
    const query = this.#matching(filter).select(sql.lit(1).as('found')).limit(1);
    const bounded = from(query, ORDER_COLUMNS[ordering.field], ordering, side, position);
    return (await bounded.executeTakeFirst()) !== undefined;
  }

  /** How many groups the filter matches. */
  async count(filter: GroupFilter): Promise<number> {
    const { count } = await this.#matching(filter)
      .select((eb) => eb.fn.countAll<number>().as('count'))
      .executeTakeFirstOrThrow();
    return Number(count);
  }

  /** The group, or null when there is none. */
  async find(reference: GroupReference): Promise<Group | null> {
    return findGroup(this.#database.reader, this.#workspace, reference);
  }

  /** Those of the groups that there are, in no order. */
  async byUuids(uuids: readonly string[]): Promise<Group[]> {
    if (uuids.length === 0) return [];
    return (await this.#matching({ uuids }).select(GROUP_COLUMNS).execute()).map(toGroup);
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
      const group = await findGroup(db, this.#workspace, { uuid });
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
      const group = await findGroup(db, this.#workspace, { uuid });
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

  #matching(filter: GroupFilter) {
    return matchingGroups(this.#database.reader, this.#workspace, filter);
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
  db: Kysely<Tables>,
  workspace: WorkspaceId,
  reference: GroupReference,
): Promise<Group | null> {
  for (const filter of lookups(reference)) {
    const row = await matchingGroups(db, workspace, filter).select(GROUP_COLUMNS).executeTakeFirst();
    if (row) return toGroup(row);
  }
  return null;
}

/** Which filters to look a reference up by, in this order. */
export function lookups(reference: GroupReference): GroupFilter[] {
  if ('uuid' in reference) return [{ uuids: [reference.uuid] }];
  if ('name' in reference) return [{ name: reference.name }];
  const uuid = parseUuid(reference.uuidOrName);
  return [...(uuid ? [{ uuids: [uuid] }] : []), { name: reference.uuidOrName }];
}

/** The groups that the filter matches: never one that is deleted or that mirrors a contact's status. */
export function matchingGroups(db: Kysely<Tables>, workspace: WorkspaceId, filter: GroupFilter) {
  const { uuids, name, kind, statuses, search } = filter;
  let query = db
    .selectFrom('groups')
    .where('groups.workspace_id', '=', workspace)
    .where(live('groups.is_active'))
    .where('groups.kind', '!=', 'status');
  if (uuids)
    query =
      uuids.length === 1 ? query.where('groups.uuid', '=', uuids[0] ?? '') : query.where('groups.uuid', 'in', uuids);
  if (name !== undefined) {
    const key = lookupKey(name);
    query = key === null ? query.where(matchesNothing) : query.where('groups.name_key', '=', key);
  }
  if (kind) query = query.where('groups.kind', '=', kind);
  if (statuses) query = query.where('groups.status', 'in', statuses);
  if (search) query = query.where(containing('groups.name_key', search));
  return query;
}

function notFound(uuid: string): UserError {
  return { field: ['uuid'], code: 'NOT_FOUND', message: `There is no group with the UUID ${uuid}.` };
}

function systemGroup(group: Group, what: 'renamed' | 'deleted'): UserError {
  return {
    field: null,
    code: 'SYSTEM_GROUP',
    message: `“${group.name}” is a group that the workspace came with; it cannot be ${what}.`,
  };
}

function inUse(group: Group, campaign: string): UserError {
  return {
    field: null,
    code: 'IN_USE',
    message: `“${group.name}” is used by campaigns, “${campaign}” for one. Archive or delete them, or give them another group, first.`,
  };
}

function nameTaken(existing?: string): UserError {
  return {
    field: ['name'],
    code: 'TAKEN',
    message: `There is a group named ${existing ? `“${existing}”` : 'like that'} already. Choose another name.`,
  };
}
