import { useLayoutEffect, useState, type RefObject } from 'react';
import { t } from '../../language/language.ts';
import { MAX_SELECTED } from '../../list/selection.ts';
import { ActionButtons } from '../../ui/action-buttons.tsx';
import { Button } from '../../ui/button.tsx';
import { CloseIcon } from '../../ui/icon.tsx';
import type { MenuEntry } from '../../ui/menu-entry.ts';
import './selection-bar.css';

interface Props {
  ref: RefObject<HTMLDivElement | null>;
  count: number;
  /** How many rows the whole list has, also those that are not loaded. */
  total: number;
  entries: readonly MenuEntry[];
  busy: boolean;
  onAll: () => void;
  onClear: () => void;
}

/** How many rows are selected, and what can be done with them. It takes no room while nothing is selected. */
export function SelectionBar({ ref, count, total, entries, busy, onAll, onClear }: Props) {
  const [used, setUsed] = useState(false);
  if (count > 0 && !used) setUsed(true);
  useCoveredBelow(ref, count > 0);
  return (
    <div
      ref={ref}
      className={count > 0 ? 'selection-bar' : undefined}
      role="group"
      aria-label={t('selection.title')}
      onKeyDown={({ key }) => {
        if (key === 'Escape') onClear();
      }}
    >
      <p role="status" className={count > 0 ? undefined : 'visually-hidden'}>
        {count >= MAX_SELECTED
          ? t('selection.most', { count, total })
          : count > 0
            ? t('selection.count', { count, total })
            : used && t('selection.none')}
      </p>
      {count > 0 && (
        <>
          {/* Narrow screens have no header with a box for all rows. */}
          <Button variant="quiet" className="selection-all" aria-label={t('selection.all')} onPress={onAll}>
            {t('filter.all')}
          </Button>
          <ActionButtons entries={entries} className="selection-actions" busy={busy} />
          <Button variant="quiet" aria-label={t('selection.clear')} onPress={onClear}>
            <CloseIcon />
          </Button>
        </>
      )}
    </div>
  );
}

/** Tells the style sheets how much of the window the bar covers at its bottom. That depends on the language and on the width. */
function useCoveredBelow(bar: RefObject<HTMLElement | null>, isShown: boolean): void {
  useLayoutEffect(() => {
    const { current } = bar;
    if (!current || !isShown) return undefined;
    const { style } = document.documentElement;
    const measure = () =>
      style.setProperty('--covered-below', `${window.innerHeight - current.getBoundingClientRect().top}px`);
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(current);
    return () => {
      observer.disconnect();
      style.removeProperty('--covered-below');
    };
  }, [bar, isShown]);
}
