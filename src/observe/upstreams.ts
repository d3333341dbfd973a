import type { Failure } from '../upstream/account-client.ts';
import type { FollowerEvents } from '../upstream/follower.ts';
import type { Log } from './log.ts';
import { SECOND } from '../model/time.ts';

/** Logs the events of the followers of accounts. Neither tokens nor names are logged. */
export function observeUpstreams(log: Log): FollowerEvents & { unconnected(failure: Failure): void } {
  return {
    changed: (workspace, list, changes) => log.info({ workspace, list, changes }, 'the account has changed'),
    failed: (workspace, failure, retryIn) =>
      log.warn({ workspace, ...told(failure), retryIn: Math.round(retryIn / SECOND) }, 'the account did not answer'),
    became(workspace, state, problem) {
      const event = { workspace, state, ...(problem !== null && { problem }) };
      if (state === 'paused' || state === 'refused') log.error(event, 'the account is not followed any more');
      else log.info(event, 'the account is in another state');
    },
    unconnected: (failure) => log.warn(told(failure), 'an account did not answer which workspace it is'),
  };
}

/** The parts of a failure that may be logged. The body of an answer is left out, because it may have anything in it. */
function told(failure: Failure): Record<string, string | number> {
  switch (failure.kind) {
    case 'refused':
    case 'unauthorised':
      return { failure: failure.kind, status: failure.status };
    case 'rate-limited':
      return { failure: failure.kind, retryAfter: failure.retryAfter };
    case 'unreachable':
    case 'unknown':
      return { failure: failure.kind, reason: failure.reason };
  }
}
