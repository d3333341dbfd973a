import type { Virtualizer } from '@tanstack/react-virtual';
import { useCallback, useEffect, useState, type RefObject } from 'react';
import { isTyping } from '../ui/is-typing.ts';
import { useWindowKeydown } from '../ui/use-window-keydown.ts';
import { clearScrollPositions } from './scroll-positions.ts';

/** Which row must get the focus as soon as the table that is being read has drawn it: the first one or the last one. */
let wantedRow: { label: string; key: 'Home' | 'End' } | undefined;

/** How long, in ms, the end of a list is kept in view after its height has last changed. */
const HOLD_MS = 2_000;

/** What a user does who wants to see something else than the end of the list. */
const INPUTS = ['keydown', 'pointerdown', 'touchstart', 'wheel'] as const;

/**
 * If the first or last rows of the list are not loaded, Home and End go there, wherever the focus is outside a field.
 * @param body What contains the rows; undefined while none are shown.
 */
export function useEndKeys(
  label: string,
  missing: { Home: boolean; End: boolean },
  onReadFrom: (end: 'start' | 'end') => void,
  body?: RefObject<HTMLElement | null>,
): void {
  useWindowKeydown((event) => {
    if (event.defaultPrevented || event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
    if ((event.key !== 'Home' && event.key !== 'End') || !missing[event.key] || isTyping(event.target)) return;
    // Some browsers go to the first or last radio button of a group with these keys.
    if (event.target instanceof Element && event.target.matches('[type=radio]')) return;
    event.preventDefault();
    // The row that the key before this one has asked for may not be there yet.
    const isInRows = wantedRow?.label === label || body?.current?.contains(document.activeElement);
    wantedRow = isInRows ? { label, key: event.key } : undefined;
    // The key leads to the end of the list, also if the user has been elsewhere in it.
    clearScrollPositions();
    onReadFrom(event.key === 'End' ? 'end' : 'start');
  });
}

/** Moves the focus to the row that one of these keys has asked for, as soon as it is drawn. */
export function useWantedRow(
  label: string,
  count: number,
  body: RefObject<HTMLElement | null>,
  virtualizer: Virtualizer<Window, HTMLDivElement>,
): void {
  const holdEnd = useHeldEnd(virtualizer);
  const outermost = { Home: 0, End: count - 1 };
  const wanted = wantedRow?.label === label ? outermost[wantedRow.key] : undefined;
  const isWantedDrawn = virtualizer.getVirtualItems().some(({ index }) => index === wanted);
  useEffect(() => {
    if (wanted === undefined || !isWantedDrawn) return;
    wantedRow = undefined;
    const row = body.current?.querySelector(`[data-index="${wanted}"]`);
    row?.querySelector<HTMLElement>('a[href]')?.focus({ preventScroll: true });
    if (wanted === 0) virtualizer.scrollToIndex(wanted);
    else holdEnd();
  }, [wanted, isWantedDrawn, body, virtualizer, holdEnd]);
}

/**
 * Returns a function that shows the end of the list, and keeps it in view while the rows above it arrive and are measured, or until the
 * user does something else. The virtualizer alone would give up when the page is drawn slowly.
 */
function useHeldEnd(virtualizer: Virtualizer<Window, HTMLDivElement>): () => void {
  const [isHeld, setHeld] = useState(false);
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
