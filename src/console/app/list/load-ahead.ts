import { useEffect, useEffectEvent } from 'react';
import type { MoreRows } from './use-loaded-list.ts';

/** More rows are loaded when fewer rows than this are left: about two screens. */
const ROWS_AHEAD = 40;

/**
 * Loads more rows at an end of the list before the user gets there.
 * @param left How many loaded rows there are between the drawn rows and this end.
 * @param count How many rows are loaded in all.
 */
export function useLoadAhead(more: MoreRows, wanted: boolean, left: number, count: number): void {
  const wants = wanted && !more.loading && !more.error;
  const load = useEffectEvent(more.load);
  useEffect(() => {
    if (wants && left < ROWS_AHEAD) load();
  }, [wants, left, count]);
}
