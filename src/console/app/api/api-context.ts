import { createContext, useContext } from 'react';
import type { Execute } from './execute.ts';

export const ApiContext = createContext<Execute | undefined>(undefined);

/** The function that sends operations to the server as the signed-in user. */
export function useExecute(): Execute {
  const execute = useContext(ApiContext);
  if (!execute) throw new Error('useExecute needs an ApiContext above it.');
  return execute;
}
