import type { Generated } from 'kysely';

/** The id of a workspace's row. Every query of a workspace's data names one. A request gets it only from access/, by its token. */
export type WorkspaceId = number & { readonly workspace: unique symbol };

/** Microseconds since 1970 in UTC. A whole number, exact to the year 2255. */
export type Micros = number;

/** 0 or 1: a number on every engine, so that the same SQL and the same partial indexes serve them all. */
export type Flag = 0 | 1;

/** A truth value as the columns store it. */
export const flag = (value: boolean): Flag => (value ? 1 : 0);

/** In descending order: each role may do everything that the roles after it may do, and more. */
export const ROLES = ['administrator', 'editor', 'viewer', 'agent'] as const;
export type RoleName = (typeof ROLES)[number];

export const GROUP_KINDS = ['manual', 'smart', 'status'] as const;
export type GroupKindName = (typeof GROUP_KINDS)[number];

export const GROUP_STATUSES = ['initializing', 'evaluating', 'ready', 'invalid'] as const;
export type GroupStatusName = (typeof GROUP_STATUSES)[number];

export type ChangeAction = 'created' | 'updated' | 'archived' | 'restored' | 'deleted';
export type ChangedType = 'Campaign' | 'Group' | 'Member' | 'ApiToken';
/** Through what a change was made. `upstream`: it was made in the account that the workspace is a mirror of. */
export type ChangeOrigin = 'graphql' | 'rest' | 'command' | 'upstream';

export interface WorkspacesTable {
  id: Generated<WorkspaceId>;
  uuid: string;
  name: string;
  /** The number of changes of its campaigns, groups, members and tokens. Each change that database.write records adds one. */
  revision: Generated<number>;
  /** Only on PostgreSQL: see postgres/write-marks.ts. */
  write_marks: Generated<string>;
}

export interface UsersTable {
  id: Generated<number>;
  email: string;
  is_active: Flag;
}

export interface MembershipsTable {
  id: Generated<number>;
  workspace_id: WorkspaceId;
  uuid: string;
  user_id: number;
  /** The user's e-mail address folded for comparison and for order: see encoding/fold.ts. */
  email_key: string;
  role: RoleName;
  /** 0: the user has left. */
  is_active: Flag;
  created_on: Micros;
  /** The revision of its last recorded change. 0: none has been recorded. */
  revision: Generated<number>;
}

export interface ApiTokensTable {
  id: Generated<number>;
  workspace_id: WorkspaceId;
  uuid: string;
  user_id: number;
  /** The name that its owner gave it. */
  name: string;
  /** The highest role that it allows. null: as much as the role of its user. */
  max_role: RoleName | null;
  /** The SHA-256 of the key in hexadecimal. The key itself is kept nowhere. */
  key_hash: string;
  is_active: Flag;
  created_on: Micros;
  /** From this time on the token is refused. null: it does not expire. */
  expires_on: Micros | null;
  /** The start of the day, in UTC, on which the token was last used. null: it has not been used. */
  last_used_on: Micros | null;
  /** The revision of its last recorded change. 0: none has been recorded. */
  revision: Generated<number>;
}

export interface GroupsTable {
  id: Generated<number>;
  workspace_id: WorkspaceId;
  uuid: string;
  name: string;
  /** The name folded for comparison, and for search: see encoding/fold.ts. */
  name_key: string;
  search_key: string;
  kind: GroupKindName;
  is_system: Flag;
  query: string | null;
  status: GroupStatusName;
  contact_count: number;
  is_active: Flag;
  created_on: Micros;
  /** The revision of its last recorded change. 0: none has been recorded. */
  revision: Generated<number>;
}

export interface CampaignsTable {
  id: Generated<number>;
  workspace_id: WorkspaceId;
  group_id: number;
  uuid: string;
  name: string;
  /** The name folded for comparison, and for search: see encoding/fold.ts. */
  name_key: string;
  search_key: string;
  is_archived: Flag;
  /** 0 means deleted. Deleted rows are kept but never shown. */
  is_active: Flag;
  created_on: Micros;
  modified_on: Micros;
  /** The revision of its last recorded change. 0: none has been recorded. */
  revision: Generated<number>;
}

/** The lengths of the lists of a workspace: see model/kept-counts.ts. */
export interface ListCountsTable {
  workspace_id: WorkspaceId;
  /** 0 for the list of the whole workspace. Otherwise the id of the object that the list belongs to, such as a group. */
  parent_id: number;
  /** The list's name, such as `campaigns`. */
  list: string;
  /** 0 also where the objects of a list cannot be archived. */
  is_archived: Flag;
  count: number;
}

/** The result of a write whose request had an idempotency key. A repeated request gets this result again. */
export interface IdempotencyKeysTable {
  workspace_id: WorkspaceId;
  /** The SHA-256 of the caller and the key, in hexadecimal. Callers do not share keys. */
  key_hash: string;
  /** The SHA-256 of what the request asks for, in hexadecimal. It shows whether the key was used for another request. */
  fingerprint: string;
  /** JSON. */
  result: string;
  created_on: Micros;
}

/** The changes of campaigns, groups, members and tokens: one row each, in the order in which they were committed. */
export interface ChangesTable {
  workspace_id: WorkspaceId;
  /** The workspace's revision after the change. There are no gaps; the oldest changes may have been removed. */
  revision: number;
  changed_on: Micros;
  action: ChangeAction;
  type: ChangedType;
  /** The UUID of the changed object. */
  uuid: string;
  /** JSON: see model/change.ts. */
  fields: string;
  origin: ChangeOrigin;
  /** null: the change was made without a token, for example by a command. */
  user_email: string | null;
  token_name: string | null;
}

/** One row: the state of the whole list of changes. */
export interface FeedTable {
  id: number;
  /** 15 hexadecimal digits. A revision has a meaning only together with the epoch: see feed.ts. */
  epoch: string;
}

export type WebhookStatus = 'active' | 'paused' | 'gone' | 'disabled';

/** The receivers of changes, each with its place in the list of changes: see model/webhooks.ts. */
export interface WebhooksTable {
  workspace_id: WorkspaceId;
  uuid: string;
  name: string;
  /** The name folded for comparison: see encoding/fold.ts. */
  name_key: string;
  url: string;
  /** Rises with each change that administrators make of the webhook's settings. */
  settings_revision: number;
  /** In the form that receivers get, with `whsec_`. It is not stored as a hash, because signing needs the secret itself. */
  secret: string;
  /** The secret before the last rotation. Both sign until `previous_until`. */
  previous_secret: string | null;
  previous_until: Micros | null;
  status: WebhookStatus;
  created_on: Micros;
  /** The epoch of the feed that `revision` belongs to. */
  epoch: string;
  /** The last change that was delivered. */
  revision: number;
  /** When the receiver last answered a delivery with success. null: it has not since migration 0017. */
  delivered_on: Micros | null;
  /** How often delivery of the next change has failed. */
  tries: number;
  /** When the deliveries began to fail. null: they do not fail at present. */
  failing_since: Micros | null;
  /** Nothing is sent before this time. 0: nothing has failed. */
  retry_on: Micros;
  last_error: string | null;
  /** Names the run that may send, until `held_until`. Only this run may write the progress. */
  holder: string | null;
  held_until: Micros;
}

/** The last deliveries that have failed. Those that succeed leave no row. */
export interface WebhookFailuresTable {
  workspace_id: WorkspaceId;
  webhook_uuid: string;
  failed_on: Micros;
  /** The change that was to be delivered. */
  revision: number;
  /** The status of the answer. null: there was none. */
  status: number | null;
  error: string;
}

/**
 * `catching-up`: no sweep has been complete yet. `following`: the mirror is kept up to date. `away`: several requests to the
 * account have failed in a row. `refused`: the account refuses the token, or the token is of another workspace. `paused`: so many
 * objects have disappeared that a person must look.
 */
export type UpstreamState = 'catching-up' | 'following' | 'away' | 'refused' | 'paused';

/** The accounts that workspaces are a mirror of: see model/upstream.ts. */
export interface UpstreamsTable {
  workspace_id: WorkspaceId;
  /** The account's address, without `/api/v2`. */
  url: string;
  state: UpstreamState;
  /** Why the workspace is in this state, in words for anyone; null where the state needs no reason. */
  problem: string | null;
  /** When the state began. */
  since: Micros;
  /** When the account last answered a request. */
  last_contact_on: Micros | null;
  /** The mirror has all changes that were made in the account before this time. null: no sweep has been complete yet. */
  complete_as_of: Micros | null;
  /** The account is not asked before this time. */
  retry_on: Generated<Micros>;
  /** How many requests have failed in a row. A rate limit or a refused token sets it to 0. */
  failures: Generated<number>;
  /** How many requests an hour the share allows, and how many were made in the last hour. */
  requests_allowed: Generated<number>;
  requests_made: Generated<number>;
  /** JSON that only the follower reads: see upstream/progress.ts. */
  progress: string;
  /** Names the follower that may ask and write, until `held_until`. */
  holder: string | null;
  held_until: Generated<Micros>;
}

/** The writes that were sent to accounts in the last hour and succeeded there: one row for each write. */
export interface UpstreamWritesTable {
  workspace_id: WorkspaceId;
  /** The UUID of the written object. */
  uuid: string;
  written_on: Micros;
}

/** The writes to accounts that have not ended: they were sent or are about to be, and their results are not stored here yet. */
export interface UpstreamSendsTable {
  workspace_id: WorkspaceId;
  /** The UUID of the changed object; for a new object its name_key. */
  target: string;
  sent_on: Micros;
}

export interface Tables {
  workspaces: WorkspacesTable;
  users: UsersTable;
  memberships: MembershipsTable;
  api_tokens: ApiTokensTable;
  groups: GroupsTable;
  campaigns: CampaignsTable;
  list_counts: ListCountsTable;
  idempotency_keys: IdempotencyKeysTable;
  changes: ChangesTable;
  feed: FeedTable;
  webhooks: WebhooksTable;
  webhook_failures: WebhookFailuresTable;
  upstreams: UpstreamsTable;
  upstream_writes: UpstreamWritesTable;
  upstream_sends: UpstreamSendsTable;
}
