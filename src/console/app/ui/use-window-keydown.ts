import { useEffect, useEffectEvent } from 'react';

/** Calls the function with each key that is pressed, wherever the focus is, while the component is shown. */
export function useWindowKeydown(listener: (event: KeyboardEvent) => void): void {
  const onKeyDown = useEffectEvent(listener);
  useEffect(() => {
    const latest = (event: KeyboardEvent) => onKeyDown(event);
    window.addEventListener('keydown', latest);
    return () => window.removeEventListener('keydown', latest);
  }, []);
}
