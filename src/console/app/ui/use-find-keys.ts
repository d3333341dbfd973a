import { useEffect, useEffectEvent } from 'react';
import { isTyping } from './is-typing.ts';

/** Calls the function at `/`, where it is no text, and at Ctrl+K or ⌘K, unless a dialog is open. */
export function useFindKeys(open: () => void): void {
  const onKeyDown = useEffectEvent((event: KeyboardEvent) => {
    if (event.defaultPrevented || event.altKey) return;
    const withControl = event.ctrlKey || event.metaKey;
    // Other scripts have another letter on the key.
    const isFind = withControl ? event.code === 'KeyK' : event.key === '/' && !isTyping(event.target);
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
