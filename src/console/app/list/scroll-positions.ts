import type { VirtualItem } from '@tanstack/react-virtual';
import type { RowPlace } from './row-focus.ts';

interface ScrollPosition {
  offset: number;
  measurements: VirtualItem[];
  /** The control that had the focus, if it was in a row. */
  focused: RowPlace | undefined;
}

// The browser would restore the position before the rows are rendered.
history.scrollRestoration = 'manual';

/** The last position in each list, so that the user comes back to it. */
const positions = new Map<string, ScrollPosition>();

export function saveScrollPosition(list: string, position: ScrollPosition): void {
  positions.set(list, position);
}

export function savedScrollPosition(list: string): ScrollPosition | undefined {
  return positions.get(list);
}

/** For links that lead to the top of a list. */
export function clearScrollPositions(): void {
  positions.clear();
}
