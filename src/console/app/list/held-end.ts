import type { Virtualizer } from '@tanstack/react-virtual';
import { useCallback, useEffect, useState } from 'react';

/** How long, in ms, the end of a list is kept in view after its height has last changed. */
const HOLD_MS = 2_000;

/** What a user does who wants to see something else than the end of the list. */
const INPUTS = ['keydown', 'pointerdown', 'touchstart', 'wheel'] as const;

/**
 * Shows the end of a list, and keeps it in view while its rows are measured and the rows above them arrive, or until the user does
 * something else. The virtualizer alone would give up when the page is drawn slowly.
 * @param isHeldFirst Whether the end is shown when the list appears.
 * @returns A function that shows the end from then on.
 */
export function useHeldEnd(virtualizer: Virtualizer<Window, HTMLDivElement>, isHeldFirst: boolean): () => void {
  const [isHeld, setHeld] = useState(isHeldFirst);
  const { scrollMargin } = virtualizer.options;
  const height = virtualizer.getTotalSize();
  useEffect(() => {
    if (!isHeld) return;
    virtualizer.scrollToEnd();
    const letGo = () => setHeld(false);
    const timer = setTimeout(letGo, HOLD_MS);
    for (const input of INPUTS) window.addEventListener(input, letGo, { passive: true });
    return () => {
      clearTimeout(timer);
      for (const input of INPUTS) window.removeEventListener(input, letGo);
    };
  }, [isHeld, height, scrollMargin, virtualizer]);
  return useCallback(() => setHeld(true), []);
}
