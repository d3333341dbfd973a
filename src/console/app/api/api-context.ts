import { createContext, useContext } from 'react';
import type { Execute } from './execute.ts';
import type { ErrorDetails } from './request-error.ts';

interface Api {
  execute: Execute;
  /** The same for queries that are sent again and again: it fetches nothing while nothing has changed in the workspace. */
  ask: Execute;
  /** Takes the error of a request that is sent otherwise, as `execute` and `ask` do of theirs. */
  report: (error: ErrorDetails) => void;
  token: string;
}

export const ApiContext = createContext<Api | undefined>(undefined);

/** The function that sends operations to the server as the signed-in user. */
export function useExecute(): Execute {
  return useApi().execute;
}

export function useApi(): Api {
  const api = useContext(ApiContext);
  if (!api) throw new Error('useApi needs an ApiContext above it.');
  return api;
}
