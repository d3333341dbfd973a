import type { WorkspaceId } from '../database/tables.ts';
import type { DueWebhook } from '../model/webhook-progress.ts';
import { dueWebhooks } from '../model/webhook-progress.ts';
import { paused } from '../waiting/paused.ts';
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
  return new RunningDeliveries(parts, onError, look);
}

class RunningDeliveries implements Deliveries {
  readonly #parts: DeliveryParts;
  readonly #onError: (error: unknown) => void;
  readonly #look: number;
  readonly #stopping = new AbortController();
  readonly #abort = new AbortController();
  /** By the UUID of the webhook. */
  readonly #running = new Map<string, { readonly webhook: DueWebhook; readonly ended: Promise<void> }>();
  /** Webhooks that were due when they were last read, and whose deliveries have not begun. */
  #due: DueWebhook[] = [];
  #readAt = Number.NEGATIVE_INFINITY;
  /** Ends the wait for the next look. */
  #wake = new AbortController();
  readonly #looking: Promise<void>;

  constructor(parts: DeliveryParts, onError: (error: unknown) => void, look: number) {
    this.#parts = parts;
    this.#onError = onError;
    this.#look = look;
    this.#looking = this.#lookRepeatedly();
  }

  async stop(): Promise<void> {
    this.#stopping.abort();
    this.#wake.abort();
    const timer = setTimeout(() => this.#abort.abort(), STOP);
    await this.#looking;
    await Promise.all([...this.#running.values()].map(({ ended }) => ended));
    clearTimeout(timer);
    this.#parts.sender.close();
  }

  async #lookRepeatedly(): Promise<void> {
    while (!this.#stopping.signal.aborted) {
      // It is made before the look, because a delivery that ends during the look asks for another one.
      this.#wake = new AbortController();
      await this.#beginDue().catch(this.#onError);
      await paused(this.#look, this.#wake.signal);
    }
  }

  /** Begins as many of the due deliveries as there is room for. */
  async #beginDue(): Promise<void> {
    const { database, clock } = this.#parts;
    // Finding the due webhooks reads all active ones. Where there are thousands of them, it must not happen after each delivery.
    if (this.#due.length === 0 || performance.now() - this.#readAt >= this.#look) {
      this.#readAt = performance.now();
      this.#due = await dueWebhooks(database.reader, { time: clock(), duration: LEASE_DURATION, limit: READ });
    }
    const later: DueWebhook[] = [];
    for (const webhook of this.#inTurn(this.#due)) {
      if (this.#running.has(webhook.uuid)) continue;
      if (this.#hasRoom(webhook)) this.#running.set(webhook.uuid, { webhook, ended: this.#deliver(webhook) });
      else later.push(webhook);
    }
    this.#due = later;
  }

  /** Whether there is room for a delivery to one more webhook. */
  #hasRoom({ workspace, isFailing }: DueWebhook): boolean {
    return (
      this.#running.size < AT_ONCE.all &&
      this.#countOf(workspace) < AT_ONCE.ofWorkspace &&
      (!isFailing || this.#count((webhook) => webhook.isFailing) < AT_ONCE.failing)
    );
  }

  /** Webhooks of workspaces with fewer running deliveries first. The order is kept among those with as many. */
  #inTurn(webhooks: readonly DueWebhook[]): DueWebhook[] {
    const counts = new Map(webhooks.map(({ workspace }) => [workspace, this.#countOf(workspace)]));
    return webhooks.toSorted((a, b) => (counts.get(a.workspace) ?? 0) - (counts.get(b.workspace) ?? 0));
  }

  #countOf(workspace: WorkspaceId): number {
    return this.#count((webhook) => webhook.workspace === workspace);
  }

  /** How many of the running deliveries are to such webhooks. */
  #count(isCounted: (webhook: DueWebhook) => boolean): number {
    return [...this.#running.values()].filter(({ webhook }) => isCounted(webhook)).length;
  }

  async #deliver(webhook: DueWebhook): Promise<void> {
    try {
      const signals = { stopping: this.#stopping.signal, abort: this.#abort.signal };
      const hasMore = await deliver(this.#parts, webhook, signals);
      if (hasMore || this.#due.length > 0 || this.#running.size >= AT_ONCE.all) this.#wake.abort();
    } catch (error) {
      this.#onError(error);
    } finally {
      this.#running.delete(webhook.uuid);
    }
  }
}
