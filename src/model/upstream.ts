import type { DataAccess, Session, WorkspaceWrite } from '../database/database.ts';
import type { Micros, UpstreamState, WorkspaceId } from '../database/tables.ts';
import { isFree } from './lease.ts';
import { lookupKey } from './names.ts';
import { HOUR, MINUTE } from './time.ts';

// The stored state of the account that a workspace mirrors. Only one follower, in one process, has the account's lease at a time: see
// lease.ts. A follower that has lost its lease writes nothing. A write-through is a write that is sent to the account first, and then
// written to the mirror.

/**
 * How long the account's lists may still show the state before a write-through. The account reads its lists from a replica, which may
 * be behind, and a page may have been requested before the write. A write takes less time than this from start to end, so an older
 * unfinished one was started by a process that has stopped.
 */
export const PENDING: Micros = MINUTE;

/** How long write-throughs are stored: one hour, because they count towards the account's hourly limit. */
const REMEMBERED: Micros = HOUR;

/** The state of the account that a workspace is a mirror of. */
export interface Upstream {
  readonly url: string;
  readonly state: UpstreamState;
  /** The reason for the state, in words for any user; null when the state needs no reason. */
  readonly problem: string | null;
  readonly since: Micros;
  readonly lastContactOn: Micros | null;
  /** The mirror has all changes that were made in the account before this time. */
  readonly completeAsOf: Micros | null;
  readonly retryOn: Micros;
  readonly requestsAllowed: number;
  readonly requestsMade: number;
}

const COLUMNS = [
  'url',
  'state',
  'problem',
  'since',
  'last_contact_on as lastContactOn',
  'complete_as_of as completeAsOf',
  'retry_on as retryOn',
  'requests_allowed as requestsAllowed',
  'requests_made as requestsMade',
] as const;

/** The account of a workspace; null when the workspace is a mirror of none. One statement. */
export async function upstreamOf({ db }: Session, workspace: WorkspaceId): Promise<Upstream | null> {
  const row = await db.selectFrom('upstreams').select(COLUMNS).where('workspace_id', '=', workspace).executeTakeFirst();
  return row ?? null;
}

/**
 * The accounts at these addresses that workspaces are kept in. `urls` is not empty. One statement. The rows of other addresses are left
 * out, because a workspace whose account is no longer among the server's is kept here, and nothing follows that account.
 */
export async function upstreamsAt({ db }: Session, urls: readonly string[]): Promise<Upstream[]> {
  return db.selectFrom('upstreams').select(COLUMNS).where('url', 'in', urls).execute();
}

/** The workspace with this UUID, if it is a mirror; null otherwise. */
export async function mirrorNamed({ db }: Session, uuid: string): Promise<WorkspaceId | null> {
  const row = await db
    .selectFrom('workspaces')
    .innerJoin('upstreams', 'upstreams.workspace_id', 'workspaces.id')
    .select('workspaces.id')
    .where('workspaces.uuid', '=', uuid)
    .executeTakeFirst();
  return row?.id ?? null;
}

/** An account that a follower has leased. */
export interface LeasedUpstream {
  readonly workspace: WorkspaceId;
  /** The workspace's UUID. */
  readonly uuid: string;
  readonly holder: string;
  readonly upstream: Upstream;
  readonly failures: number;
  /** JSON. */
  readonly progress: string;
}

/** Leases the account of a workspace until `time + duration`. Returns null when another follower has the lease, or there is no account. */
export async function leaseUpstream(
  database: DataAccess,
  workspace: WorkspaceId,
  { holder, time, duration }: { readonly holder: string; readonly time: Micros; readonly duration: Micros },
): Promise<LeasedUpstream | null> {
  return database.write(workspace, async ({ db }) => {
    const row = await db
      .updateTable('upstreams')
      .set({ holder, held_until: time + duration })
      .where('workspace_id', '=', workspace)
      .where((eb) => eb.or([eb('holder', '=', holder), isFree(time, duration)]))
      .returning([...COLUMNS, 'failures', 'progress'])
      .executeTakeFirst();
    if (!row) return null;
    const { uuid } = await db
      .selectFrom('workspaces')
      .select('uuid')
      .where('id', '=', workspace)
      .executeTakeFirstOrThrow();
    const { failures, progress, ...upstream } = row;
    return { workspace, uuid, holder, upstream, failures, progress };
  });
}

/** What a follower writes of its progress. Members that are left out stay as they are. */
export interface FollowerState {
  readonly state?: UpstreamState;
  readonly problem?: string | null;
  readonly lastContactOn?: Micros;
  readonly completeAsOf?: Micros;
  readonly retryOn?: Micros;
  readonly failures?: number;
  readonly requestsAllowed?: number;
  readonly requestsMade?: number;
  readonly progress?: string;
}

/**
 * Writes a follower's state in the caller's transaction, and extends the lease to `until`; a time that has passed ends it.
 * Returns false when the follower does not have the lease any more. Then the transaction must change nothing.
 */
export async function writeFollower(
  { db }: Pick<Session, 'db'>,
  { workspace, holder }: Pick<LeasedUpstream, 'workspace' | 'holder'>,
  time: Micros,
  until: Micros,
  state: FollowerState,
): Promise<boolean> {
  const row = await db
    .updateTable('upstreams')
    .set(({ eb }) => ({
      held_until: until,
      ...(state.state !== undefined && {
        state: state.state,
        since: eb.case().when('state', '=', state.state).then(eb.ref('since')).else(time).end(),
      }),
      ...(state.problem !== undefined && { problem: state.problem }),
      ...(state.lastContactOn !== undefined && { last_contact_on: state.lastContactOn }),
      ...(state.completeAsOf !== undefined && { complete_as_of: state.completeAsOf }),
      ...(state.retryOn !== undefined && { retry_on: state.retryOn }),
      ...(state.failures !== undefined && { failures: state.failures }),
      ...(state.requestsAllowed !== undefined && { requests_allowed: state.requestsAllowed }),
      ...(state.requestsMade !== undefined && { requests_made: state.requestsMade }),
      ...(state.progress !== undefined && { progress: state.progress }),
    }))
    .where('workspace_id', '=', workspace)
    .where('holder', '=', holder)
    .returning('workspace_id')
    .executeTakeFirst();
  return row !== undefined;
}

/**
 * Records that a write-through has set the object, in the transaction that writes the mirror. `time` is when the account answered.
 * Nothing that the follower requests within PENDING after `time` is applied to this object, because it may be older than the write.
 */
export async function notePending(
  { db }: WorkspaceWrite,
  workspace: WorkspaceId,
  uuid: string,
  time: Micros,
): Promise<void> {
  await db
    .insertInto('upstream_writes')
    .values({ workspace_id: workspace, uuid, written_on: time })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
}

/** A write-through that has started and not ended. */
export interface Send {
  readonly workspace: WorkspaceId;
  /** The UUID of the changed object or, for a new object, the key of its name: see `lookupKey`. */
  readonly target: string;
  readonly sentOn: Micros;
}

/**
 * Records that a write will now be sent. Until it ends, the follower does not change its object: the follower could read the result
 * of the write, and would record it as a change that somebody made in the account.
 */
export async function noteSend({ db }: WorkspaceWrite, { workspace, target, sentOn }: Send): Promise<void> {
  await db
    .deleteFrom('upstream_sends')
    .where('workspace_id', '=', workspace)
    .where('sent_on', '<=', sentOn - PENDING)
    .execute();
  await db
    .insertInto('upstream_sends')
    .values({ workspace_id: workspace, target, sent_on: sentOn })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
}

/** Removes the record of a write that has ended. When the write has a result, call this in the transaction that writes the result. */
export async function forgetSend({ db }: WorkspaceWrite, { workspace, target, sentOn }: Send): Promise<void> {
  await db
    .deleteFrom('upstream_sends')
    .where('workspace_id', '=', workspace)
    .where('target', '=', target)
    .where('sent_on', '=', sentOn)
    .execute();
}

/** The objects that have a write that may be newer than an answer of the account. */
export interface PendingWrites {
  /** @param object With its name when it may be a new object. */
  has(object: { readonly uuid: string; readonly name?: string }): boolean;
}

/** The objects with a write that has not ended, or that may be newer than the answer to a request at the time `requestedOn`. One statement. */
export async function pendingSince(
  { db }: Session,
  workspace: WorkspaceId,
  requestedOn: Micros,
): Promise<PendingWrites> {
  const sends = db
    .selectFrom('upstream_sends')
    .select('target')
    .where('workspace_id', '=', workspace)
    .where('sent_on', '>', requestedOn - PENDING);
  const rows = await db
    .selectFrom('upstream_writes')
    .select('uuid as target')
    .where('workspace_id', '=', workspace)
    .where('written_on', '>', requestedOn - PENDING)
    .unionAll(sends)
    .execute();
  const targets = new Set<string | null>(rows.map(({ target }) => target));
  return {
    has: ({ uuid, name }) =>
      targets.size > 0 && (targets.has(uuid) || (name !== undefined && targets.has(lookupKey(name)))),
  };
}

/**
 * How many write-throughs there were in the last hour. Deletes the records of older ones. Also deletes the records of writes and sends
 * that are more than PENDING in the future: after the clock is set back, their objects would otherwise stay pending until the clock has
 * caught up.
 */
export async function countWrites({ db }: WorkspaceWrite, workspace: WorkspaceId, time: Micros): Promise<number> {
  await db
    .deleteFrom('upstream_writes')
    .where('workspace_id', '=', workspace)
    .where(({ or, eb }) => or([eb('written_on', '<=', time - REMEMBERED), eb('written_on', '>', time + PENDING)]))
    .execute();
  await db
    .deleteFrom('upstream_sends')
    .where('workspace_id', '=', workspace)
    .where('sent_on', '>', time + PENDING)
    .execute();
  const { count } = await db
    .selectFrom('upstream_writes')
    .select(({ fn }) => fn.countAll<number>().as('count'))
    .where('workspace_id', '=', workspace)
    .executeTakeFirstOrThrow();
  return Number(count);
}
