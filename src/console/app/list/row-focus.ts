import { useEffect, useEffectEvent, useLayoutEffect, useRef, type RefObject } from 'react';
import { isOnPage, useLostFocus } from '../ui/lost-focus.ts';
import { focusControl, placeOf, type ControlPlace } from './row-keys.ts';

/** A control in a row, which may move to another index. */
export type RowPlace = ControlPlace & { id: string };

/**
 * Keeps the focus in a list when the row with the focus disappears, also while a menu or a dialog of that row is open. The row that
 * is now at the same place gets the focus. If no row is left, `keepFocus` finds another place.
 *
 * @param drawRow Draws a row, however far away it is, and returns when it is in the document.
 * @returns The control in the list that has the focus, or gets it back from a menu or a dialog.
 */
export function useRowFocus(
  body: RefObject<HTMLElement | null>,
  rows: readonly { id: string }[],
  drawRow?: (index: number) => void,
): RefObject<RowPlace | undefined> {
  const last = useRef<RowPlace>(undefined);

  const onFocus = useEffectEvent((target: EventTarget | null) => {
    if (!(target instanceof HTMLElement) || !isOnPage(target)) return;
    const place = body.current?.contains(target) ? placeOf(target) : undefined;
    const row = place && rows[place.index];
    last.current = row && { ...place, id: row.id };
  });
  useEffect(() => {
    const focused = ({ target }: FocusEvent) => onFocus(target);
    document.addEventListener('focusin', focused);
    return () => document.removeEventListener('focusin', focused);
  }, []);

  useLayoutEffect(() => {
    const place = last.current;
    const index = rows.findIndex(({ id }) => id === place?.id);
    if (place && index !== -1) last.current = { ...place, index };
  }, [rows]);

  useLostFocus(() => {
    const place = last.current;
    if (!place) return;
    const next = Math.min(place.index, rows.length - 1);
    drawRow?.(next);
    const row = body.current?.querySelector(`[data-index="${next}"]`);
    if (row) focusControl(row, place);
  });

  return last;
}

/**
 * Gives the focus back to the control that had it when the user left the list, because the next Tab key would otherwise lead to the top
 * of the page. If its row is gone, or the user has put the focus elsewhere meanwhile, the focus stays where it is.
 */
export function useReturningFocus(
  body: RefObject<HTMLElement | null>,
  rows: readonly { id: string }[],
  place: RowPlace | undefined,
): void {
  const waiting = useRef(place);
  // Runs after every render, because the row may be drawn later than the table.
  useEffect(() => {
    const place = waiting.current;
    if (!place) return;
    const index = rows.findIndex(({ id }) => id === place.id);
    const row = body.current?.querySelector(`[data-index="${index}"]`);
    if (index !== -1 && !row) return;
    waiting.current = undefined;
    // The heading has got the focus because the page has just been opened.
    if (row && document.activeElement?.matches('h1, body')) focusControl(row, place);
  });
}
