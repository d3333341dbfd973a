/**
 * Calls `move` when no element has the focus any more, because the element that had it is gone. If a dialog or a menu is open, this
 * waits until it closes. If an element of the page has the focus then, `move` is not called.
 */
export function whenFocusIsLost(move: () => void): void {
  // A dialog or a menu that closes gives the focus back in the next frame.
  requestAnimationFrame(() =>
    requestAnimationFrame(() => {
      const { activeElement, body } = document;
      if (isFocusLost()) return move();
      if (activeElement && isOnPage(activeElement)) return;
      // Dialogs and menus are children of the body.
      const closing = new MutationObserver(() => {
        closing.disconnect();
        whenFocusIsLost(move);
      });
      closing.observe(body, { childList: true });
    }),
  );
}

function isFocusLost(): boolean {
  const { activeElement, body } = document;
  return activeElement === null || activeElement === body;
}

/** Whether the element is on the page itself. Dialogs and menus are outside, and give the focus back to the page when they close. */
export function isOnPage(element: Element): boolean {
  return document.getElementById('app')?.contains(element) === true;
}

/** An element that had the focus, and the elements around it, the innermost first. */
interface FocusPlace {
  readonly element: HTMLElement;
  readonly around: readonly Element[];
}

/**
 * From now on, finds a place for the focus whenever its element is removed, because keyboard users would otherwise start again at the
 * top of the page, and screen readers would say nothing. If a dialog had the focus, the element of the page that had it before gets it
 * back. If that is gone, the heading of the section around it gets the focus, or that of the page. What knows a better place, such as
 * a list, moves the focus first, with `whenFocusIsLost`.
 */
export function keepFocus(): void {
  /** The last element that had the focus, and the last one on the page itself. */
  let focused: Element | undefined;
  let onPage: FocusPlace | undefined;
  document.addEventListener('focusin', ({ target }) => {
    if (!(target instanceof HTMLElement)) return;
    focused = target;
    if (isOnPage(target)) onPage = { element: target, around: [...ancestorsOf(target)] };
  });
  // A click beside all controls takes the focus from an element that is still there. Then it is not lost, and must not come back.
  document.addEventListener('focusout', ({ target }) =>
    requestAnimationFrame(() => {
      if (isFocusLost() && (target as Node).isConnected) focused = onPage = undefined;
    }),
  );
  let lost: Element | undefined;
  new MutationObserver(() => {
    const element = focused;
    if (!element || element.isConnected || element === lost) return;
    lost = element;
    // One frame later than others that wait for the same. Another element may have had the focus meanwhile, and have lost it too.
    whenFocusIsLost(() =>
      requestAnimationFrame(() => {
        if (focused === element && onPage && isFocusLost()) focusNear(onPage);
      }),
    );
  }).observe(document.body, { childList: true, subtree: true });
}

function focusNear({ element, around }: FocusPlace): void {
  element.focus({ preventScroll: true });
  if (!isFocusLost()) return;
  const remaining = around.find(({ isConnected }) => isConnected);
  const heading = remaining?.closest('section')?.querySelector('h2') ?? document.querySelector('h1');
  // A heading without `tabindex` cannot get the focus.
  if (heading) heading.tabIndex = -1;
  heading?.focus({ preventScroll: true });
}

function* ancestorsOf(element: Element): Generator<Element> {
  for (let parent = element.parentElement; parent; parent = parent.parentElement) yield parent;
}
