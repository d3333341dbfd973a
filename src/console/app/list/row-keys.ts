import type { KeyboardEvent, RefObject } from 'react';

/** Arrow keys, Home and End move the focus to the same control of another row. */
export function useRowKeys(
  count: number,
  /** Puts a row into the document, however far away it is, and returns when it is there. */
  drawRow: (index: number) => void,
  scrollTo: (index: number) => void,
  body: RefObject<HTMLElement | null>,
  /** Whether rows are missing that these keys lead to. The table then loads them. */
  missing: { Home: boolean; End: boolean },
) {
  return (event: KeyboardEvent) => {
    const control = event.target instanceof HTMLElement ? event.target : undefined;
    const row = control?.closest<HTMLElement>('[data-index]');
    if (!control || !row || event.altKey || event.ctrlKey || event.metaKey) return;
    if ((event.key === 'Home' || event.key === 'End') && missing[event.key]) return;
    const next = nextIndex(event.key, Number(row.dataset['index']), count);
    if (next === undefined) return;
    event.preventDefault();
    const column = controlsOf(row).indexOf(control);
    drawRow(next);
    const target = body.current?.querySelector(`[data-index="${next}"]`);
    if (target) {
      const controls = controlsOf(target);
      (controls[column] ?? controls[0])?.focus({ preventScroll: true });
    }
    scrollTo(next);
  };
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
