import type { IncomingMessage } from 'node:http';

const times = new WeakMap<IncomingMessage, number>();

/** Notes that a request has arrived, before it waits for its turn. */
export function noteArrival(request: IncomingMessage): void {
  times.set(request, performance.now());
}

/** When the request arrived, as `performance.now()` tells it. It is now where nobody has noted it. */
export function arrivalOf(request: IncomingMessage): number {
  return times.get(request) ?? performance.now();
}
