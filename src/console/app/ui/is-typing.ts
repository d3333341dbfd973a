/** Whether a key that is pressed there belongs to a text, a choice, a menu or a dialog, and not to the page. */
export function isTyping(target: EventTarget | null): boolean {
  return target instanceof Element && target.closest('input, select, textarea, [role=dialog], [role=menu]') !== null;
}
