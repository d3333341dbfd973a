import { useEffect, useRef, type RefObject } from 'react';

/** Whether the component is still shown. An outcome that arrives later has to be told by a notice. */
export function useIsShown(): Readonly<RefObject<boolean>> {
  const isShown = useRef(true);
  useEffect(() => {
    isShown.current = true;
    return () => {
      isShown.current = false;
    };
  }, []);
  return isShown;
}
