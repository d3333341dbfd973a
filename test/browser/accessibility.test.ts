import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { accessibilityViolations } from '../support/accessibility.ts';
import { describeInBrowser } from '../support/browser.ts';
import { tokenKey } from '../support/fixture.ts';
import { focusWindow, openConsole } from './support/console.ts';
import { serveFixture } from './support/server.ts';

const VIEWS = [
  { colorScheme: 'light', width: 1_280 },
  { colorScheme: 'dark', width: 1_280 },
  { colorScheme: 'dark', width: 360 },
  { colorScheme: 'light', width: 360 },
] as const;

/** Checks the page as it is now, light and dark, wide and narrow. */
async function expectAccessible(page: Page): Promise<void> {
  for (const { colorScheme, width } of VIEWS) {
    await page.emulateMedia({ colorScheme });
    await page.setViewportSize({ width, height: 800 });
    const violations = await accessibilityViolations(page);
    expect({ colorScheme, width, violations }).toEqual({ colorScheme, width, violations: [] });
  }
}

describeInBrowser('axe finds no violation', serveFixture, (browser) => {
  test('on the sign-in page', async () => {
    const page = await browser.newPage();
    await page.goto(browser.server.base);
    await page.getByRole('button', { name: 'Sign in' }).click();
    await page.getByText('Paste a token first.').waitFor();
    await expectAccessible(page);
  });

  test('on the campaign and group pages', async () => {
    const page = await openConsole(browser, tokenKey('admin'), '/?archived=all');
    await page.getByRole('table').waitFor();
    await expectAccessible(page);

    await page.locator('.campaign-name a').first().click();
    await page.getByRole('button', { name: 'Edit…' }).waitFor();
    await expectAccessible(page);

    await page.getByRole('link', { name: 'Groups' }).click();
    await page.getByRole('table', { name: 'Groups' }).waitFor();
    await expectAccessible(page);
  });

  test('on dialogs, menus and lists of options', async () => {
    const page = await openConsole(browser, tokenKey('admin'));
    await page.getByRole('button', { name: 'Actions for Reminders', exact: true }).click();
    await page.getByRole('menu').waitFor();
    expect(await accessibilityViolations(page)).toEqual([]);
    await page.getByRole('menuitem', { name: 'Delete…' }).click();
    await page.getByRole('alertdialog').waitFor();
    // Keyboard and screen reader cannot reach the page behind the dialog.
    expect(
      await page.evaluate(() => document.querySelector('main')?.closest('[inert], [aria-hidden=true]') !== null),
    ).toBe(true);
    await expectAccessible(page);
    await page.keyboard.press('Escape');

    await page.getByRole('button', { name: 'New campaign' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('Name').fill('"');
    await dialog.getByRole('combobox').fill('Farm');
    // Until the search has answered all groups are shown, and the option would move away from under the click.
    await expect.poll(() => page.getByRole('listbox').getByRole('option').allInnerTexts()).toEqual(['Farmers']);
    expect(await accessibilityViolations(page)).toEqual([]);
    await page.getByRole('option', { name: 'Farmers' }).click();
    await dialog.getByRole('button', { name: 'Create' }).click();
    await page.locator('.field-error').waitFor();
    await expectAccessible(page);
  });

  test('on an empty list, without access, and while the server is down', async () => {
    const page = await openConsole(browser, tokenKey('viewer'), '/?q=nothing+has+this+name');
    await page.getByRole('heading', { name: 'No campaign matches' }).waitFor();
    await expectAccessible(page);
    const agent = await openConsole(browser, tokenKey('agent'));
    await agent.getByRole('heading', { name: 'No access' }).waitFor();
    await expectAccessible(agent);
    await browser.server.pause();
    try {
      await focusWindow(page);
      await page.getByText('The server cannot be reached.').first().waitFor();
      await expectAccessible(page);
    } finally {
      await browser.server.resume();
    }
  });
});
