import type { WorkspaceId } from '../database/tables.ts';
import type { DueWebhook } from '../model/webhook-progress.ts';
import { dueWebhooks } from '../model/webhook-progress.ts';
import type { DeliveryParts } from './delivery.ts';
import { deliver, LEASE_DURATION } from './delivery.ts';

/** How often, in ms, the process looks for changes that are to be sent. */
const LOOK = 1000;

/**
 * How many webhooks are sent to at the same time, how many of them may be of one workspace, and how many may be failing ones. A receiver
 * that does not answer keeps its place until the time of the delivery is up. When a receiver that many workspaces use fails so, the
 * others still have places.
 */
const AT_ONCE = { all: 32, ofWorkspace: 4, failing: 16 };

/** How many due webhooks are read at once. */
const READ = 8 * AT_ONCE.all;

/** How long, in ms, a delivery may go on when the server stops. */
const STOP = 3000;

export interface Deliveries {
  /** Starts no more deliveries. Resolves when the running ones have ended and their results are written. */
  stop(): Promise<void>;
}

/**
 * Sends the changes of all workspaces to their webhooks from now on, as long as the server runs. The deliveries of one webhook
 * follow one another; different webhooks are sent to in parallel, up to the limits of AT_ONCE. Several instances share the work: a
 * webhook is leased to one of them at a time. Calls `onError` when the database cannot be used, and goes on at a later look.
 * @param look The time, in ms, between two looks for changes.
 */
export function startDeliveries(parts: DeliveryParts, onError: (error: unknown) => void, look = LOOK): Deliveries {
  const stopping = new AbortController();
  const abort = new AbortController();
  const signals = { stopping: stopping.signal, abort: abort.signal };
  const running = new Map<string, { readonly webhook: DueWebhook; readonly ended: Promise<void> }>();
  /** Webhooks that were due when they were last read, and whose deliveries have not begun. */
  let due: DueWebhook[] = [];
  let readAt = Number.NEGATIVE_INFINITY;
  let wake = () => {};
  let isWoken = false;

  const lookAgain = (): void => {
    isWoken = true;
    wake();
  };

  const begin = (webhook: DueWebhook): void => {
    const run = async (): Promise<void> => {
      try {
        const hasMore = await deliver(parts, webhook, signals);
        if (hasMore || due.length > 0 || running.size >= AT_ONCE.all) lookAgain();
      } catch (error) {
        onError(error);
      } finally {
        running.delete(webhook.uuid);
      }
    };
    running.set(webhook.uuid, { webhook, ended: run() });
  };

  /** How many of the running deliveries are to such webhooks. */
  const count = (isCounted: (webhook: DueWebhook) => boolean): number =>
    [...running.values()].filter(({ webhook }) => isCounted(webhook)).length;
  const countOf = (workspace: WorkspaceId): number => count((webhook) => webhook.workspace === workspace);

  /** Whether there is room for a delivery to one more webhook. */
  const hasRoom = ({ workspace, isFailing }: DueWebhook): boolean =>
    running.size < AT_ONCE.all &&
    countOf(workspace) < AT_ONCE.ofWorkspace &&
    (!isFailing || count((webhook) => webhook.isFailing) < AT_ONCE.failing);

  /** Webhooks of workspaces with fewer running deliveries first. The order is kept among those with as many. */
  const inTurn = (webhooks: readonly DueWebhook[]): DueWebhook[] => {
    const counts = new Map(webhooks.map(({ workspace }) => [workspace, countOf(workspace)]));
    return webhooks.toSorted((a, b) => (counts.get(a.workspace) ?? 0) - (counts.get(b.workspace) ?? 0));
  };

  const beginDue = async (): Promise<void> => {
    // Finding the due webhooks reads all active ones. Where there are thousands of them, it must not happen after each delivery.
    if (due.length === 0 || performance.now() - readAt >= look) {
      readAt = performance.now();
      due = await dueWebhooks(parts.database.reader, { time: parts.clock(), duration: LEASE_DURATION, limit: READ });
    }
    const later: DueWebhook[] = [];
    for (const webhook of inTurn(due)) {
      if (running.has(webhook.uuid)) continue;
      if (hasRoom(webhook)) begin(webhook);
      else later.push(webhook);
    }
    due = later;
  };

  const looking = (async () => {
    while (!stopping.signal.aborted) {
      isWoken = false;
      await beginDue().catch(onError);
      if (isWoken || stopping.signal.aborted) continue;
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, look).unref();
        wake = () => {
          clearTimeout(timer);
          resolve();
        };
      });
    }
  })();

  return {
    async stop() {
      stopping.abort();
      lookAgain();
      const timer = setTimeout(() => abort.abort(), STOP);
      await looking;
      await Promise.all([...running.values()].map(({ ended }) => ended));
      clearTimeout(timer);
      parts.sender.close();
    },
  };
}
