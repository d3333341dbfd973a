import { useLayoutEffect, type RefObject } from 'react';

/** How much of the window is covered at its edges, in px: see base.css and notices.css. */
export function coveredEdges(): { above: number; below: number } {
  const { scrollPaddingTop, scrollPaddingBottom } = getComputedStyle(document.documentElement);
  return { above: Number.parseFloat(scrollPaddingTop) || 0, below: Number.parseFloat(scrollPaddingBottom) || 0 };
}

/**
 * Scrolls the row with the focus to where nothing covers it when a banner has appeared above it.
 *
 * @param margin Where the rows begin, in px from the top of the page. The banner moves them down.
 */
export function useUncoveredFocus(body: RefObject<HTMLElement | null>, margin: number): void {
  useLayoutEffect(() => {
    const { activeElement: focused } = document;
    if (!focused || !body.current?.contains(focused)) return;
    const { top, bottom } = focused.getBoundingClientRect();
    // Rows that the user has scrolled out of the window stay there.
    if (bottom > 0 && top < coveredEdges().above) focused.scrollIntoView({ block: 'nearest' });
  }, [body, margin]);
}
