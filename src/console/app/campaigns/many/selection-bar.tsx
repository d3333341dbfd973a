import { useRef, useState, type RefObject } from 'react';
import { t } from '../../language/language.ts';
import { MAX_SELECTED } from '../../list/selection.ts';
import { ActionButtons } from '../../ui/action-buttons.tsx';
import { Button } from '../../ui/button.tsx';
import { CloseIcon } from '../../ui/icon.tsx';
import { isOnPage } from '../../ui/lost-focus.ts';
import type { MenuEntry } from '../../ui/menu-entry.ts';
import { useMeasured, type Measure } from '../../ui/use-measured.ts';
import { useWindowKeydown } from '../../ui/use-window-keydown.ts';
import './selection-bar.css';

/** On many desktops the key that moves the focus between the parts of a window. */
const BAR_KEY = 'F6';

/** How much of the window the bar covers at its bottom. */
const COVERED_BELOW: Measure = {
  property: '--covered-below',
  of: (bar) => window.innerHeight - bar.getBoundingClientRect().top,
};

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
  useMeasured(ref, COVERED_BELOW, count > 0);
  useBarKey(ref, count > 0);
  return (
    <div
      ref={ref}
      className={count > 0 ? 'selection-bar' : undefined}
      role="group"
      aria-label={t('selection.title')}
      aria-keyshortcuts={count > 0 ? BAR_KEY : undefined}
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
      {/* Screen readers read it out when the selection begins, and not again with each row. */}
      <p aria-live="polite" className={count > 0 ? 'selection-key' : 'visually-hidden'}>
        {count > 0 && t('selection.key', { key: BAR_KEY })}
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

/**
 * The key moves the focus to the bar, and back to where it was. Between a row in the middle of a long list and the bar there may be
 * hundreds of other controls.
 */
function useBarKey(bar: RefObject<HTMLElement | null>, isShown: boolean): void {
  const before = useRef<Element>(null);
  useWindowKeydown((event) => {
    if (event.key !== BAR_KEY || event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
    const { activeElement: focused, body } = document;
    const isOutside = focused !== null && focused !== body && !isOnPage(focused);
    // While a dialog or a menu is open, the focus stays there.
    if (!isShown || isOutside) return;
    event.preventDefault();
    if (bar.current?.contains(focused)) {
      const row = before.current?.isConnected ? before.current : document.querySelector('[data-index] input');
      if (row instanceof HTMLElement) row.focus();
    } else {
      before.current = focused;
      bar.current?.querySelector('.selection-actions')?.querySelector('button')?.focus();
    }
  });
}
