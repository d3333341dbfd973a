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
    if (target) focusControl(target, place);
    scrollTo(next);
  };
}

/** A control of a list. */
export interface ControlPlace {
  /** The index of its row. */
  index: number;
  /** The index of its cell in the row; -1 in a row without cells. The cells of all rows are the same, but some have no control (yet). */
  cell: number;
  /** The index of the control in its cell, or in its row if that has no cells. */
  control: number;
}

/** The place of a control; undefined if it is in no row. */
export function placeOf(control: HTMLElement): ControlPlace | undefined {
  const row = control.closest<HTMLElement>('[data-index]');
  if (!row) return undefined;
  const cells = cellsOf(row);
  const cell = cells.findIndex((one) => one.contains(control));
  return { index: Number(row.dataset['index']), cell, control: controlsOf(cells[cell] ?? row).indexOf(control) };
}

/** Focuses the control at the same place of another row, or the first control of a row that has none there. */
export function focusControl(row: Element, { cell, control }: ControlPlace): void {
  const inCell = controlsOf(cellsOf(row)[cell] ?? row);
  (inCell[control] ?? inCell[0] ?? controlsOf(row)[0])?.focus({ preventScroll: true });
}

function cellsOf(row: Element): HTMLElement[] {
  return [...row.querySelectorAll<HTMLElement>('[role="cell"]')];
}

function controlsOf(part: Element): HTMLElement[] {
  return [...part.querySelectorAll<HTMLElement>('a[href],button,input')];
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
