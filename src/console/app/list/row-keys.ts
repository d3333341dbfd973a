import type { KeyboardEvent, RefObject } from 'react';

/** Arrow keys, Home and End move the focus to the same control of another row. */
export function useRowKeys(
  count: number,
  /** Puts a row into the document, however far away it is, and returns when it is there. */
  drawRow: (index: number) => void,
  scrollTo: (index: number) => void,
  body: RefObject<HTMLElement | null>,
  /** Whether the row that the key leads to is not loaded. Then the table handles the key and loads it. */
  missing: { Home: boolean; End: boolean },
) {
  return (event: KeyboardEvent) => {
    const place = event.target instanceof HTMLElement ? placeOf(event.target) : undefined;
    if (!place || event.altKey || event.ctrlKey || event.metaKey) return;
    if ((event.key === 'Home' || event.key === 'End') && missing[event.key]) return;
    const next = nextIndex(event.key, place.index, count);
    if (next === undefined) return;
    event.preventDefault();
    drawRow(next);
    const target = body.current?.querySelector(`[data-index="${next}"]`);
    if (target) focusControl(target, place.column);
    scrollTo(next);
  };
}

/** In which row a control is, and which of the row's controls it is; undefined if it is in none. */
export function placeOf(control: HTMLElement): { index: number; column: number } | undefined {
  const row = control.closest<HTMLElement>('[data-index]');
  return row ? { index: Number(row.dataset['index']), column: controlsOf(row).indexOf(control) } : undefined;
}

/** Focuses the control of a row that is in the same column, or the first one of a row that has fewer. */
export function focusControl(row: Element, column: number): void {
  const controls = controlsOf(row);
  (controls[column] ?? controls[0])?.focus({ preventScroll: true });
}

function controlsOf(row: Element): HTMLElement[] {
  return [...row.querySelectorAll<HTMLElement>('a[href],button,input')];
}

/** The index of the row to which a key leads from another one; undefined if the key leads nowhere. */
export function nextIndex(key: string, index: number, count: number): number | undefined {
  switch (key) {
    case 'ArrowDown':
      return Math.min(index + 1, count - 1);
    case 'ArrowUp':
      return Math.max(index - 1, 0);
    case 'Home':
      return 0;
    case 'End':
      return count - 1;
    default:
      return undefined;
  }
}
