import type { VirtualItem } from '@tanstack/react-virtual';
import type { RowPlace } from './row-focus.ts';

export interface ScrollPosition {
  offset: number;
  measurements: VirtualItem[];
  /** The control that had the focus, if it was in a row. */
  focused: RowPlace | undefined;
}

// The browser would restore the position before the rows are rendered.
history.scrollRestoration = 'manual';

/** The last position in each list, so that the user comes back to it. */
const positions = new Map<string, ScrollPosition>();

/** Saves the positions of the lists that are shown. */
const shown = new Set<() => void>();

/** Saves the position of a list that is shown whenever it is asked for, and a last time when the returned function is called. */
export function saveScrollPosition(list: string, position: () => ScrollPosition): () => void {
  const save = () => void positions.set(list, position());
  shown.add(save);
  return () => {
    shown.delete(save);
    save();
  };
}

/** The positions in all lists, for the time after a reload. */
export function allScrollPositions(): [list: string, position: ScrollPosition][] {
  for (const save of shown) save();
  return [...positions];
}

export function restoreScrollPositions(all: readonly [list: string, position: ScrollPosition][]): void {
  for (const [list, position] of all) positions.set(list, position);
}

export function savedScrollPosition(list: string): ScrollPosition | undefined {
  return positions.get(list);
}

/** For links that lead to the top of a list. */
export function clearScrollPositions(): void {
  positions.clear();
}
