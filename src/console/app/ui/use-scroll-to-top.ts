import { useLayoutEffect } from 'react';

/** Scrolls to the top when a page is opened, and when another part of it is shown. */
export function useScrollToTop(part?: string): void {
  useLayoutEffect(() => {
    // The braces keep the result from React: new browsers return a promise, which React would call as a clean-up.
    window.scrollTo(0, 0);
  }, [part]);
}
