/**
 * Calls `move` when nothing has the focus any more because what had it is gone. A dialog or a menu that is open is waited for. If
 * the focus is on the page by then, `move` is not called.
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

/** Dialogs and menus are outside the page, and give the focus back to it when they close. */
export function isOnPage(element: Element): boolean {
  return document.getElementById('app')?.contains(element) === true;
}
