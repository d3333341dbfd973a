import { setTimeout as wait } from 'node:timers/promises';
import type { Failure, Outcome } from './account-client.ts';
import { WRITE_TIMEOUT } from './account-client.ts';
import { nothingChanged, outcomeUnknown, UpstreamDeniedError, UpstreamThrottledError } from './unavailable.ts';

/** How long a write waits for its account. */
export interface Patience {
  /** How long, in ms, the account may take for each whole answer. The caller waits for all of them. */
  readonly timeout: number;
  /**
   * The pauses, in ms, before each look: a read that shows whether an unanswered write was carried out. The account reads from a replica
   * that may be behind, so one look that does not show the write proves nothing.
   */
  readonly looks: readonly number[];
}

/** The patience of every server. Tests have less. */
export const PATIENCE: Patience = { timeout: WRITE_TIMEOUT, looks: [0, 400, 1_100] };

/** A write of one object of an account. */
export interface Attempt<Row> {
  send(): Promise<Outcome<Row>>;
  /** Reads the object. The value is null when the object is not as the write leaves it. */
  look(): Promise<Outcome<{ readonly row: Row } | null>>;
}

export type Refused = Extract<Failure, { kind: 'refused' }>;

/** The certain result of a write: it was carried out, or it was refused. */
export type Settled<Row> = { readonly kind: 'done'; readonly row: Row } | Refused;

/**
 * Sends a write, and returns only when its result is certain. Without an answer, it reads the object, and sends the write once more
 * when the read does not show the write. A write of a name or of a state can be sent twice, because names are unique: if the first one
 * was carried out, the second one is refused. After such a refusal the object is read again, to see whether the first one is the reason.
 *
 * Rejects with UpstreamUnavailableError, UpstreamThrottledError and UpstreamDeniedError.
 * @param sentBefore Whether an earlier request has sent the same write and has not learned its result.
 * @param looks See `Patience`.
 */
export async function carryOut<Row>(
  { send, look }: Attempt<Row>,
  sentBefore: boolean,
  looks: Patience['looks'],
): Promise<Settled<Row>> {
  let uncertain = sentBefore;
  for (let sends = 1; ; sends++) {
    const sent = await send();
    switch (sent.kind) {
      case 'ok':
        return { kind: 'done', row: sent.value };
      case 'refused': {
        const found = uncertain ? await find(look, looks) : null;
        return found ? { kind: 'done', row: found.row } : sent;
      }
      case 'rate-limited':
        throw new UpstreamThrottledError(sent.retryAfter);
      case 'unauthorised':
        throw new UpstreamDeniedError();
      case 'unreachable':
        throw uncertain ? outcomeUnknown() : nothingChanged();
      case 'unknown': {
        uncertain = true;
        const found = await find(look, looks);
        if (found) return { kind: 'done', row: found.row };
        if (sends === 2) throw outcomeUnknown();
      }
    }
  }
}

/** Looks until a look shows the write. Returns null when none does: the write was probably not carried out. */
async function find<Row>(look: Attempt<Row>['look'], looks: Patience['looks']): Promise<{ readonly row: Row } | null> {
  for (const pause of looks) {
    await wait(pause);
    const found = seen(await look());
    if (found) return found;
  }
  return null;
}

/** The value of a look. Throws UpstreamUnavailableError when the look has failed, because the result of the write is then unknown. */
export function seen<Value>(look: Outcome<Value>): Value {
  if (look.kind === 'ok') return look.value;
  throw outcomeUnknown();
}

/** The value of a read that was made before the write was sent. Throws the error for its failure: nothing has changed. */
export function got<Value>(outcome: Outcome<Value>): Value {
  switch (outcome.kind) {
    case 'ok':
      return outcome.value;
    case 'rate-limited':
      throw new UpstreamThrottledError(outcome.retryAfter);
    case 'unauthorised':
      throw new UpstreamDeniedError();
    case 'unreachable':
    case 'unknown':
    case 'refused':
      throw nothingChanged();
  }
}

/** The outcome with its value as `map` makes it. */
export function mapped<Value, Other>(outcome: Outcome<Value>, map: (value: Value) => Other): Outcome<Other> {
  return outcome.kind === 'ok' ? { kind: 'ok', value: map(outcome.value) } : outcome;
}
