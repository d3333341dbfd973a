import { createContext, useContext } from 'react';
import type { Execute } from './execute.ts';
import type { ErrorDetails } from './request-error.ts';
import type { ServerMonitor } from './server-monitor.ts';

interface Api {
  execute: Execute;
  /** Like `execute`, for queries that are sent again and again. No data is sent while nothing has changed in the workspace. */
  ask: Execute;
  /** Reports the error of a request that was sent without `execute` or `ask`. Those two report their own errors. */
  report: (error: ErrorDetails) => void;
  /** The state of the server after the last request. */
  monitor: ServerMonitor;
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
