import type { Kysely } from 'kysely';
import type { GroupStatusName, Tables, WorkspaceId } from '../database/tables.ts';
import { containing, like, live } from './filters.ts';
import type { GroupKind, GroupReference } from './group.ts';
import { lookupKey } from './names.ts';
import { parseUuid } from './uuid.ts';

/** Which groups: all the given conditions hold. */
export interface GroupFilter {
  readonly uuids?: readonly string[] | undefined;
  readonly ids?: readonly number[] | undefined;
  readonly name?: string | undefined;
  readonly kind?: GroupKind | undefined;
  readonly statuses?: readonly GroupStatusName[] | undefined;
  /** In the name, without case. */
  readonly search?: string | undefined;
}

/** A filter as the values of a statement. */
export interface GroupConditions {
  readonly workspace: WorkspaceId;
  readonly uuid?: string | undefined;
  readonly uuids?: readonly string[] | undefined;
  readonly ids?: readonly number[] | undefined;
  readonly nameKey?: string | undefined;
  readonly kind?: GroupKind | undefined;
  readonly statuses?: readonly GroupStatusName[] | undefined;
  readonly searchPattern?: string | undefined;
}

/** The conditions that a filter sets; null when no group can meet them. */
export function groupConditions(workspace: WorkspaceId, filter: GroupFilter): GroupConditions | null {
  const { uuids, ids, name, kind, statuses, search } = filter;
  const nameKey = name === undefined ? undefined : lookupKey(name);
  const searchPattern = search ? containing(search) : undefined;
  if (nameKey === null || searchPattern === null || uuids?.length === 0 || statuses?.length === 0) return null;
  return {
    workspace,
    // A single UUID is at most one row, which needs no sorting.
    ...(uuids?.length === 1 ? { uuid: uuids[0] } : { uuids }),
    ids,
    nameKey,
    kind,
    statuses,
    searchPattern,
  };
}

/** The conditions to look a reference up by, one after the other. */
export function referenceConditions(workspace: WorkspaceId, reference: GroupReference): GroupConditions[] {
  if ('uuid' in reference) return [{ workspace, uuid: reference.uuid }];
  const name = 'name' in reference ? reference.name : reference.uuidOrName;
  const uuid = 'name' in reference ? null : parseUuid(name);
  const nameKey = lookupKey(name);
  return [...(uuid === null ? [] : [{ workspace, uuid }]), ...(nameKey === null ? [] : [{ workspace, nameKey }])];
}

/** The groups that meet the conditions: never one that is deleted or that mirrors a contact's status. */
export function matchingGroups(db: Kysely<Tables>, conditions: GroupConditions) {
  const { workspace, uuid, uuids, ids, nameKey, kind, statuses, searchPattern } = conditions;
  let query = db
    .selectFrom('groups')
    .where('groups.workspace_id', '=', workspace)
    .where(live('groups.is_active'))
    .where('groups.kind', '!=', 'status');
  if (uuid !== undefined) query = query.where('groups.uuid', '=', uuid);
  if (uuids) query = query.where('groups.uuid', 'in', uuids);
  if (ids) query = query.where('groups.id', 'in', ids);
  if (nameKey !== undefined) query = query.where('groups.name_key', '=', nameKey);
  if (kind !== undefined) query = query.where('groups.kind', '=', kind);
  if (statuses) query = query.where('groups.status', 'in', statuses);
  if (searchPattern !== undefined) query = query.where(like('groups.name_key', searchPattern));
  return query;
}
