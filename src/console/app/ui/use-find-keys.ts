import { isTyping } from './is-typing.ts';
import { isShortcut } from './shortcut.ts';
import { useWindowKeydown } from './use-window-keydown.ts';

/** Calls the function when the user presses Ctrl+K or ⌘K, or `/` outside a field, unless a dialog is open. */
export function useFindKeys(open: () => void): void {
  useWindowKeydown((event) => {
    if (event.defaultPrevented) return;
    const isSlash = event.key === '/' && !event.ctrlKey && !event.metaKey && !event.altKey;
    const isFind = isShortcut(event, 'k') || (isSlash && !isTyping(event.target));
    if (!isFind || document.querySelector('[role=dialog], [role=alertdialog]')) return;
    event.preventDefault();
    open();
  });
}
