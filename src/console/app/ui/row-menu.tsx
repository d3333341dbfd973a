import { useRef, useState, type ReactNode } from 'react';
import { t } from '../language/language.ts';
import { focusClicked } from './focus-clicked.ts';
import { MoreIcon } from './icon.tsx';
import { withSigns } from './invisible-characters.ts';
import { lazyPart } from './lazy-part.tsx';
import type { MenuEntry } from './menu-entry.ts';

const RowMenuPopover = lazyPart(async () => (await import('./row-menu-popover.tsx')).RowMenuPopover);

export interface RowMenu<Item> {
  /** The button that opens the menu for one row. */
  button: (item: Item, name: string) => ReactNode;
  /** One menu for all rows, because a menu in each row would make scrolling slow. */
  menu: ReactNode;
}

/** The header of the column with the buttons. */
export function RowMenuHeader() {
  return (
    <span role="columnheader">
      <span className="visually-hidden">{t('action.all')}</span>
    </span>
  );
}

/** @param elsewhere The text below the entries: where to find actions that are not among them. */
export function useRowMenu<Item extends { uuid: string }>(
  entriesFor: (item: Item) => MenuEntry[],
  elsewhere: (item: Item) => string | undefined = () => undefined,
): RowMenu<Item> {
  const [open, setOpen] = useState<{ item: Item; name: string }>();
  /** The last row whose menu was open. The menu needs its name while it closes. */
  const [last, setLast] = useState<{ item: Item; name: string }>();
  const trigger = useRef<HTMLButtonElement>(null);
  const label = t('action.allFor', { name: withSigns(last?.name ?? '') });

  return {
    button: (item, name) => (
      <button
        type="button"
        className="button button-quiet row-menu-button"
        aria-label={t('action.allFor', { name: withSigns(name) })}
        aria-haspopup="menu"
        aria-expanded={open?.item.uuid === item.uuid}
        onClick={(event) => {
          focusClicked(event);
          trigger.current = event.currentTarget;
          setOpen({ item, name });
          setLast({ item, name });
        }}
      >
        <MoreIcon />
      </button>
    ),
    menu: last && (
      <RowMenuPopover
        label={label}
        trigger={trigger}
        isOpen={open !== undefined}
        entries={open ? entriesFor(open.item) : []}
        elsewhere={elsewhere(last.item)}
        onClose={() => setOpen(undefined)}
      />
    ),
  };
}
