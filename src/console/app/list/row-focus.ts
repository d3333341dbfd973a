import { useEffect, useEffectEvent, useLayoutEffect, useRef, type RefObject } from 'react';
import { isOnPage, whenFocusIsLost } from '../ui/lost-focus.ts';
import { focusControl, placeOf } from './row-keys.ts';

/**
 * Keeps the focus in a list whose row with the focus disappears, also while a menu or a dialog of that row is open: the row that is
 * then at its place gets it, or the page's heading if no row is left. Otherwise the keyboard would begin at the top of the page.
 *
 * @param drawRow Puts a row into the document, however far away it is, and returns when it is there.
 */
export function useRowFocus(
  body: RefObject<HTMLElement | null>,
  rows: readonly { id: string }[],
  drawRow?: (index: number) => void,
): void {
  /** The control that has the focus, or gets it back from a menu or a dialog. */
  const last = useRef<{ id: string; index: number; column: number }>(undefined);

  const onFocus = useEffectEvent((target: EventTarget | null) => {
    if (!(target instanceof HTMLElement) || !isOnPage(target)) return;
    const place = body.current?.contains(target) ? placeOf(target) : undefined;
    const row = place && rows[place.index];
    last.current = row && { ...place, id: row.id };
  });
  useEffect(() => {
    const focused = ({ target }: FocusEvent) => onFocus(target);
    // A click beside all controls takes the focus away from a control that is still there.
    const blurred = ({ target }: FocusEvent) =>
      void requestAnimationFrame(() => {
        if (document.activeElement === document.body && (target as Node).isConnected) last.current = undefined;
      });
    document.addEventListener('focusin', focused);
    document.addEventListener('focusout', blurred);
    return () => {
      document.removeEventListener('focusin', focused);
      document.removeEventListener('focusout', blurred);
      if (last.current) whenFocusIsLost(focusHeading);
    };
  }, []);

  const focusRow = useEffectEvent((index: number, column: number) => {
    const next = Math.min(index, rows.length - 1);
    drawRow?.(next);
    const row = body.current?.querySelector(`[data-index="${next}"]`);
    if (row) focusControl(row, column);
    else focusHeading();
  });
  useLayoutEffect(() => {
    const lost = last.current;
    if (!lost) return;
    const index = rows.findIndex(({ id }) => id === lost.id);
    last.current = index === -1 ? undefined : { ...lost, index };
    if (index === -1) whenFocusIsLost(() => focusRow(lost.index, lost.column));
  }, [rows]);
}

function focusHeading(): void {
  document.querySelector('h1')?.focus({ preventScroll: true });
}
