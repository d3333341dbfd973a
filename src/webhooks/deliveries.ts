import type { WorkspaceId } from '../database/tables.ts';
import type { WebhookReference } from '../model/webhook-progress.ts';
import { dueWebhooks } from '../model/webhook-progress.ts';
import type { DeliveryParts } from './delivery.ts';
import { deliver, LEASE_DURATION } from './delivery.ts';

/** How often, in ms, the process looks for changes that are to be sent. */
const LOOK = 1000;

/** How many webhooks are sent to at the same time, and how many of them may be of one workspace. */
const AT_ONCE = { all: 32, ofWorkspace: 4 };

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
  const running = new Map<string, { readonly reference: WebhookReference; readonly ended: Promise<void> }>();
  /** Webhooks that were due when they were last read, and whose deliveries have not begun. Those that have waited longest come first. */
  let due: WebhookReference[] = [];
  let readAt = Number.NEGATIVE_INFINITY;
  let wake = () => {};
  let isWoken = false;

  const lookAgain = (): void => {
    isWoken = true;
    wake();
  };

  const begin = (reference: WebhookReference): void => {
    const run = async (): Promise<void> => {
      try {
        const hasMore = await deliver(parts, reference, signals);
        if (hasMore || due.length > 0 || running.size >= AT_ONCE.all) lookAgain();
      } catch (error) {
        onError(error);
      } finally {
        running.delete(reference.uuid);
      }
    };
    running.set(reference.uuid, { reference, ended: run() });
  };

  /** Whether there is room for one more delivery of a workspace. */
  const hasRoom = (workspace: WorkspaceId): boolean => {
    const ofWorkspace = [...running.values()].filter(({ reference }) => reference.workspace === workspace);
    return running.size < AT_ONCE.all && ofWorkspace.length < AT_ONCE.ofWorkspace;
  };

  const beginDue = async (): Promise<void> => {
    // Finding the due webhooks reads all active ones. Where there are thousands of them, it must not happen after each delivery.
    if (due.length === 0 || performance.now() - readAt >= look) {
      readAt = performance.now();
      due = await dueWebhooks(parts.database.reader, { time: parts.clock(), duration: LEASE_DURATION, limit: READ });
    }
    const later: WebhookReference[] = [];
    for (const reference of due) {
      if (running.has(reference.uuid)) continue;
      if (hasRoom(reference.workspace)) begin(reference);
      else later.push(reference);
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
