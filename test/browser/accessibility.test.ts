import { expect, test } from 'vitest';
import { accessibilityViolations } from '../support/accessibility.ts';
import { describeInBrowser } from '../support/browser.ts';
import { tokenKey } from '../support/fixture.ts';
import { expectToFitAndBeAccessible } from '../support/views.ts';
import { focusWindow, openAccountMenu, openConsole } from './support/console.ts';
import { serveFixture } from './support/server.ts';

describeInBrowser('axe finds no violation', serveFixture, (browser) => {
  test('on the sign-in page', async () => {
    const page = await browser.newPage();
    await page.goto(browser.server.base);
    await page.getByRole('button', { name: 'Sign in' }).click();
    await page.getByText('Paste a token first.').waitFor();
    await expectToFitAndBeAccessible(page);
  });

  test('on the campaign and group pages', async () => {
    const page = await openConsole(browser, tokenKey('admin'), '/?archived=all');
    await page.getByRole('table').waitFor();
    await expectToFitAndBeAccessible(page);

    await page.locator('.campaign-name a').first().click();
    await page.getByRole('button', { name: 'Edit…' }).waitFor();
    await expectToFitAndBeAccessible(page);

    await page.getByRole('link', { name: 'Groups' }).click();
    await page.getByRole('table', { name: 'Groups' }).waitFor();
    await expectToFitAndBeAccessible(page);
  });

  test('on dialogs, menus and lists of options', async () => {
    const page = await openConsole(browser, tokenKey('admin'));
    await page.getByRole('button', { name: 'Actions for Reminders', exact: true }).click();
    await page.getByRole('menu').waitFor();
    expect(await accessibilityViolations(page)).toEqual([]);
    await page.getByRole('menuitem', { name: 'Delete…' }).click();
    await page.getByRole('alertdialog').waitFor();
    // The keyboard and the screen reader cannot reach the page behind the dialog.
    expect(
      await page.evaluate(() => document.querySelector('main')?.closest('[inert], [aria-hidden=true]') !== null),
    ).toBe(true);
    await expectToFitAndBeAccessible(page);
    // Where the system chooses the colours there is no shadow around the dialog.
    await page.emulateMedia({ forcedColors: 'active' });
    expect(
      await page.getByRole('alertdialog').evaluate((dialog) => {
        const { outlineStyle, outlineColor, backgroundColor } = getComputedStyle(dialog);
        return outlineStyle === 'solid' && outlineColor !== backgroundColor;
      }),
    ).toBe(true);
    await page.emulateMedia({ forcedColors: 'none' });
    await page.keyboard.press('Escape');

    await page.getByRole('button', { name: 'New campaign' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('Name').fill('"');
    await dialog.getByRole('combobox').fill('Farm');
    // Wait for the search result. Until it arrives all groups are listed, and the option would move while it is being clicked.
    await expect.poll(() => page.getByRole('listbox').getByRole('option').allInnerTexts()).toEqual(['Farmers']);
    expect(await accessibilityViolations(page)).toEqual([]);
    await page.getByRole('option', { name: 'Farmers' }).click();
    await dialog.getByRole('button', { name: 'Create' }).click();
    await page.locator('.field-error').waitFor();
    await expectToFitAndBeAccessible(page);
  });

  test('what is chosen can be seen where the system chooses the colours', async () => {
    const page = await openConsole(browser, tokenKey('admin'), '/people/tokens', { forcedColors: 'active' });
    const tabs = page.getByRole('navigation', { name: 'People and tokens' }).getByRole('link');
    await tabs.nth(1).waitFor();
    const lines = await tabs.evaluateAll((links) => links.map((link) => getComputedStyle(link).borderBottomWidth));
    expect(lines).toEqual(['0px', '2px']);

    await openAccountMenu(page);
    const signs = page
      .getByRole('menuitemradio')
      .evaluateAll((items) =>
        items.filter((item) => getComputedStyle(item, '::after').content.includes('✓')).map((item) => item.textContent),
      );
    expect(await signs).toEqual(['English']);
    await page.keyboard.press('Escape');

    await page.getByRole('link', { name: 'Campaigns', exact: true }).click();
    await page.getByRole('radio').first().waitFor({ state: 'attached' });
    const backgrounds = await page
      .locator('.segments-box span')
      .evaluateAll((segments) => segments.map((segment) => getComputedStyle(segment).backgroundColor));
    expect(backgrounds[0]).not.toBe(backgrounds[1]);
    expect(backgrounds[1]).toBe(backgrounds[2]);
  });

  test('on an empty list, without access, and while the server is down', async () => {
    const page = await openConsole(browser, tokenKey('viewer'), '/?q=nothing+has+this+name');
    await page.getByRole('heading', { name: 'No campaign matches' }).waitFor();
    await expectToFitAndBeAccessible(page);
    const agent = await openConsole(browser, tokenKey('agent'));
    await agent.getByRole('heading', { name: 'No access' }).waitFor();
    await expectToFitAndBeAccessible(agent);
    await browser.server.pause();
    try {
      await focusWindow(page);
      await page.getByText('The server cannot be reached.').first().waitFor();
      await expectToFitAndBeAccessible(page);
    } finally {
      await browser.server.resume();
    }
  });
});
