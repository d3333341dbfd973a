import type { VirtualItem } from '@tanstack/react-virtual';

interface Place {
  offset: number;
  measurements: VirtualItem[];
}

// The browser's own memory would restore a place before the rows are there.
history.scrollRestoration = 'manual';

/** Where each list was left, so that coming back from one of its rows leads to the same spot. */
const places = new Map<string, Place>();

export function rememberPlace(list: string, place: Place): void {
  places.set(list, place);
}

export function recallPlace(list: string): Place | undefined {
  return places.get(list);
}

/** For the ways that lead to the top of a list. */
export function forgetPlaces(): void {
  places.clear();
}
