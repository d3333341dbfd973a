import type { Page } from 'playwright-core';

declare global {
  interface Window {
    /** What has moved by itself since the page was drawn first. */
    moved: string[];
  }
}

/** Watches what moves in the documents that the page opens from now on. */
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

/** The beginnings of the elements that have moved by themselves. */
export async function movesOf(page: Page): Promise<string[]> {
  return page.evaluate(() => window.moved);
}
