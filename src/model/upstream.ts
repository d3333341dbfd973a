import type { DataAccess, Session, WorkspaceWrite } from '../database/database.ts';
import type { Micros, UpstreamState, WorkspaceId } from '../database/tables.ts';
import { isFree } from './hold.ts';
import { lookupKey } from './names.ts';

// What is kept of the account that a workspace is a mirror of. One follower of one process holds it for a time, as a run of
// deliveries holds a webhook. A follower that has lost its hold writes nothing.

const SECOND: Micros = 1_000_000;

/**
 * For so long a write through is newer than what the account's lists say: they are read from a replica, which may be behind, and a
 * page may have been asked for before the write. A write takes less time from its start to its end, so that one which is older was
 * begun by a process that has stopped.
 */
export const PENDING: Micros = 60 * SECOND;

/** For so long writes are remembered: they count in the account's limit, which is of an hour. */
const REMEMBERED: Micros = 3600 * SECOND;

/** The state of the account that a workspace is a mirror of. */
export interface Upstream {
  readonly url: string;
  readonly state: UpstreamState;
  /** Why, in words for anyone; null where the state needs no reason. */
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

/** The accounts of all workspaces. One statement. */
export async function allUpstreams({ db }: Session): Promise<Upstream[]> {
  return db.selectFrom('upstreams').select(COLUMNS).execute();
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

/** What a follower holds. */
export interface HeldUpstream {
  readonly workspace: WorkspaceId;
  readonly holder: string;
  readonly upstream: Upstream;
  readonly failures: number;
  /** JSON. */
  readonly progress: string;
}

/** Holds the account of a workspace for a time. null when another follower holds it, or there is none. */
export async function holdUpstream(
  database: DataAccess,
  workspace: WorkspaceId,
  { holder, time, hold }: { readonly holder: string; readonly time: Micros; readonly hold: Micros },
): Promise<HeldUpstream | null> {
  return database.write(workspace, async ({ db }) => {
    const row = await db
      .updateTable('upstreams')
      .set({ holder, held_until: time + hold })
      .where('workspace_id', '=', workspace)
      .where((eb) => eb.or([eb('holder', '=', holder), isFree(time, hold)]))
      .returning([...COLUMNS, 'failures', 'progress'])
      .executeTakeFirst();
    if (!row) return null;
    const { failures, progress, ...upstream } = row;
    return { workspace, holder, upstream, failures, progress };
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
 * Writes a follower's state in a transaction, and holds the account until another time; with a time that has passed it is free.
 * Returns whether the follower had held it still. Where it had not, the transaction must change nothing.
 */
export async function writeFollower(
  { db }: Pick<Session, 'db'>,
  { workspace, holder }: Pick<HeldUpstream, 'workspace' | 'holder'>,
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
 * Notes in the transaction of a write through that the account has the object as it is now. For PENDING after `time`, which is when
 * the account's answer came, nothing that the follower reads undoes it.
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

/** A write that is under way to the account. */
export interface Send {
  readonly workspace: WorkspaceId;
  /** The UUID of the object that is changed, or the key of a new one's name: see `lookupKey`. */
  readonly target: string;
  readonly sentOn: Micros;
}

/**
 * Notes that a write is about to be sent. The follower leaves its object alone meanwhile: what it reads may be what the write has
 * just done, and would be recorded as done by somebody in the account.
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

/** Forgets a write that is over: in the transaction that writes what has become of it. */
export async function forgetSend({ db }: WorkspaceWrite, { workspace, target, sentOn }: Send): Promise<void> {
  await db
    .deleteFrom('upstream_sends')
    .where('workspace_id', '=', workspace)
    .where('target', '=', target)
    .where('sent_on', '=', sentOn)
    .execute();
}

/** The objects whose writes are newer than what was asked for. */
export interface PendingWrites {
  /** @param object With its name where it may be a new one. */
  has(object: { readonly uuid: string; readonly name?: string }): boolean;
}

/** The objects whose writes are under way, or newer than what was asked for at this time. One statement. */
export async function pendingSince({ db }: Session, workspace: WorkspaceId, asked: Micros): Promise<PendingWrites> {
  const sends = db
    .selectFrom('upstream_sends')
    .select('target')
    .where('workspace_id', '=', workspace)
    .where('sent_on', '>', asked - PENDING);
  const rows = await db
    .selectFrom('upstream_writes')
    .select('uuid as target')
    .where('workspace_id', '=', workspace)
    .where('written_on', '>', asked - PENDING)
    .unionAll(sends)
    .execute();
  const targets = new Set<string | null>(rows.map(({ target }) => target));
  return {
    has: ({ uuid, name }) =>
      targets.size > 0 && (targets.has(uuid) || (name !== undefined && targets.has(lookupKey(name)))),
  };
}

/**
 * How many writes were sent through in the last hour. Forgets those before, and those that lie ahead, because a clock that was set back
 * would otherwise leave their objects pending until it is there again.
 */
export async function countWrites({ db }: WorkspaceWrite, workspace: WorkspaceId, time: Micros): Promise<number> {
  await db
    .deleteFrom('upstream_writes')
    .where('workspace_id', '=', workspace)
    .where(({ or, eb }) => or([eb('written_on', '<=', time - REMEMBERED), eb('written_on', '>', time + PENDING)]))
    .execute();
  const { count } = await db
    .selectFrom('upstream_writes')
    .select(({ fn }) => fn.countAll<number>().as('count'))
    .where('workspace_id', '=', workspace)
    .executeTakeFirstOrThrow();
  return Number(count);
}
