import { useEffect, useEffectEvent } from 'react';

/** An element of the page that had the focus, and the elements around it, the innermost first. */
export interface FocusPlace {
  readonly element: HTMLElement;
  readonly around: readonly Element[];
}

type MoveFocus = (lost: FocusPlace) => void;

/** What knows a better place for the focus than a heading. */
const movers = new Set<MoveFocus>();

/**
 * Calls `move` when an element has lost the focus because it cannot have it any more. If `move` knows a better place for it than the
 * heading, it moves the focus there.
 */
export function useLostFocus(move: MoveFocus): void {
  const onLost = useEffectEvent(move);
  useEffect(() => {
    const mover: MoveFocus = (lost) => onLost(lost);
    movers.add(mover);
    return () => void movers.delete(mover);
  }, []);
}

/** Whether the element is on the page itself. Dialogs and menus are outside, and give the focus back to the page when they close. */
export function isOnPage(element: Element): boolean {
  return pageElement()?.contains(element) === true;
}

/**
 * From now on, finds a place for the focus whenever its element is removed, because keyboard users would otherwise start again at the
 * top of the page, and screen readers would say nothing. If a dialog had the focus, the element of the page that had it before gets it
 * back. If that is gone, the callbacks of `useLostFocus` are asked. If none of them has moved the focus, the heading of the section
 * around it gets it, or that of the page.
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
      // Another element may have had the focus meanwhile, and have lost it because it is gone.
      if (focused === target && isFocusLost() && focused?.isConnected) focused = onPage = undefined;
    }),
  );
  let lost: Element | undefined;
  new MutationObserver(() => {
    const element = focused;
    if (!element || element.isConnected || element === lost) return;
    lost = element;
    whenFocusIsLost(() => {
      // Another element may have had the focus meanwhile, and have lost it too.
      if (focused === element && onPage) moveFocus(onPage);
      // A page that is still loading may have no heading yet. Then the next change of the page is another chance.
      if (isFocusLost()) lost = undefined;
    });
  }).observe(document.body, { childList: true, subtree: true });
}

/**
 * Calls `move` when no element has the focus any more, because the element that had it is gone. If a dialog or a menu is open, this
 * waits until it closes. If an element of the page has the focus then, `move` is not called.
 */
function whenFocusIsLost(move: () => void): void {
  // A dialog or a menu that closes gives the focus back in the next frame.
  requestAnimationFrame(() =>
    requestAnimationFrame(() => {
      const { activeElement, body } = document;
      const page = pageElement();
      // While a dialog is open, no element of the page can have the focus.
      if (isFocusLost() && page?.inert !== true) return move();
      if (activeElement && isOnPage(activeElement)) return;
      const closing = new MutationObserver(() => {
        closing.disconnect();
        whenFocusIsLost(move);
      });
      // Dialogs and menus are children of the body.
      closing.observe(body, { childList: true });
      if (page) closing.observe(page, { attributeFilter: ['inert'] });
    }),
  );
}

function moveFocus(lost: FocusPlace): void {
  const { element, around } = lost;
  element.focus({ preventScroll: true });
  for (const mover of movers) {
    if (!isFocusLost()) return;
    mover(lost);
  }
  if (!isFocusLost()) return;
  const remaining = around.find(({ isConnected }) => isConnected);
  const heading = remaining?.closest('section')?.querySelector('h2') ?? document.querySelector('h1');
  // A heading without `tabindex` cannot get the focus.
  if (heading) heading.tabIndex = -1;
  heading?.focus({ preventScroll: true });
}

function isFocusLost(): boolean {
  const { activeElement, body } = document;
  return activeElement === null || activeElement === body;
}

function pageElement(): HTMLElement | null {
  return document.getElementById('app');
}

function* ancestorsOf(element: Element): Generator<Element> {
  for (let parent = element.parentElement; parent; parent = parent.parentElement) yield parent;
}
