import { useEffect, useEffectEvent, useRef } from 'react';

/**
 * While something that was typed is not saved, the browser's Back button calls `onBack` and stays on the page. Returns a function
 * to call before the dialog is closed, if Back shall go where it would have led.
 */
export function useBack(unsaved: boolean, onBack: () => void): () => void {
  /** How many entries of the history to go back when the dialog is closed. */
  const entries = useRef(0);

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
