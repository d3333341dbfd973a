import type { Virtualizer } from '@tanstack/react-virtual';
import { useEffect, useLayoutEffect, useRef } from 'react';

/**
 * Keeps what a person reads where it is when rows come or go above it. At the very top the list moves instead, so that
 * what is new is seen.
 */
export function useSteadyScroll(
  rows: readonly { id: string }[],
  virtualizer: Virtualizer<Window, HTMLDivElement>,
  margin: number,
): void {
  const anchor = useRef<{ id: string; start: number }>(undefined);

  useLayoutEffect(() => {
    const held = anchor.current;
    if (!held || window.scrollY <= margin) return;
    const index = rows.findIndex((row) => row.id === held.id);
    const start = virtualizer.measurementsCache[index]?.start;
    if (start !== undefined && start !== held.start) window.scrollBy(0, start - held.start);
  }, [rows, virtualizer, margin]);

  // After every render, so that the anchor is where the rows stand on the screen now.
  useEffect(() => {
    const first = virtualizer.getVirtualItemForOffset(window.scrollY + margin / 2);
    const row = first && rows[first.index];
    anchor.current = row && { id: row.id, start: first.start };
  });
}
