import { useEffect, useEffectEvent, useRef } from 'react';

/** While something is not saved, the browser asks before it leaves the page or loads it again. */
export function useAskBeforeUnload(unsaved: boolean): void {
  useEffect(() => {
    if (!unsaved) return undefined;
    const ask = (event: BeforeUnloadEvent) => event.preventDefault();
    window.addEventListener('beforeunload', ask);
    return () => window.removeEventListener('beforeunload', ask);
  }, [unsaved]);
}

/**
 * While something that was typed is not saved, the browser asks before it leaves the page or loads it again. Its Back button
 * calls `onBack` and stays on the page. The returned function goes back as the person wanted to, when the dialog is closed.
 */
export function useUnsaved(unsaved: boolean, onBack: () => void): () => void {
  /** How many entries of the history to go back when the dialog is closed: Back was pressed and reached one at this address. */
  const entries = useRef(0);

  useAskBeforeUnload(unsaved);

  // A second entry with the same address, which Back leaves first.
  const addEntry = () => {
    history.pushState(history.state, '');
    entries.current = 1;
  };
  useEffect(() => {
    if (unsaved && entries.current === 0) addEntry();
  }, [unsaved]);

  const left = useEffectEvent(() => {
    if (entries.current === 0) return;
    entries.current = 0;
    if (unsaved) addEntry();
    onBack();
  });
  useEffect(() => {
    window.addEventListener('popstate', left);
    return () => {
      window.removeEventListener('popstate', left);
      if (entries.current > 0) history.go(-entries.current);
    };
  }, []);

  return () => {
    entries.current += 1;
  };
}
