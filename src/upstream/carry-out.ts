import { setTimeout as wait } from 'node:timers/promises';
import type { Failure, Outcome } from './account-client.ts';
import { WRITE_TIMEOUT } from './account-client.ts';
import { nothingChanged, outcomeUnknown, UpstreamDeniedError, UpstreamThrottledError } from './unavailable.ts';

/** How long a write waits for its account. */
export interface Patience {
  /** How long, in ms, the account may take for each whole answer. The caller waits for all of them. */
  readonly timeout: number;
  /**
   * The pauses, in ms, before each time that the object is read back, which shows whether an unanswered write was carried out. The account
   * reads from a replica that may be behind, so one reading that does not show the write proves nothing.
   */
  readonly readBackPauses: readonly number[];
}

/** The patience of every server. Tests have less. */
export const PATIENCE: Patience = { timeout: WRITE_TIMEOUT, readBackPauses: [0, 400, 1_100] };

/** A write of one object of an account. */
export interface Attempt<Row> {
  send(): Promise<Outcome<Row>>;
  /** Reads the object. The value is null when the object is not as the write leaves it. */
  readBack(): Promise<Outcome<{ readonly row: Row } | null>>;
}

/** The account's answer to a write that it does not make. */
export type RefusedWrite = Extract<Failure, { kind: 'refused' }>;

/** The certain result of a write: it was carried out, or it was refused. */
export type Settled<Row> = { readonly kind: 'done'; readonly row: Row } | RefusedWrite;

/**
 * Sends a write, and returns only when its result is certain. Without an answer, it reads the object, and sends the write once more
 * when the read does not show the write. A write of a name or of a state can be sent twice, because names are unique: if the first one
 * was carried out, the second one is refused. After such a refusal the object is read again, to see whether the first one is the reason.
 *
 * Rejects with UpstreamUnavailableError, UpstreamThrottledError and UpstreamDeniedError.
 * @param sentBefore Whether an earlier request has sent the same write and has not learned its result.
 * @param pauses `readBackPauses` of `Patience`.
 */
export async function carryOut<Row>(
  { send, readBack }: Attempt<Row>,
  sentBefore: boolean,
  pauses: Patience['readBackPauses'],
): Promise<Settled<Row>> {
  let uncertain = sentBefore;
  for (let sends = 1; ; sends++) {
    const sent = await send();
    switch (sent.kind) {
      case 'ok':
        return { kind: 'done', row: sent.value };
      case 'refused': {
        const found = uncertain ? await findWritten(readBack, pauses) : null;
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
        const found = await findWritten(readBack, pauses);
        if (found) return { kind: 'done', row: found.row };
        if (sends === 2) throw outcomeUnknown();
      }
    }
  }
}

/** Reads the object back until it shows the write. Returns null when none does: the write was probably not carried out. */
async function findWritten<Row>(
  readBack: Attempt<Row>['readBack'],
  pauses: Patience['readBackPauses'],
): Promise<{ readonly row: Row } | null> {
  for (const pause of pauses) {
    await wait(pause);
    const found = valueAfterWrite(await readBack());
    if (found) return found;
  }
  return null;
}

/**
 * The value of a read that was made after the write was sent. Throws UpstreamUnavailableError when the read has failed, because the
 * result of the write is then unknown.
 */
export function valueAfterWrite<Value>(outcome: Outcome<Value>): Value {
  if (outcome.kind === 'ok') return outcome.value;
  throw outcomeUnknown();
}

/** The value of a read that was made before the write was sent. Throws the error for its failure: nothing has changed. */
export function valueBeforeWrite<Value>(outcome: Outcome<Value>): Value {
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
