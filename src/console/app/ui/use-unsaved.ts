import { useEffect, useEffectEvent, useRef } from 'react';

/** How many components of the page hold something that is not saved. */
let unsavedCount = 0;

/** Whether the page holds something that is not saved. */
export function hasUnsaved(): boolean {
  return unsavedCount > 0;
}

/** While something is not saved, the browser asks before it leaves the page or loads it again. */
export function useAskBeforeUnload(unsaved: boolean): void {
  useEffect(() => {
    if (!unsaved) return undefined;
    const ask = (event: BeforeUnloadEvent) => event.preventDefault();
    window.addEventListener('beforeunload', ask);
    unsavedCount += 1;
    return () => {
      window.removeEventListener('beforeunload', ask);
      unsavedCount -= 1;
    };
  }, [unsaved]);
}

/**
 * How many history entries the dialog that has just closed has left behind. A dialog that opens in its place takes them over. If the
 * first dialog went back instead, the event would arrive late, and the second dialog would take it for the Back button.
 */
let leftBehind = 0;

/**
 * While `unsaved`, the browser asks before it leaves or reloads the page, and its Back button calls `onBack` and stays on
 * the page. Call the returned function when the user confirms leaving by Back: closing the dialog then goes back one page more.
 */
export function useUnsaved(unsaved: boolean, onBack: () => void): () => void {
  /** How many history entries to go back when the dialog is closed. These are the entries that this hook has added, and one for Back. */
  const entries = useRef(0);

  useAskBeforeUnload(unsaved);

  // Adds a history entry with the same address. Back removes this entry first and stays on the page.
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
