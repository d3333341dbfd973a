import type { Micros, UpstreamState } from '../database/tables.ts';
import type { FollowerState } from '../model/upstream.ts';
import { SECOND } from '../model/time.ts';
import type { Failure } from './account-client.ts';
import { REFUSED_RETRY, retryDelay } from './schedule.ts';

/** An account that has failed this often in a row is away. One failure alone is not worth an alarm. */
const AWAY = 2;

/**
 * What a follower writes after a failed request, and how long it waits before the next one.
 * @param failures How many requests in a row have failed, 1 at least.
 * @param random From 0 to 1.
 * @param state The follower's state before.
 */
export function afterFailure(
  failure: Failure,
  failures: number,
  random: number,
  state: UpstreamState,
): { readonly delay: Micros; readonly written: FollowerState } {
  switch (failure.kind) {
    case 'rate-limited':
      return {
        delay: failure.retryAfter * SECOND,
        written: { problem: 'The account allows no more requests at present.' },
      };
    case 'unauthorised':
      return {
        delay: REFUSED_RETRY,
        written: { state: 'refused', problem: 'The account refuses the token of the server.' },
      };
    case 'refused':
    case 'unreachable':
    case 'unknown':
      return {
        delay: retryDelay(failures, random),
        written: { failures, problem: reasonOf(failure), state: failures >= AWAY ? 'away' : state },
      };
  }
}

function reasonOf(failure: Extract<Failure, { readonly kind: 'refused' | 'unreachable' | 'unknown' }>): string {
  return failure.kind === 'refused' ? `The account answered ${failure.status}.` : failure.reason;
}
