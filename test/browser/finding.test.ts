import type { Page, Route } from 'playwright-core';
import { expect, test } from 'vitest';
import { describeInBrowser } from '../support/browser.ts';
import { tokenKey } from '../support/fixture.ts';
import { expectToFitAndBeAccessible } from '../support/views.ts';
import { openConsole, untilFocused } from './support/console.ts';
import { LOCALES, messagesIn } from './support/messages.ts';
import { serveFixture } from './support/server.ts';

/** The console must work with a server that runs registered operations only. */
const serveRegisteredOnly = () => serveFixture({ TRUSTED_DOCUMENTS: 'only' });

/** The text of the option that assistive technology announces as the chosen one. */
const chosen = (page: Page) =>
  page.evaluate(() => {
    const id = document.activeElement?.getAttribute('aria-activedescendant') ?? '';
    return document.getElementById(id)?.textContent;
  });

async function openFind(page: Page, key = '/'): Promise<void> {
  await page.locator('[data-index]').first().waitFor();
  await pressFind(page, key);
}

/** Opens the dialog with a key, and waits until the dialog receives the typed text. */
async function pressFind(page: Page, key: string): Promise<void> {
  await page.keyboard.press(key);
  await untilFocused(page.getByRole('combobox', { name: 'Find' }));
}

describeInBrowser('finding things in the console', serveRegisteredOnly, (browser) => {
  test('opens a campaign or a group by a part of its name, by keyboard alone', async () => {
    const page = await openConsole(browser, tokenKey('admin'));
    await openFind(page);
    await page.keyboard.type('ete rapp');
    await page.getByRole('option', { name: 'ÉTÉ rappels' }).waitFor();
    await expect.poll(() => chosen(page)).toContain('ÉTÉ rappels');
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { level: 1, name: 'ÉTÉ rappels' }).waitFor();

    await pressFind(page, 'Control+k');
    await page.keyboard.type('reporters');
    await page.getByRole('group', { name: 'Groups' }).getByRole('option', { name: 'Reporters', exact: true }).waitFor();
    while (!/^Reporters$/.test((await chosen(page)) ?? '')) await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { level: 1, name: 'Reporters' }).waitFor();
  });

  test('closes when the browser goes back to another page', async () => {
    const page = await openConsole(browser, tokenKey('admin'));
    await page.getByRole('link', { name: 'Groups' }).click();
    await page.getByRole('heading', { level: 1, name: 'Groups' }).waitFor();
    await openFind(page, 'Control+k');
    await page.goBack();
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    await untilFocused(page.getByRole('heading', { level: 1, name: 'Campaigns' }));
  });

  test('offers pages and actions, and those that the role allows', async () => {
    const page = await openConsole(browser, tokenKey('editor'), '/groups');
    // The console must leave these keys to Firefox, which opens its web console with them.
    await page.keyboard.press('Control+Shift+k');
    expect(await page.getByRole('dialog').count()).toBe(0);
    await openFind(page, 'Control+k');
    await page.keyboard.type('new gr');
    await page.getByRole('option', { name: 'New group' }).waitFor();
    await page.keyboard.press('Enter');
    await untilFocused(page.getByRole('dialog', { name: 'New group' }));
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: 'Find' }).click();
    await page.getByRole('option', { name: 'Activity' }).click();
    await page.getByRole('heading', { level: 1, name: 'Activity' }).waitFor();
    await expect.poll(() => page.getByRole('dialog').count()).toBe(0);

    await pressFind(page, 'Control+k');
    await page.keyboard.type('add a work');
    await page.getByRole('option', { name: 'Add a workspace' }).waitFor();
    await page.keyboard.press('Enter');
    await untilFocused(page.getByRole('dialog', { name: 'Add a workspace' }).getByLabel('API token'));
    await page.keyboard.press('Escape');
    await expect.poll(() => page.getByRole('dialog').count()).toBe(0);

    const viewer = await openConsole(browser, tokenKey('viewer'));
    // People who choose their own colours see by outlines what has the focus.
    await viewer.emulateMedia({ forcedColors: 'active' });
    await openFind(viewer);
    const outlines = () =>
      viewer
        .getByRole('option')
        .evaluateAll((options) => options.map((option) => getComputedStyle(option).outlineStyle === 'solid'));
    await expect.poll(outlines).toContain(true);
    expect((await outlines()).filter(Boolean)).toHaveLength(1);
    const offered = viewer.getByRole('dialog').getByRole('option');
    await offered.filter({ hasText: 'Campaigns' }).waitFor();
    expect(await offered.filter({ hasText: 'New' }).count()).toBe(0);
  });

  test('never offers what was found for other words, and says when nothing is found', async () => {
    const page = await openConsole(browser, tokenKey('viewer'));
    await openFind(page);
    await page.keyboard.type('ete rapp');
    await page.getByRole('option', { name: 'ÉTÉ rappels' }).waitFor();
    await page.keyboard.type('zzz');
    expect(await page.getByRole('option', { name: 'ÉTÉ rappels' }).count()).toBe(0);
    await page.getByText('Nothing has this in its name.').waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
  });

  test.each(Object.values(LOCALES))('says what can be found in a line that fits a small phone: %s', async (locale) => {
    const page = await openConsole(browser, tokenKey('viewer'), '/', { locale, viewport: { width: 320, height: 600 } });
    await page.locator('[data-index]').first().waitFor();
    await page.keyboard.press('/');
    const fits = page
      .getByRole('dialog')
      .getByRole('combobox')
      .evaluate((input: HTMLInputElement) => {
        const { font, paddingLeft, paddingRight } = getComputedStyle(input);
        const context = document.createElement('canvas').getContext('2d');
        if (!context) throw new Error('There is no canvas.');
        context.font = font;
        const room = input.clientWidth - parseFloat(paddingLeft) - parseFloat(paddingRight);
        return context.measureText(input.placeholder).width <= room;
      });
    expect(await fits).toBe(true);
  });

  test('leads to the spreadsheet of the list, and to another language', async () => {
    const page = await openConsole(browser, tokenKey('both2'), '/?archived=all');
    await openFind(page);
    await page.keyboard.type('spread');
    await page.getByRole('option', { name: 'Spreadsheet' }).click();
    await page.getByRole('heading', { level: 1, name: 'Spreadsheet' }).waitFor();
    expect(new URL(page.url()).search).toBe('?archived=all');
    await pressFind(page, 'Control+k');
    await page.keyboard.type('franç');
    await page.getByRole('option', { name: 'Language: Français' }).click();
    await page.getByRole('heading', { level: 1, name: messagesIn('fr', 'fr')('campaigns.spreadsheet') }).waitFor();
  });

  test('the search field has the same look in Safari, which ignores its styles unless they say so', async () => {
    const page = await openConsole(browser, tokenKey('viewer'));
    const appearance = page.getByRole('searchbox').evaluate((field) => getComputedStyle(field).appearance);
    expect(await appearance).toBe('none');
  });

  test('a slash that is typed is a text', async () => {
    const page = await openConsole(browser, tokenKey('viewer'));
    await page.getByRole('searchbox').fill('a');
    await page.getByRole('searchbox').press('/');
    expect(await page.getByRole('searchbox').inputValue()).toBe('a/');
    expect(await page.getByRole('dialog').count()).toBe(0);
  });

  test('a slash on a checkbox or a radio button opens it', async () => {
    const page = await openConsole(browser, tokenKey('editor'));
    for (const control of [page.locator('[role=cell] input').first(), page.getByRole('radio').first()]) {
      await control.focus();
      await pressFind(page, '/');
      await page.keyboard.press('Escape');
      await page.getByRole('dialog').waitFor({ state: 'detached' });
    }
  });

  test.each(['en-GB', 'ar-EG'] as const)('fits and is accessible in %s', async (locale) => {
    const t = messagesIn(locale === 'en-GB' ? 'en' : 'ar', locale);
    const page = await openConsole(browser, tokenKey('admin'), '/', { locale });
    await page.locator('[data-index]').first().waitFor();
    await page.keyboard.press('/');
    await page.getByRole('combobox', { name: t('find.title') }).fill('re');
    await page.getByRole('option', { name: t('find.allCampaigns', { text: 're' }) }).waitFor();
    await expectToFitAndBeAccessible(page);
  });

  test('the heading claims no count for words that are not counted yet', async () => {
    const page = await openConsole(browser, tokenKey('viewer'));
    const heading = page.locator('.page-count [role=status]');
    await page.getByText('640 in use').waitFor();
    const held: Route[] = [];
    let holds = true;
    await page.route('**/graphql', (route) =>
      holds && route.request().postData()?.includes('rappels') ? void held.push(route) : route.fallback(),
    );
    await page.getByRole('searchbox').fill('rappels');
    // The heading changes at once, before the search is sent. It stays so until the found rows are counted.
    expect(await heading.innerText()).toBe('Searching…');
    await expect.poll(() => new URL(page.url()).searchParams.get('q')).toBe('rappels');
    await expect.poll(() => held.length).toBeGreaterThan(0);
    expect(await heading.innerText()).toBe('Searching…');
    holds = false;
    await Promise.all(held.map((route) => route.fallback()));
    await page.getByText(/^\d+ found$/).waitFor();
  });
});
