import type { ServerResponse } from 'node:http';
import { Deadline } from './deadline.ts';

/** Why the work on a request was ended before it was done. */
export class RequestEnded extends Error {}

/**
 * A signal that aborts, with a RequestEnded as its reason, when the request is not answered within `timeout` ms from now,
 * or when the caller has gone.
 */
export function requestSignal(response: ServerResponse, timeout: number): AbortSignal {
  const controller = new AbortController();
  if (response.closed) {
    controller.abort(callerGone());
    return controller.signal;
  }
  const deadline = new Deadline(timeout, () => controller.abort(timedOut(timeout)));
  response.once('close', () => {
    deadline.cancel();
    if (!response.writableFinished) controller.abort(callerGone());
  });
  return controller.signal;
}

function timedOut(timeout: number): RequestEnded {
  return new RequestEnded(
    `The operation was ended, because it took longer than ${timeout / 1000} s. Ask for less at once.`,
  );
}

function callerGone(): RequestEnded {
  return new RequestEnded('The operation was ended, because its caller has gone.');
}
