import type { Virtualizer } from '@tanstack/react-virtual';
import { useEffect, useLayoutEffect, useRef } from 'react';

/**
 * Keeps the visible rows in place when rows are added or removed above them. At the very top of a list that is read from
 * its start, the list moves instead, so that new rows are visible. When something above the list changes its height, browsers keep
 * the rows in place by themselves, so only places within the list are compared.
 */
export function useScrollAnchor(
  rows: readonly { id: string }[],
  virtualizer: Virtualizer<Window, HTMLDivElement>,
  margin: number,
  readsFromStart: boolean,
): void {
  const anchor = useRef<{ id: string; place: number }>(undefined);
  const wasEmpty = useRef(false);

  useLayoutEffect(() => {
    const kept = anchor.current;
    if (!kept && !readsFromStart && wasEmpty.current && rows.length > 0) {
      // The rows are all above the place where the user begins to read.
      window.scrollTo(0, document.documentElement.scrollHeight);
    }
    wasEmpty.current = rows.length === 0;
    if (!kept || (readsFromStart && window.scrollY <= margin)) return;
    const index = rows.findIndex((row) => row.id === kept.id);
    const start = virtualizer.measurementsCache[index]?.start;
    if (start !== undefined && start - margin !== kept.place) window.scrollBy(0, start - margin - kept.place);
  }, [rows, virtualizer, margin, readsFromStart]);

  // Runs after every render, because rows and scroll position may have changed.
  useEffect(() => {
    // While `margin` is 0, neither the start of the table nor its rows are measured. Measuring them must not cause a scroll.
    if (margin === 0) return;
    const first = virtualizer.getVirtualItemForOffset(window.scrollY + margin / 2);
    const row = first && rows[first.index];
    anchor.current = row && { id: row.id, place: first.start - margin };
  });
}
