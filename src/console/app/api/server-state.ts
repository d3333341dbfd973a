import { useSyncExternalStore } from 'react';
import type { Trouble } from './trouble.ts';

/** How the server was doing when it was last heard of, or not. */
export type ServerState = { kind: 'well' } | Extract<Trouble, { kind: 'unreachable' | 'rate-limited' | 'outdated' }>;

export interface ServerWatch {
  now: () => ServerState;
  heard: (trouble: Trouble | undefined) => void;
  subscribe: (listener: () => void) => () => void;
}

const WELL: ServerState = { kind: 'well' };

export function watchServer(): ServerWatch {
  let state = WELL;
  const listeners = new Set<() => void>();
  return {
    now: () => state,
    heard(trouble) {
      const next = asState(trouble);
      if (next.kind === state.kind) return;
      state = next;
      for (const listener of listeners) listener();
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}

export function useServerState(watch: ServerWatch): ServerState {
  return useSyncExternalStore(watch.subscribe, watch.now);
}

function asState(trouble: Trouble | undefined): ServerState {
  switch (trouble?.kind) {
    case 'unreachable':
    case 'rate-limited':
    case 'outdated':
      return trouble;
    default:
      return WELL;
  }
}
