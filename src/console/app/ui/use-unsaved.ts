import { useEffect, useEffectEvent, useRef, useSyncExternalStore } from 'react';

/** How many parts of the page hold something that is not saved. */
let unsavedParts = 0;
const listeners = new Set<() => void>();

/** Notes that a part of the page holds something that is not saved, until the returned function is called. */
function noteUnsaved(): () => void {
  const count = (change: 1 | -1) => {
    unsavedParts += change;
    for (const listener of listeners) listener();
  };
  count(1);
  return () => count(-1);
}

function onUnsavedChange(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** Whether the page holds something that is not saved. */
export function hasUnsaved(): boolean {
  return unsavedParts > 0;
}

/** The same for a component, which is rendered again when it changes. */
export function useHasUnsaved(): boolean {
  return useSyncExternalStore(onUnsavedChange, hasUnsaved);
}

/** While something is not saved, the browser asks before it leaves the page or loads it again. */
export function useAskBeforeUnload(unsaved: boolean): void {
  useEffect(() => {
    if (!unsaved) return undefined;
    const ask = (event: BeforeUnloadEvent) => event.preventDefault();
    window.addEventListener('beforeunload', ask);
    const forget = noteUnsaved();
    return () => {
      window.removeEventListener('beforeunload', ask);
      forget();
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
      const forget = noteUnsaved();
      queueMicrotask(() => {
        if (leftBehind > 0) {
          // A page that is loaded again before the browser has gone back would not be loaded: going back cancels that.
          window.addEventListener('popstate', forget, { once: true });
          history.go(-leftBehind);
        } else forget();
        leftBehind = 0;
      });
    };
  }, []);

  return () => {
    entries.current += 1;
  };
}
