import { useEffect, useState } from 'react';
import { flushSync } from 'react-dom';

/** Drawing more rows would take seconds before they are printed. */
const MAX_PRINTED = 1_000;

/** True from just before the page is printed until it has been printed. */
export function useIsPrinting(): boolean {
  const [isPrinting, setPrinting] = useState(false);
  useEffect(() => {
    // The browser prints what is in the document when the listener returns.
    const begin = () => flushSync(() => setPrinting(true));
    const end = () => setPrinting(false);
    window.addEventListener('beforeprint', begin);
    window.addEventListener('afterprint', end);
    return () => {
      window.removeEventListener('beforeprint', begin);
      window.removeEventListener('afterprint', end);
    };
  }, []);
  return isPrinting;
}

/** The indexes of the rows that are printed of a list: all that are loaded, but not more than the first thousand. */
export function printedRows(loaded: number): number[] {
  return Array.from({ length: Math.min(loaded, MAX_PRINTED) }, (_, index) => index);
}
