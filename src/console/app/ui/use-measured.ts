import { useLayoutEffect, type RefObject } from 'react';

/** A length in pixels for the style sheets. */
export interface Measure {
  /** The custom property that has the length while the element is shown. */
  readonly property: `--${string}`;
  readonly of: (element: HTMLElement) => number;
}

/** Tells the style sheets a length of an element while it is shown. The length may depend on its text, on the language and on the width. */
export function useMeasured(element: RefObject<HTMLElement | null>, measure: Measure, isShown = true): void {
  useLayoutEffect(() => {
    const { current } = element;
    if (!current || !isShown) return undefined;
    const { style } = document.documentElement;
    const tell = () => style.setProperty(measure.property, `${measure.of(current)}px`);
    tell();
    const observer = new ResizeObserver(tell);
    observer.observe(current);
    return () => {
      observer.disconnect();
      style.removeProperty(measure.property);
    };
  }, [element, measure, isShown]);
}
