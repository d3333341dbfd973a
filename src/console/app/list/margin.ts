import type { Virtualizer } from '@tanstack/react-virtual';
import { useLayoutEffect, useRef, type RefObject } from 'react';
import { removeFrame } from '../ui/frame.ts';

/** The element that contains the rows of a list. */
type Body = RefObject<HTMLElement | null>;

/** Measures the margin of a list: how far down on the page, in pixels, its rows begin. */
export function useMargin(body: Body, setMargin: (margin: number) => void): void {
  useLayoutEffect(() => {
    // After a reload, the frame still stands above the list, and the page would move when it goes.
    removeFrame(body.current);
    const measure = () => setMargin(topOf(body));
    measure();
    // The content above the rows changes its height when the window gets narrow.
    const observer = new ResizeObserver(measure);
    observer.observe(document.body);
    return () => observer.disconnect();
  }, [body, setMargin]);
}

/**
 * Keeps the rows in place when the line above them goes, because the first row of the list has been loaded. The browser does not see to
 * that, because the page has just been scrolled by the height of the new rows. At the end of the page there was no room for all of that:
 * the virtualizer, and not the window, knows where the page should be.
 */
export function useRowsInPlace(
  body: Body,
  virtualizer: Virtualizer<Window, HTMLDivElement>,
  hasPreviousPage: boolean,
  margin: number,
  setMargin: (margin: number) => void,
): void {
  const hadRowsAbove = useRef(hasPreviousPage);
  useLayoutEffect(() => {
    if (hadRowsAbove.current === hasPreviousPage) return;
    hadRowsAbove.current = hasPreviousPage;
    const measured = topOf(body);
    window.scrollTo(0, (virtualizer.scrollOffset ?? window.scrollY) + measured - margin);
    setMargin(measured);
  }, [body, virtualizer, hasPreviousPage, margin, setMargin]);
}

/** How far down on the page, in pixels, the rows begin. */
export function topOf(body: Body): number {
  return (body.current?.getBoundingClientRect().top ?? 0) + window.scrollY;
}
