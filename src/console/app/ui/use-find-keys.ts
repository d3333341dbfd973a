import { useEffect, useEffectEvent } from 'react';
import { isTyping } from './is-typing.ts';
import { isShortcut } from './shortcut.ts';

/** Calls the function when the user presses Ctrl+K or ⌘K, or `/` outside a field, unless a dialog is open. */
export function useFindKeys(open: () => void): void {
  const onKeyDown = useEffectEvent((event: KeyboardEvent) => {
    if (event.defaultPrevented) return;
    const isSlash = event.key === '/' && !event.ctrlKey && !event.metaKey && !event.altKey;
    const isFind = isShortcut(event, 'k') || (isSlash && !isTyping(event.target));
    if (!isFind || document.querySelector('[role=dialog], [role=alertdialog]')) return;
    event.preventDefault();
    open();
  });
  useEffect(() => {
    const listener = (event: KeyboardEvent) => onKeyDown(event);
    window.addEventListener('keydown', listener);
    return () => window.removeEventListener('keydown', listener);
  }, []);
}
