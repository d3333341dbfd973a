import type { ServerResponse } from 'node:http';
import { Deadline } from './deadline.ts';

/** Why the work on a request was ended before it was done. */
export class RequestEnded extends Error {}

/** A signal that aborts, with a RequestEnded as its reason, when the caller goes before the answer is complete. */
export function callerSignal(response: ServerResponse): AbortSignal {
  const controller = new AbortController();
  const closed = () => {
    if (!response.writableFinished) controller.abort(callerGone());
  };
  if (response.destroyed) closed();
  else response.once('close', closed);
  return controller.signal;
}

/**
 * A signal that aborts, with a RequestEnded as its reason, when the request is not answered within `timeout` ms from now,
 * or when the caller has gone.
 */
export function requestSignal(response: ServerResponse, timeout: number): AbortSignal {
  const controller = new AbortController();
  if (response.destroyed) {
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

/**
 * A signal for one part of the work on a request. It aborts when the part is not done within `timeout` ms, or when the signal of
 * the whole request does. `done` must be called when the part is done.
 */
export function partSignal(whole: AbortSignal, timeout: number): { readonly signal: AbortSignal; done(): void } {
  const controller = new AbortController();
  const abort = () => controller.abort(whole.reason);
  if (whole.aborted) abort();
  whole.addEventListener('abort', abort);
  const deadline = new Deadline(timeout, () => controller.abort(timedOut(timeout)));
  return {
    signal: controller.signal,
    done() {
      deadline.cancel();
      whole.removeEventListener('abort', abort);
    },
  };
}

/**
 * A signal for work that has no end but must begin in time, such as a stream. It aborts when the beginning is not done within
 * `timeout` ms, or when the signal of the whole request does. `begun` must be called when the beginning is done.
 */
export function beginningSignal(whole: AbortSignal, timeout: number): { readonly signal: AbortSignal; begun(): void } {
  const late = new AbortController();
  const deadline = new Deadline(timeout, () => late.abort(timedOut(timeout)));
  return { signal: AbortSignal.any([whole, late.signal]), begun: () => deadline.cancel() };
}

function timedOut(timeout: number): RequestEnded {
  return new RequestEnded(
    `The operation was ended, because it took longer than ${timeout / 1000} s. Ask for less at once.`,
  );
}

function callerGone(): RequestEnded {
  return new RequestEnded('The operation was ended, because its caller has gone.');
}
