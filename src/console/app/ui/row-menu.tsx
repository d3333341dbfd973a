import { useEffect, useRef, useState, type ReactNode } from 'react';
import { Menu, MenuItem, Popover } from 'react-aria-components';
import { t } from '../language/language.ts';
import { MoreIcon } from './icon.tsx';
import { withSigns } from './invisible-characters.ts';
import './menu.css';

export interface MenuEntry {
  label: string;
  danger?: boolean;
  run: () => void;
}

export interface RowMenu<Item> {
  /** The button that opens the menu for one row. */
  button: (item: Item, name: string) => ReactNode;
  /** One menu for all rows, because a menu in each row would make scrolling slow. */
  menu: ReactNode;
}

export function useRowMenu<Item>(entriesFor: (item: Item) => MenuEntry[]): RowMenu<Item> {
  const [open, setOpen] = useState<{ item: Item; name: string }>();
  const trigger = useRef<HTMLButtonElement>(null);
  const list = useRef<HTMLDivElement>(null);
  const entries = open ? entriesFor(open.item) : [];

  useEffect(() => {
    if (!open) return undefined;
    const frame = requestAnimationFrame(() => list.current?.querySelector<HTMLElement>('[role=menuitem]')?.focus());
    return () => cancelAnimationFrame(frame);
  }, [open]);

  return {
    button: (item, name) => (
      <button
        type="button"
        className="button button-quiet row-menu-button"
        aria-label={t('action.allFor', { name: withSigns(name) })}
        aria-haspopup="menu"
        aria-expanded={open?.item === item}
        onClick={(event) => {
          trigger.current = event.currentTarget;
          setOpen({ item, name });
        }}
      >
        <MoreIcon />
      </button>
    ),
    menu: (
      <Popover
        className="menu-popover"
        aria-label={t('action.allFor', { name: withSigns(open?.name ?? '') })}
        triggerRef={trigger}
        isOpen={open !== undefined}
        onOpenChange={(isOpen) => {
          if (!isOpen) setOpen(undefined);
        }}
        placement="bottom end"
      >
        <Menu
          className="menu"
          aria-label={t('action.allFor', { name: withSigns(open?.name ?? '') })}
          ref={list}
          onAction={(label) => {
            setOpen(undefined);
            const entry = entries.find((candidate) => candidate.label === label);
            if (entry) afterFocusReturns(entry.run);
          }}
        >
          {entries.map((entry) => (
            <MenuItem
              key={entry.label}
              id={entry.label}
              className={entry.danger ? 'menu-item menu-item-danger' : 'menu-item'}
            >
              {entry.label}
            </MenuItem>
          ))}
        </Menu>
      </Popover>
    ),
  };
}

/**
 * Runs an action after the closing menu has given the focus back to its button. A dialog that opens earlier would lose
 * the focus to the button. A dialog that opens afterwards gives the focus back to the button when it closes.
 */
function afterFocusReturns(run: () => void): void {
  requestAnimationFrame(() => requestAnimationFrame(run));
}
