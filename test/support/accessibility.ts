import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Page } from 'playwright-core';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

const OPTIONS = {
  runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'],
  // axe does not run this rule by default, because the rule is experimental.
  rules: { 'label-content-name-mismatch': { enabled: true } },
  // axe then computes no details for elements that pass.
  resultTypes: ['violations'],
};

/** The rules whose outcome depends on colours. */
const COLOURS = { ...OPTIONS, runOnly: ['color-contrast', 'link-in-text-block'], rules: {} };

interface Violation {
  readonly id: string;
  readonly nodes: readonly { readonly target: readonly string[]; readonly html: string }[];
}

/**
 * Checks the current page with axe. Returns one text for each violation: the rule and the element. axe is run through the
 * debugger, because the page's content security policy would not allow its script.
 *
 * During the check, sticky elements are put back at their own place in the page. Otherwise axe would treat elements that are
 * scrolled behind a sticky element as its neighbours. It would report those as too small, although nobody can press them there.
 *
 * @param extent `colours` runs only the rules that depend on colours. It is for a page that had all checks in other colours.
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
