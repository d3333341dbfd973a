import { setTimeout as wait } from 'node:timers/promises';
import type { Failure, Outcome } from './account-client.ts';
import { WRITE_TIMEOUT } from './account-client.ts';
import { nothingChanged, outcomeUnknown, UpstreamDeniedError, UpstreamThrottledError } from './unavailable.ts';

/** How long a write waits for its account. */
export interface Patience {
  /** How long, in ms, the account may take for a whole answer, all of which the caller waits for. */
  readonly timeout: number;
  /**
   * When, in ms, it is asked what has become of a write that it has not answered, each counted from the look before. It reads from a
   * replica that may be behind, so that one look which does not show the write proves nothing.
   */
  readonly looks: readonly number[];
}

/** The patience of every server. Tests have less. */
export const PATIENCE: Patience = { timeout: WRITE_TIMEOUT, looks: [0, 400, 1_100] };

/** A write of one object of an account. */
export interface Attempt<Row> {
  send(): Promise<Outcome<Row>>;
  /** Reads whether the object is as the write leaves it. null: it is not. */
  look(): Promise<Outcome<{ readonly row: Row } | null>>;
}

export type Refused = Extract<Failure, { kind: 'refused' }>;

/** What has become of a write, for certain. */
export type Settled<Row> = { readonly kind: 'done'; readonly row: Row } | Refused;

/**
 * Sends a write, and finds out what has become of it before anything is told: where there is no answer, it reads the object,
 * and sends the write once more when the account does not have it. A write of a name or of a state can be sent twice, because
 * names are unique: the second one is refused where the first one was carried out, and that is looked at as well.
 *
 * Rejects with UpstreamUnavailableError, UpstreamThrottledError and UpstreamDeniedError.
 * @param sentBefore Whether an earlier request has sent the same write and has not learned what became of it.
 * @param looks When the account is asked what has become of the write.
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

/** Looks until the write shows. null: it has not been carried out. */
async function find<Row>(look: Attempt<Row>['look'], looks: Patience['looks']): Promise<{ readonly row: Row } | null> {
  for (const pause of looks) {
    await wait(pause);
    const found = seen(await look());
    if (found) return found;
  }
  return null;
}

/** What a look has shown. Throws when it has shown nothing, because then it is not known what became of the write. */
export function seen<Value>(look: Outcome<Value>): Value {
  if (look.kind === 'ok') return look.value;
  throw outcomeUnknown();
}

/** What was read before anything is sent. Throws the error of a failure. */
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
