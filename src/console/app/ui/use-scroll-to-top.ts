import { useLayoutEffect } from 'react';

/** A page that is arrived at is seen from its top. */
export function useScrollToTop(): void {
  useLayoutEffect(() => window.scrollTo(0, 0), []);
}
