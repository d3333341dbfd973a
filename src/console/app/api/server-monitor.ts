import { useSyncExternalStore } from 'react';
import type { ErrorDetails } from './request-error.ts';

/** The state of the server after the last request. An error that concerns only one request counts as `ok`. */
export type ServerState =
  { kind: 'ok' } | Extract<ErrorDetails, { kind: 'unreachable' | 'unavailable' | 'rate-limited' | 'outdated' }>;

export interface ServerMonitor {
  state: () => ServerState;
  /** Takes the outcome of a request: its error, or undefined if it succeeded. */
  report: (error: ErrorDetails | undefined) => void;
  /** Calls the listener when the state changes. Returns a function that unsubscribes it. */
  subscribe: (listener: () => void) => () => void;
}

const OK: ServerState = { kind: 'ok' };

export function createServerMonitor(): ServerMonitor {
  let state: ServerState = OK;
  const listeners = new Set<() => void>();
  return {
    state: () => state,
    report(error) {
      // `outdated` stays until the page is reloaded: operations that the new server still knows succeed, but the others fail.
      if (state.kind === 'outdated') return;
      const next = stateAfter(error);
      if (next === state) return;
      state = next;
      for (const listener of listeners) listener();
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}

export function useServerState(monitor: ServerMonitor): ServerState {
  return useSyncExternalStore(monitor.subscribe, monitor.state);
}

/** A state in which the data on the screen cannot be brought up to date. */
export type Outage = Exclude<ServerState, { kind: 'ok' | 'outdated' }>;

export function isOutage(state: ServerState): state is Outage {
  return state.kind !== 'ok' && state.kind !== 'outdated';
}

/** Whether the error concerns the whole server, so that the banner at the top of the page shows it, and not only one request. */
export function isToldByBanner(error: ErrorDetails): boolean {
  return stateAfter(error) !== OK;
}

function stateAfter(error: ErrorDetails | undefined): ServerState {
  switch (error?.kind) {
    case 'unreachable':
    case 'rate-limited':
    case 'outdated':
      return error;
    case 'unavailable':
      // Only mutations have an outcome. They can fail while reads still work.
      return error.outcome === undefined ? error : OK;
    default:
      return OK;
  }
}
