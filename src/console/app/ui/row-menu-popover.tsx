import { useEffect, useId, useRef, type RefObject } from 'react';
import { Menu, MenuItem, Popover } from 'react-aria-components';
import type { MenuEntry } from './menu-entry.ts';
import './menu.css';

interface Props {
  label: string;
  /** The button that has opened the menu. */
  trigger: RefObject<HTMLButtonElement | null>;
  isOpen: boolean;
  entries: readonly MenuEntry[];
  /** A text that says where to find actions that are not among the entries. */
  elsewhere: string | undefined;
  onClose: () => void;
}

/** The menu of a row. Its code is loaded after the first page is drawn. */
export function RowMenuPopover({ label, trigger, isOpen, entries, elsewhere, onClose }: Props) {
  const list = useRef<HTMLDivElement>(null);
  const noteId = useId();

  useEffect(() => {
    if (!isOpen) return undefined;
    const frame = requestAnimationFrame(() => list.current?.querySelector<HTMLElement>('[role=menuitem]')?.focus());
    return () => cancelAnimationFrame(frame);
  }, [isOpen]);

  // Somebody else may have taken the row away.
  useEffect(() => {
    if (isOpen && trigger.current?.isConnected === false) onClose();
  });

  return (
    <Popover
      className="menu-popover"
      aria-label={label}
      triggerRef={trigger}
      isOpen={isOpen}
      onOpenChange={(open) => {
        if (!open) onClose();
      }}
      placement="bottom end"
    >
      <Menu
        className="menu"
        aria-label={label}
        {...(elsewhere !== undefined && { 'aria-describedby': noteId })}
        ref={list}
        onAction={(key) => {
          onClose();
          const entry = entries.find((candidate) => candidate.label === key);
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
      {elsewhere !== undefined && (
        <p className="menu-note menu-note-foot" id={noteId}>
          {elsewhere}
        </p>
      )}
    </Popover>
  );
}

/**
 * Runs an action after the closing menu has given the focus back to its button. A dialog that opens earlier would lose
 * the focus to the button. A dialog that opens afterwards gives the focus back to the button when it closes.
 */
function afterFocusReturns(run: () => void): void {
  requestAnimationFrame(() => requestAnimationFrame(run));
}
