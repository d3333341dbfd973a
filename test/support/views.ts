import type { Page } from 'playwright-core';
import { expect } from 'vitest';
import { accessibilityViolations } from './accessibility.ts';

/** Each width and each colour scheme gets all checks once. The other combinations get only the checks of colours. */
const VIEWS = [
  { colorScheme: 'light', width: 1_280, extent: 'all' },
  { colorScheme: 'dark', width: 320, extent: 'all' },
  { colorScheme: 'dark', width: 1_280, extent: 'colours' },
  { colorScheme: 'light', width: 320, extent: 'colours' },
] as const;

/** By how many pixels the page is wider than the window. */
export const overflow = (page: Page): Promise<number> =>
  page.evaluate<number>('document.documentElement.scrollWidth - innerWidth');

/** Expects that axe finds no violation in the current page and that the page fits the window, in each of the views. */
export async function expectToFitAndBeAccessible(page: Page): Promise<void> {
  for (const { colorScheme, width, extent } of VIEWS) {
    await page.emulateMedia({ colorScheme });
    await page.setViewportSize({ width, height: 800 });
    // On a busy machine an open menu may stand where it was in the old width for a moment.
    await expect.poll(() => overflow(page)).toBe(0);
    const violations = await accessibilityViolations(page, extent);
    expect({ colorScheme, width, violations }).toEqual({ colorScheme, width, violations: [] });
  }
}
