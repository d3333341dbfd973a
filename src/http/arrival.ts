import type { IncomingMessage } from 'node:http';

// A member of the request and not an entry of a WeakMap, because many short-lived entries make garbage collection slow.
const ARRIVED = Symbol('arrived');

interface Arrived {
  [ARRIVED]?: number;
}

/** Notes that a request has arrived, before it waits for its turn. */
export function noteArrival(request: IncomingMessage & Arrived): void {
  request[ARRIVED] = performance.now();
}

/** When the request arrived, by `performance.now()`. Returns the present time when nobody has noted the arrival. */
export function arrivalOf(request: IncomingMessage & Arrived): number {
  return request[ARRIVED] ?? performance.now();
}
