import type { Virtualizer } from '@tanstack/react-virtual';
import { useCallback, useEffect, useState } from 'react';

/** How long, in ms, the end of a list is kept in view. A user who drags the scroll bar waits for this, as not every browser tells the page. */
const HOLD_MS = 2_000;

/** What else a user does who wants to see something else than the end of the list. */
export const INPUTS = ['keydown', 'pointerdown', 'touchstart', 'wheel'] as const;

/**
 * Shows the end of a list, and keeps it in view for a moment, while its rows are measured and the rows above them arrive, unless the
 * user does something else. The virtualizer alone would give up when the page is drawn slowly.
 * @param isHeldFirst Whether the end is shown when the list appears.
 * @returns A function that shows the end from then on.
 */
export function useHeldEnd(virtualizer: Virtualizer<Window, HTMLDivElement>, isHeldFirst: boolean): () => void {
  const [isHeld, setHeld] = useState(isHeldFirst);
  const { scrollMargin } = virtualizer.options;
  const height = virtualizer.getTotalSize();
  useEffect(() => {
    if (isHeld) virtualizer.scrollToEnd();
  }, [isHeld, height, scrollMargin, virtualizer]);
  useEffect(() => {
    if (!isHeld) return;
    const letGo = () => setHeld(false);
    const timer = setTimeout(letGo, HOLD_MS);
    for (const input of INPUTS) window.addEventListener(input, letGo, { passive: true });
    return () => {
      clearTimeout(timer);
      for (const input of INPUTS) window.removeEventListener(input, letGo);
    };
  }, [isHeld]);
  return useCallback(() => setHeld(true), []);
}
