/**
 * Calls `move` when no element has the focus any more, because the element that had it is gone. If a dialog or a menu is open, this
 * waits until it closes. If an element of the page has the focus then, `move` is not called.
 */
export function whenFocusIsLost(move: () => void): void {
  // A dialog or a menu that closes gives the focus back in the next frame.
  requestAnimationFrame(() =>
    requestAnimationFrame(() => {
      const { activeElement, body } = document;
      if (activeElement === null || activeElement === body) return move();
      if (isOnPage(activeElement)) return;
      // Dialogs and menus are children of the body.
      const closing = new MutationObserver(() => {
        closing.disconnect();
        whenFocusIsLost(move);
      });
      closing.observe(body, { childList: true });
    }),
  );
}

/** Whether the element is on the page itself. Dialogs and menus are outside, and give the focus back to the page when they close. */
export function isOnPage(element: Element): boolean {
  return document.getElementById('app')?.contains(element) === true;
}
