import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { BrowserContextOptions, Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { CONSOLE_FOLDER } from '../../src/console/folder.ts';
import { ASSETS } from '../../src/rest/docs/assets.ts';
import { describeInBrowser } from '../support/browser.ts';
import { tokenKey } from '../support/fixture.ts';
import { untilFocused } from './support/console.ts';
import { serveFixture } from './support/server.ts';

/**
 * Removes from the page what at least one browser of TARGET (`src/console/vite-shared.ts`) does not have: Chrome 94, Firefox 93 or
 * Safari 15.4. The build replaces newer syntax, but it does not replace functions.
 */
function removeNewerFunctions(): void {
  const newer: [owner: object | undefined, names: string[]][] = [
    [window, ['structuredClone', 'requestIdleCallback', 'scheduler', 'navigation', 'HTMLDialogElement']],
    [Array, ['fromAsync']],
    [Array.prototype, ['findLast', 'findLastIndex', 'toSorted', 'toReversed', 'toSpliced', 'with']],
    [Object, ['groupBy']],
    [Map, ['groupBy']],
    [Promise, ['withResolvers', 'try']],
    [String.prototype, ['isWellFormed', 'toWellFormed']],
    [Set.prototype, ['union', 'intersection', 'difference', 'isSubsetOf', 'isSupersetOf', 'isDisjointFrom']],
    [Object.getPrototypeOf(Object.getPrototypeOf([].values())) as object, ['map', 'filter', 'find', 'some', 'toArray']],
    [Intl, ['Segmenter', 'DurationFormat']],
    [Crypto.prototype, ['randomUUID']],
    [Navigator.prototype, ['locks', 'userAgentData']],
    [AbortSignal, ['timeout', 'any']],
    [AbortSignal.prototype, ['reason', 'throwIfAborted']],
    [Response, ['json']],
    [URL, ['canParse', 'parse']],
    [URLSearchParams.prototype, ['size']],
    [Document.prototype, ['startViewTransition']],
    [Element.prototype, ['checkVisibility', 'role']],
    [Element.prototype, Object.keys(Element.prototype).filter((name) => name.startsWith('aria'))],
    [HTMLElement.prototype, ['inert', 'popover', 'showPopover', 'hidePopover', 'togglePopover']],
  ];
  for (const [owner, names] of newer) for (const name of names) if (owner) Reflect.deleteProperty(owner, name);
}

/**
 * Properties, units and functions of style sheets that some browsers of TARGET ignore, so that the page looks wrong. They ignore a rule
 * with `:has`, too, so that none may say where something stands or what is selected.
 */
const NEWER_STYLES = new RegExp(
  [
    /[{;\s](?:translate|rotate|scale|container):/,
    /\d(?:r?lh|[dsl]v[hw])\b/,
    /color-mix\(|light-dark\(|oklch\(/,
    /:has\([^{}]*\{(?:[^}]*[;\s])?(?:position|top|bottom|inset|display|grid|background)[\w-]*:/,
  ]
    .map(({ source }) => source)
    .join('|'),
  'g',
);

describeInBrowser('a browser of 2021', serveFixture, (browser) => {
  const open = async (path: string, options: BrowserContextOptions = {}): Promise<Page> => {
    const page = await browser.newPage(options);
    await page.addInitScript(removeNewerFunctions);
    await page.goto(`${browser.server.base}${path}#token=${tokenKey('admin')}`);
    return page;
  };

  test('shows the console, and what was done can be undone', async () => {
    const page = await open('/');
    await page.getByText('640 in use').waitFor();
    await page.getByRole('button', { name: 'Actions for Reminders' }).click();
    await page.getByRole('menuitem', { name: 'Archive' }).click();
    await page.getByRole('button', { name: 'Undo' }).click();
    await page.getByText('640 in use').waitFor();
    await page.getByLabel('Go to').selectOption('end');
    await page.getByText('8 Jan 2024').first().waitFor();
    for (const name of ['Groups', 'Activity']) {
      await page.getByRole('navigation').getByRole('link', { name }).click();
      await page.getByRole('heading', { name, level: 1 }).waitFor();
      await page.locator('[data-index="0"]').waitFor();
    }
  });

  test('selects rows upwards', async () => {
    const page = await open('/');
    await page.locator('[data-index="3"]').getByRole('checkbox').click();
    await page
      .locator('[data-index="1"]')
      .getByRole('checkbox')
      .click({ modifiers: ['Shift'] });
    await page.getByText('3 of 640 selected').waitFor();
  });

  test('opens a dialog on a telephone', async () => {
    const page = await open('/groups', { hasTouch: true, isMobile: true, viewport: { width: 390, height: 700 } });
    await page.getByRole('button', { name: 'New group' }).tap();
    await untilFocused(page.getByRole('dialog').getByLabel('Name'));
    // The page behind it cannot be scrolled.
    await expect.poll(() => page.evaluate(() => getComputedStyle(document.documentElement).overflow)).toBe('hidden');
  });

  test('takes the token of another tab', async () => {
    const page = await open('/');
    await page.getByText('640 in use').waitFor();
    const other = await page.context().newPage();
    await other.addInitScript(removeNewerFunctions);
    await other.goto(browser.server.base);
    await other.getByText('640 in use').waitFor();
  });

  test('shows the playground with its documentation, and says which tab and which button are pressed', async () => {
    const page = await open('/graphiql');
    await page.getByRole('tab', { name: 'NewestCampaigns', selected: true }).waitFor();
    await page.getByRole('button', { name: 'Documentation' }).click();
    await page.getByRole('region', { name: 'Documentation' }).getByText('Types', { exact: true }).waitFor();
    await page.getByRole('button', { name: 'Documentation', expanded: true }).waitFor();
    await page.getByRole('searchbox', { name: 'Search the documentation' }).waitFor();
  });

  test('sends the parameters of a request that the explorer shows', async () => {
    const page = await open('/api/v2/explorer/');
    const operation = page.locator('.operation').filter({ hasText: 'List groups' });
    await operation.locator('summary').first().click();
    await operation.locator('[name=name]').fill('Farmers');
    const sent = page.waitForRequest(/groups\.json/);
    await operation.getByRole('button', { name: 'Send' }).click();
    expect(new URL((await sent).url()).search).toBe('?name=Farmers');
    await operation.getByRole('button', { name: 'curl', pressed: true }).waitFor();
  });
});

test('the style sheets have nothing that browsers of 2021 do not know', async () => {
  const folders = ['assets', 'pages', 'playground/assets'].map((folder) => join(CONSOLE_FOLDER, folder));
  const built = await Promise.all(
    folders.map(async (folder) => (await readdir(folder)).map((name) => join(folder, name))),
  );
  const docs = ASSETS.map((name) => join(import.meta.dirname, '../../src', name));
  const styles = [...built.flat(), ...docs].filter((path) => /\.(?:css|html)$/.test(path));
  expect(styles.length).toBeGreaterThan(10);
  for (const path of styles) {
    const css = (await readFile(path, 'utf8')).replaceAll(/<script[^]*?<\/script>/g, '');
    expect([path, css.match(NEWER_STYLES) ?? []]).toEqual([path, []]);
  }
});
