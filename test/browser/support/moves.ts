import type { Page } from 'playwright-core';

declare global {
  interface Window {
    /** The elements that a layout shift has moved since the first paint. */
    moved: string[];
  }
}

/** Records the layout shifts in all documents that the page opens from now on. */
export async function watchMoves(page: Page): Promise<void> {
  await page.addInitScript(() => {
    window.moved = [];
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries() as (PerformanceEntry & { sources: readonly { node: Node | null }[] })[]) {
        for (const { node } of entry.sources)
          window.moved.push(node instanceof Element ? node.outerHTML.slice(0, 80) : '');
      }
    }).observe({ type: 'layout-shift', buffered: true });
  });
}

/** The first 80 characters of the HTML of each element that a layout shift has moved. */
export async function movesOf(page: Page): Promise<string[]> {
  return page.evaluate(() => window.moved);
}
