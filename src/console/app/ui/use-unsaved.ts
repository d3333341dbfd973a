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
 * How many entries of the history a dialog has left behind that has just been closed. A dialog that opens in its place takes them
 * over: going back takes the browser a while, and would be taken for the Back button then.
 */
let leftBehind = 0;

/**
 * While something is not saved, the browser asks before it leaves the page or loads it again. Its Back button
 * calls `onBack` and stays on the page. The returned function goes back as the person wanted to, when the dialog is closed.
 */
export function useUnsaved(unsaved: boolean, onBack: () => void): () => void {
  /** How many entries of the history to go back when the dialog is closed: Back was pressed and reached one at this address. */
  const entries = useRef(0);

  useAskBeforeUnload(unsaved);

  // A second entry with the same address, which Back leaves first.
  const addEntry = () => {
    if (leftBehind === 0) history.pushState(history.state, '');
    entries.current = Math.max(leftBehind, 1);
    leftBehind = 0;
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
      if (entries.current === 0) return;
      leftBehind = entries.current;
      queueMicrotask(() => {
        if (leftBehind > 0) history.go(-leftBehind);
        leftBehind = 0;
      });
    };
  }, []);

  return () => {
    entries.current += 1;
  };
}
