import { useEffect, type RefObject } from 'react';

/**
 * Focuses an element when it appears. The browser's own `autofocus` would come before the dialog around the element is
 * ready, and another dialog below it would take the focus back.
 */
export function useAutoFocus(element: RefObject<HTMLElement | null>, autoFocus: boolean): void {
  useEffect(() => {
    if (autoFocus) element.current?.focus();
    // oxlint-disable-next-line react-hooks/exhaustive-deps -- only when it appears
  }, []);
}
