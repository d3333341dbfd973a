import { createContext, useContext } from 'react';
import type { Execute } from './execute.ts';

export const ApiContext = createContext<Execute | undefined>(undefined);

/** The means to run operations as the person who is signed in. */
export function useExecute(): Execute {
  const execute = useContext(ApiContext);
  if (!execute) throw new Error('useExecute needs an ApiContext above it.');
  return execute;
}
