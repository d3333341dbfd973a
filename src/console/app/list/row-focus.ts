import { useEffect, useEffectEvent, useLayoutEffect, useRef, type RefObject } from 'react';
import { isOnPage, useLostFocus } from '../ui/lost-focus.ts';
import { focusControl, placeOf, type ControlPlace } from './row-keys.ts';

/**
 * Keeps the focus in a list when the row with the focus disappears, also while a menu or a dialog of that row is open. The row that
 * is now at the same place gets the focus. If no row is left, `keepFocus` finds another place.
 *
 * @param drawRow Draws a row, however far away it is, and returns when it is in the document.
 */
export function useRowFocus(
  body: RefObject<HTMLElement | null>,
  rows: readonly { id: string }[],
  drawRow?: (index: number) => void,
): void {
  /** The control that has the focus, or gets it back from a menu or a dialog. */
  const last = useRef<ControlPlace & { id: string }>(undefined);

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
}
