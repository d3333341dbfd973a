/** Says of the focused element that a key has moved the focus to it: see base.css. */
const FOCUSED_BY_KEY = 'data-focused-by-key';

/**
 * From now on, marks the element to which a key has moved the focus. After a click, Safari does not match `:focus-visible` on what a
 * script focuses, although a key was pressed since. The arrow keys in a list and Tab in a dialog are such scripts.
 */
export function markKeyFocus(): void {
  let isByKey = false;
  const onKey = ({ altKey, ctrlKey, metaKey }: KeyboardEvent) => {
    // Alt and Tab, for example, lead to another window.
    if (!altKey && !ctrlKey && !metaKey) isByKey = true;
  };
  window.addEventListener('keydown', onKey, true);
  window.addEventListener('pointerdown', () => (isByKey = false), true);
  document.addEventListener('focusin', ({ target }) => {
    if (target instanceof Element) target.toggleAttribute(FOCUSED_BY_KEY, isByKey);
  });
  document.addEventListener('focusout', ({ target }) => {
    if (target instanceof Element) target.removeAttribute(FOCUSED_BY_KEY);
  });
}
