import type { DataAccess, Session, WorkspaceWrite } from '../database/database.ts';
import type { Micros, WebhookStatus, WorkspaceId } from '../database/tables.ts';
import { hasCome, isFree } from './lease.ts';
import { DAY } from './time.ts';

// The progress of deliveries, as stored with the webhooks. A run leases a webhook, so that only one run of one instance sends to it.
// A run loses its lease when the lease has ended and another run takes the webhook over, or when an
// administrator changes the webhook. Then it writes nothing.

/** How many failures of a webhook are kept. */
export const MAX_FAILURES = 20;

/** The longest delay before a retry, to which some jitter is added. */
export const MAX_RETRY_DELAY: Micros = DAY;

/** How far in the future a retry can be. Up to twice the longest delay counts, because of the jitter, and because clocks of instances differ. */
const LATEST_RETRY = 2 * MAX_RETRY_DELAY;

/** Names a webhook. */
export interface WebhookReference {
  readonly workspace: WorkspaceId;
  readonly uuid: string;
}

/** A webhook that has changes to send. */
export interface DueWebhook extends WebhookReference {
  /** Whether its last delivery has failed. */
  readonly isFailing: boolean;
}

/** A webhook that a run has leased. */
export interface LeasedWebhook extends WebhookReference {
  readonly workspaceUuid: string;
  readonly url: string;
  /** The newest one first. */
  readonly secrets: readonly string[];
  /** The epoch of the feed at present. */
  readonly epoch: string;
  /** Whether `revision` is of an earlier epoch. */
  readonly outdated: boolean;
  /** The last change that was delivered. */
  readonly revision: number;
  /** How often the next change could not be delivered. */
  readonly tries: number;
  readonly failingSince: Micros | null;
  /** Names the run. */
  readonly holder: string;
}

/**
 * Webhooks that have changes to send, that are not leased, and whose retry time has come. Those that fail come last, because a receiver
 * that does not answer keeps others waiting. Among the rest, and among those that fail, the one that has waited longest comes first.
 * @param duration How long a lease lasts.
 */
export async function dueWebhooks(
  session: Session,
  { time, duration, limit }: { readonly time: Micros; readonly duration: Micros; readonly limit: number },
): Promise<DueWebhook[]> {
  const rows = await session.db
    .selectFrom('webhooks')
    .innerJoin('workspaces', 'workspaces.id', 'webhooks.workspace_id')
    .innerJoin('feed', (join) => join.on('feed.id', '=', 1))
    .select(['webhooks.workspace_id as workspace', 'webhooks.uuid', 'webhooks.tries'])
    .where('webhooks.status', '=', 'active')
    .where(hasCome('webhooks.retry_on', time, LATEST_RETRY))
    .where(isFree(time, duration))
    .where((eb) =>
      eb.or([
        eb('webhooks.revision', '<', eb.ref('workspaces.revision')),
        eb('webhooks.epoch', '<>', eb.ref('feed.epoch')),
      ]),
    )
    .orderBy((eb) => eb('webhooks.tries', '>', 0))
    .orderBy('webhooks.held_until')
    .limit(limit)
    .execute();
  return rows.map(({ workspace, uuid, tries }) => ({ workspace, uuid, isFailing: tries > 0 }));
}

/** Leases a webhook until `time + duration`. Returns null when another run was faster, or when nothing may be sent now. */
export async function leaseWebhook(
  database: DataAccess,
  { workspace, uuid }: WebhookReference,
  { holder, time, duration }: { readonly holder: string; readonly time: Micros; readonly duration: Micros },
): Promise<LeasedWebhook | null> {
  return database.write(workspace, async ({ db }) => {
    const row = await db
      .updateTable('webhooks')
      .set({ holder, held_until: time + duration })
      .where('workspace_id', '=', workspace)
      .where('uuid', '=', uuid)
      .where('status', '=', 'active')
      .where(hasCome('retry_on', time, LATEST_RETRY))
      .where(isFree(time, duration))
      .returning(['url', 'secret', 'previous_secret', 'previous_until', 'epoch', 'revision', 'tries', 'failing_since'])
      .executeTakeFirst();
    if (!row) return null;
    const { epoch, workspaceUuid } = await db
      .selectFrom('workspaces')
      .innerJoin('feed', (join) => join.on('feed.id', '=', 1))
      .select(['feed.epoch', 'workspaces.uuid as workspaceUuid'])
      .where('workspaces.id', '=', workspace)
      .executeTakeFirstOrThrow();
    const previous = row.previous_until !== null && row.previous_until > time ? row.previous_secret : null;
    return {
      workspace,
      uuid,
      workspaceUuid,
      url: row.url,
      secrets: previous === null ? [row.secret] : [row.secret, previous],
      epoch,
      outdated: row.epoch !== epoch,
      revision: row.revision,
      tries: row.tries,
      failingSince: row.failing_since,
      holder,
    };
  });
}

/** How far a run has come. */
export interface Delivered {
  /** The revision of the last change that was delivered. */
  readonly delivered: number;
  /** When the receiver last answered with success. null: it has not in this run. */
  readonly deliveredOn: Micros | null;
}

/**
 * Writes what was delivered, and extends the lease to `until`. A time that has passed ends the lease. Returns false, and writes
 * nothing, when the run does not have the lease any more.
 */
export async function writeDelivered(
  database: DataAccess,
  leased: LeasedWebhook,
  sent: Delivered,
  until: Micros,
): Promise<boolean> {
  return database.write(leased.workspace, async (write) => {
    const row = await leasedRow(write, leased)
      .set({
        epoch: leased.epoch,
        revision: sent.delivered,
        ...timeColumn(sent),
        tries: 0,
        failing_since: null,
        retry_on: 0,
        last_error: null,
        held_until: until,
      })
      .returning('uuid')
      .executeTakeFirst();
    return row !== undefined;
  });
}

/** Ends the lease at `time`, and changes nothing else, because nothing was delivered. */
export async function releaseWebhook(database: DataAccess, leased: LeasedWebhook, time: Micros): Promise<void> {
  await database.write(leased.workspace, async (write) => {
    await leasedRow(write, leased).set({ held_until: time }).execute();
  });
}

/** A failed delivery, and the webhook's new state. */
export interface FailedDelivery extends Delivered {
  /** The revision of the change whose delivery has failed. */
  readonly revision: number;
  readonly failedOn: Micros;
  readonly failingSince: Micros;
  readonly tries: number;
  readonly retryOn: Micros;
  readonly status: WebhookStatus;
  readonly answer: number | null;
  readonly error: string;
}

/** Writes that a delivery has failed, and ends the lease. Returns false, and writes nothing, when the run does not have it any more. */
export async function writeFailed(
  database: DataAccess,
  leased: LeasedWebhook,
  failed: FailedDelivery,
): Promise<boolean> {
  const { workspace, uuid } = leased;
  return database.write(workspace, async (write) => {
    const row = await leasedRow(write, leased)
      .set({
        // While the receiver has not been told of the new epoch, its position stays in the old one.
        ...(leased.outdated ? {} : { epoch: leased.epoch, revision: failed.delivered }),
        ...timeColumn(failed),
        status: failed.status,
        tries: failed.tries,
        failing_since: failed.failingSince,
        retry_on: failed.retryOn,
        last_error: failed.error,
        held_until: failed.failedOn,
      })
      .returning('uuid')
      .executeTakeFirst();
    if (!row) return false;
    const { failedOn, revision, answer, error } = failed;
    await write.db
      .insertInto('webhook_failures')
      .values({ workspace_id: workspace, webhook_uuid: uuid, failed_on: failedOn, revision, status: answer, error })
      .onConflict((conflict) =>
        conflict
          .columns(['workspace_id', 'webhook_uuid', 'failed_on'])
          .doUpdateSet({ revision, status: answer, error }),
      )
      .execute();
    await removeOldFailures(write, leased);
    return true;
  });
}

/** How many webhooks are failing or paused now, and how many changes still have to be sent to the active ones. */
export interface WebhookTotals {
  readonly failing: number;
  readonly paused: number;
  readonly waiting: number;
}

/** One statement over all workspaces. */
export async function webhookTotals({ db }: Session): Promise<WebhookTotals> {
  const rows = await db
    .selectFrom('webhooks')
    .innerJoin('workspaces', 'workspaces.id', 'webhooks.workspace_id')
    .select(['webhooks.status', 'webhooks.failing_since', 'webhooks.revision', 'workspaces.revision as newest'])
    .where('webhooks.status', 'in', ['active', 'paused'])
    .execute();
  const active = rows.filter(({ status }) => status === 'active');
  return {
    failing: active.filter(({ failing_since: since }) => since !== null).length,
    paused: rows.length - active.length,
    waiting: active.reduce((sum, { revision, newest }) => sum + Math.max(0, newest - revision), 0),
  };
}

function timeColumn({ deliveredOn }: Delivered): { delivered_on?: Micros } {
  return deliveredOn === null ? {} : { delivered_on: deliveredOn };
}

function leasedRow({ db }: WorkspaceWrite, { workspace, uuid, holder }: LeasedWebhook) {
  return db
    .updateTable('webhooks')
    .where('workspace_id', '=', workspace)
    .where('uuid', '=', uuid)
    .where('holder', '=', holder);
}

async function removeOldFailures({ db }: WorkspaceWrite, { workspace, uuid }: WebhookReference): Promise<void> {
  const last = await db
    .selectFrom('webhook_failures')
    .select('failed_on')
    .where('workspace_id', '=', workspace)
    .where('webhook_uuid', '=', uuid)
    .orderBy('failed_on', 'desc')
    .limit(MAX_FAILURES)
    .execute();
  const oldest = last.at(-1);
  if (!oldest) return;
  await db
    .deleteFrom('webhook_failures')
    .where('workspace_id', '=', workspace)
    .where('webhook_uuid', '=', uuid)
    .where('failed_on', '<', oldest.failed_on)
    .execute();
}
