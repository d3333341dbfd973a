import type { Virtualizer } from '@tanstack/react-virtual';
import { useEffect, type RefObject } from 'react';
import { isTyping } from '../ui/is-typing.ts';
import { useWindowKeydown } from '../ui/use-window-keydown.ts';
import { INPUTS } from './held-end.ts';
import { clearScrollPositions } from './scroll-positions.ts';

/** Which row must get the focus as soon as the table that is being read has drawn it: the first one or the last one. */
let wantedRow: { label: string; key: 'Home' | 'End' } | undefined;

/** The row is no longer wanted when the user does something else meanwhile. Its list may never come. */
function forgetWantedRow(event: Event): void {
  if (!(event instanceof KeyboardEvent && ['Home', 'End'].includes(event.key))) wantedRow = undefined;
}
for (const input of INPUTS) window.addEventListener(input, forgetWantedRow, { passive: true });

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
  holdEnd: () => void,
): void {
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
