import { createContext, useContext } from 'react';
import type { Execute } from './execute.ts';
import type { Subscribe } from './subscribe.ts';

interface Api {
  execute: Execute;
  subscribe: Subscribe;
}

export const ApiContext = createContext<Api | undefined>(undefined);

/** The function that sends operations to the server as the signed-in user. */
export function useExecute(): Execute {
  return useApi().execute;
}

/** The function that opens streams as the signed-in user. */
export function useSubscribe(): Subscribe {
  return useApi().subscribe;
}

function useApi(): Api {
  const api = useContext(ApiContext);
  if (!api) throw new Error('useApi needs an ApiContext above it.');
  return api;
}
