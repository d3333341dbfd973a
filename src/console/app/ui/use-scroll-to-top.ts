import { useLayoutEffect } from 'react';

/** A page that is arrived at is seen from its top. */
export function useScrollToTop(): void {
  useLayoutEffect(() => {
    // Newer browsers return a promise, which React would take for a clean-up.
    window.scrollTo(0, 0);
  }, []);
}
