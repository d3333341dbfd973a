import type { Database } from '../database/database.ts';
import type { Micros } from '../database/tables.ts';
import { changesAfter } from '../model/changes.ts';
import { feedState } from '../model/feed-state.ts';
import { newUuid } from '../model/uuid.ts';
import type { LeasedWebhook, WebhookReference } from '../model/webhook-progress.ts';
import { leaseWebhook, releaseWebhook, writeDelivered, writeFailed } from '../model/webhook-progress.ts';
import type { Message } from './message.ts';
import { changeMessage, expiredMessage } from './message.ts';
import { deliveryDelay, isFailingTooLong, requestedDelay } from './schedule.ts';
import type { Sender, Sent } from './send.ts';
import { SEND_TIMEOUT } from './send.ts';
import { signatures } from './signature.ts';
import { SECOND } from '../model/time.ts';

const MS: Micros = 1000;

/** How long a run's lease of a webhook lasts. This is longer than one delivery and its writes can take. */
export const LEASE_DURATION = 2 * SEND_TIMEOUT * MS;

/** How long a run may start new deliveries. Then other webhooks have their turn. */
const RUN: Micros = 10 * SECOND;

/** While a run makes one delivery after another, it writes their success at most once in this time, because each write is a commit. */
const WRITE: Micros = SECOND;

/** How many changes are read at once. */
const PAGE = 50;

/** Callbacks of deliveries. */
export interface DeliveryEvents {
  delivered(): void;
  failed(failure: DeliveryFailure): void;
}

export interface DeliveryFailure extends WebhookReference {
  readonly revision: number;
  readonly tries: number;
  readonly error: string;
  /** `paused`: the webhook has failed for too long. `gone`: the receiver has answered 410, and wants nothing more. */
  readonly state: 'failing' | 'paused' | 'gone';
}

/** What deliveries need. Tests move the clock. */
export interface DeliveryParts {
  readonly database: Database;
  readonly sender: Sender;
  readonly clock: () => Micros;
  readonly events: DeliveryEvents;
}

/** The signals that end a run. `stopping` ends it before the next delivery. `abort` also cancels the running delivery. */
export interface RunSignals {
  readonly stopping: AbortSignal;
  readonly abort: AbortSignal;
}

/**
 * Sends a webhook the changes that it has not received yet, one after another, until there are none, one fails, or the time of the
 * run is over. No change is sent before an earlier one that has failed, so that changes arrive in order. Delivery is at least once: a
 * change that was delivered shortly before a crash is sent again, with the same id. Does nothing when another run has the lease.
 * Resolves with true when there may be more to send at once. Rejects with errors of the database.
 */
export async function deliver(
  parts: DeliveryParts,
  reference: WebhookReference,
  signals: RunSignals,
): Promise<boolean> {
  const { database, clock } = parts;
  const started = clock();
  const leased = await leaseWebhook(database, reference, {
    holder: newUuid(),
    time: started,
    duration: LEASE_DURATION,
  });
  return leased !== null && new Run(parts, leased, signals, started).run();
}

class Run {
  readonly #parts: DeliveryParts;
  readonly #signals: RunSignals;
  readonly #started: Micros;
  #leased: LeasedWebhook;
  /** The last change that was delivered. */
  #delivered: number;
  /** When the receiver last answered with success; null when it has not in this run. */
  #deliveredOn: Micros | null = null;
  #written: Micros;

  constructor(parts: DeliveryParts, leased: LeasedWebhook, signals: RunSignals, started: Micros) {
    this.#parts = parts;
    this.#signals = signals;
    this.#started = started;
    this.#leased = leased;
    this.#delivered = leased.revision;
    this.#written = started;
  }

  async run(): Promise<boolean> {
    while (this.#goesOn) if (!(await this.#page())) return false;
    await this.#release();
    return true;
  }

  get #goesOn(): boolean {
    const passed = this.#parts.clock() - this.#started;
    // A negative time means that the clock was set back. How long the run has taken is unknown then, so the run ends.
    return !this.#signals.stopping.aborted && passed >= 0 && passed < RUN;
  }

  /** Sends a page of changes. Returns false when the run, and its lease, have ended. */
  async #page(): Promise<boolean> {
    const { reader } = this.#parts.database;
    const { workspace, workspaceUuid } = this.#leased;
    const changes = await changesAfter(reader, workspace, this.#delivered, PAGE);
    const state = await feedState(reader, workspace);
    if (this.#leased.outdated || state.removed > this.#delivered) {
      const revision = Math.max(state.removed, Math.min(this.#delivered, state.revision));
      const message = expiredMessage(workspaceUuid, state.epoch, revision, this.#parts.clock());
      if (!(await this.#send(message, revision))) return false;
      this.#leased = { ...this.#leased, outdated: false };
      return this.#write(this.#parts.clock() + LEASE_DURATION);
    }
    for (const change of changes) {
      if (!this.#goesOn) return true;
      if (!(await this.#send(changeMessage(workspaceUuid, change), change.id))) return false;
      if (this.#parts.clock() - this.#written >= WRITE && !(await this.#write(this.#parts.clock() + LEASE_DURATION)))
        return false;
    }
    if (changes.length === PAGE) return true;
    await this.#release();
    return false;
  }

  /** Sends a message. Returns false when the run has ended. */
  async #send(message: Message, revision: number): Promise<boolean> {
    let sent: Sent;
    try {
      sent = await this.#post(message);
    } catch (error) {
      // Only a stop of the server aborts a delivery. The delivery then counts neither as a success nor as a failure.
      if (!this.#signals.abort.aborted) throw error;
      await this.#release();
      return false;
    }
    if (sent.kind === 'answered' && sent.status >= 200 && sent.status < 300) {
      this.#delivered = revision;
      this.#deliveredOn = this.#parts.clock();
      this.#parts.events.delivered();
      return true;
    }
    await this.#fail(sent, revision);
    return false;
  }

  #post({ id, body }: Message): Promise<Sent> {
    const { sender, clock } = this.#parts;
    const { url, secrets } = this.#leased;
    const timestamp = Math.floor(clock() / SECOND);
    const headers = {
      'content-type': 'application/json',
      'content-length': String(Buffer.byteLength(body)),
      'user-agent': 'campaigns-gateway',
      'webhook-id': id,
      'webhook-timestamp': String(timestamp),
      'webhook-signature': signatures(secrets, id, timestamp, body),
    };
    return sender.post(url, headers, body, this.#signals.abort);
  }

  async #fail(sent: Sent, revision: number): Promise<void> {
    const { clock, database, events } = this.#parts;
    const leased = this.#leased;
    const failedOn = clock();
    // A change that this run has delivered resets the count of failures.
    const goesOnFailing = this.#delivered === leased.revision;
    const failingSince = (goesOnFailing ? leased.failingSince : null) ?? failedOn;
    const tries = (goesOnFailing ? leased.tries : 0) + 1;
    const isGone = sent.kind === 'answered' && sent.status === 410;
    const state = isGone ? 'gone' : isFailingTooLong(failedOn - failingSince, tries) ? 'paused' : 'failing';
    const asked = requestedDelay(sent.kind === 'answered' ? sent.retryAfter : undefined, failedOn);
    const error = sent.kind === 'answered' ? errorOf(sent.status) : sent.error;
    const hasLease = await writeFailed(database, leased, {
      delivered: this.#delivered,
      deliveredOn: this.#deliveredOn,
      revision,
      failedOn,
      failingSince,
      tries,
      retryOn: failedOn + Math.max(deliveryDelay(tries, Math.random()), asked),
      status: state === 'failing' ? 'active' : state,
      answer: sent.kind === 'answered' ? sent.status : null,
      error,
    });
    const { workspace, uuid } = leased;
    if (hasLease) events.failed({ workspace, uuid, revision, tries, error, state });
  }

  /** Ends the lease and writes what was delivered. */
  async #release(): Promise<void> {
    const time = this.#parts.clock();
    if (this.#delivered === this.#leased.revision) await releaseWebhook(this.#parts.database, this.#leased, time);
    else await this.#write(time);
  }

  /** Writes what was delivered. Returns false when the run does not have the lease any more. */
  async #write(until: Micros): Promise<boolean> {
    this.#written = this.#parts.clock();
    const sent = { delivered: this.#delivered, deliveredOn: this.#deliveredOn };
    const hasLease = await writeDelivered(this.#parts.database, this.#leased, sent, until);
    this.#leased = { ...this.#leased, revision: this.#delivered, tries: 0, failingSince: null };
    return hasLease;
  }
}

function errorOf(status: number): string {
  if (status === 410) return 'The receiver answered 410: it wants nothing more.';
  if (status >= 300 && status < 400) return `The receiver answered ${status}, and redirects are not followed.`;
  return `The receiver answered ${status}; only 200 to 299 is a success.`;
}
