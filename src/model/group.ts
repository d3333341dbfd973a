import type { Flag, GroupKindName, GroupStatusName, Micros } from '../database/tables.ts';

/** What is known of a group wherever a campaign names it. */
export interface GroupSummary {
  readonly id: number;
  readonly uuid: string;
  readonly name: string;
}

/** A set of contacts that campaigns are run against. */
export interface Group extends GroupSummary {
  readonly query: string | null;
  readonly status: GroupStatusName;
  readonly system: boolean;
  readonly contactCount: number;
  readonly createdOn: Micros;
}

/** The kinds of groups that are shown: those of kind `status` mirror a contact's status, and never are. */
export type GroupKind = Exclude<GroupKindName, 'status'>;

/** One group, named by one of these. Names are compared without case and not trimmed. */
export type GroupReference =
  | { readonly uuid: string }
  | { readonly name: string }
  /** A UUID in any spelling, and if there is no such group, a name. */
  | { readonly uuidOrName: string };

export const GROUP_COLUMNS = [
  'groups.id',
  'groups.uuid',
  'groups.name',
  'groups.query',
  'groups.status',
  'groups.is_system',
  'groups.contact_count',
  'groups.created_on',
] as const;

/** A row of GROUP_COLUMNS. */
export interface GroupRow {
  id: number;
  uuid: string;
  name: string;
  query: string | null;
  status: GroupStatusName;
  is_system: Flag;
  contact_count: number;
  created_on: Micros;
}

export function toGroup({ is_system, contact_count, created_on, ...row }: GroupRow): Group {
  return { ...row, system: is_system === 1, contactCount: contact_count, createdOn: created_on };
}
