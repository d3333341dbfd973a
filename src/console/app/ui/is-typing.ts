/** Whether a key press at this element belongs to a field, a menu or a dialog, and is no shortcut of the page. */
export function isTyping(target: EventTarget | null): boolean {
  return (
    target instanceof Element &&
    target.closest(
      'input:not([type=checkbox], [type=radio]), select, textarea, [role=dialog], [role=alertdialog], [role=menu]',
    ) !== null
  );
}
