import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Page } from 'playwright-core';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

const OPTIONS = {
  runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'],
  // axe leaves it out otherwise, because it is an experiment still.
  rules: { 'label-content-name-mismatch': { enabled: true } },
  // Nothing is computed for the elements that pass.
  resultTypes: ['violations'],
};

/** The rules whose outcome depends on colours. */
const COLOURS = { ...OPTIONS, runOnly: ['color-contrast', 'link-in-text-block'], rules: {} };

interface Violation {
  readonly id: string;
  readonly nodes: readonly { readonly target: readonly string[]; readonly html: string }[];
}

/**
 * What axe finds wrong with the page as it is now: the rule, and the element. axe is run through the debugger, because
 * the page's content security policy would not allow it.
 *
 * Meanwhile sticky elements stand at their own place in the page. axe takes what is scrolled behind them for their neighbour,
 * and finds targets too small that nobody can press there anyway.
 *
 * @param extent `colours`: only what depends on colours is looked at, on a page that has been looked at with others.
 */
export async function accessibilityViolations(page: Page, extent: 'all' | 'colours' = 'all'): Promise<string[]> {
  if (!(await page.evaluate<boolean>(`'axe' in window`))) await page.evaluate(axe);
  const { violations } = await page.evaluate<{ violations: Violation[] }>(`(async () => {
    const sticky = [...document.querySelectorAll('*')].filter((one) => getComputedStyle(one).position === 'sticky');
    for (const { style } of sticky) style.position = 'relative';
    try {
      return await axe.run(${JSON.stringify(extent === 'all' ? OPTIONS : COLOURS)});
    } finally {
      for (const { style } of sticky) style.position = '';
    }
  })()`);
  return violations.flatMap(({ id, nodes }) =>
    nodes.map(({ target, html }) => `${id}: ${target.join(' ')} ${html.slice(0, 160)}`),
  );
}
