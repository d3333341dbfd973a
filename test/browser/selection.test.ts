import type { Locator, Page } from 'playwright-core';
import { expect, test } from 'vitest';
import type { Language } from '../../src/console/app/language/languages.ts';
import { describeInBrowser } from '../support/browser.ts';
import { clientFor } from '../support/client.ts';
import { tokenKey } from '../support/fixture.ts';
import { hold, openConsole, untilFocused } from './support/console.ts';
import { messagesIn } from './support/messages.ts';
import { serveFixture } from './support/server.ts';
import { bar, boxOf, createCampaigns, inBar, isOnRow, linkTo, selected } from './support/selection.ts';

const ARCHIVE = `mutation ($uuid: UUID!) {
  updateCampaign(input: { uuid: $uuid, archived: true }) { campaign { uuid } }
}`;

/** Whether another element covers the focused one. */
const isCovered = (page: Page) =>
  page.evaluate(() => {
    const focused = document.activeElement;
    const { x = 0, y = 0, width = 0, height = 0 } = focused?.getBoundingClientRect() ?? {};
    return focused?.contains(document.elementFromPoint(x + width / 2, y + height / 2)) !== true;
  });

describeInBrowser('the selection of campaigns', serveFixture, (browser) => {
  const create = (...names: string[]) => createCampaigns(browser.server.base, ...names);

  test('Shift+End selects no rows beyond those that are loaded, because the focus stays', async () => {
    const page = await openConsole(browser, tokenKey('admin'), '/?order=name');
    await page.getByRole('checkbox').nth(1).waitFor();
    await page.locator('.campaign-name a').nth(2).focus();
    await page.keyboard.press('Shift+End');
    await page.keyboard.press('Shift+ArrowDown');
    await expect.poll(() => selected(page)).toMatch(/^2 of /);
  });

  test('the actions are reached with the keyboard from the middle of a long list, and left again', async () => {
    const page = await openConsole(browser, tokenKey('admin'));
    const focused = (control: Locator) =>
      control.evaluateAll((elements) => elements.some((element) => element === document.activeElement));
    const boxAt = (index: number) => page.locator(`[data-index="${index}"] input`);
    await boxAt(0).focus();
    for (let rows = 0; rows < 60; rows += 1) await page.keyboard.press('ArrowDown');
    await expect.poll(() => focused(boxAt(60))).toBe(true);
    await page.keyboard.press('F6');
    expect(await focused(boxAt(60))).toBe(true);
    await page.keyboard.press('Space');
    await bar(page).getByText('F6: to these actions and back').waitFor();
    await page.keyboard.press('F6');
    expect(await focused(inBar(page, 'Archive'))).toBe(true);
    await page.keyboard.press('Tab');
    expect(await focused(inBar(page, 'Move…'))).toBe(true);
    await page.keyboard.press('Enter');
    await untilFocused(page.getByRole('dialog').getByRole('combobox'));
    await page.keyboard.press('F6');
    expect(await focused(page.getByRole('dialog').getByRole('combobox'))).toBe(true);
    await page.keyboard.press('Escape');
    await untilFocused(inBar(page, 'Move…'));
    await page.keyboard.press('F6');
    expect(await focused(boxAt(60))).toBe(true);

    // In the order of the Tab key the bar comes right before the list.
    await page.keyboard.press('ArrowDown');
    await page.getByRole('columnheader').getByRole('checkbox').focus();
    await page.keyboard.press('Shift+Tab');
    expect(await focused(inBar(page, 'Clear the selection'))).toBe(true);
  });

  test('selects by click, by range, and all that are loaded, and forgets it by Escape', async () => {
    await create('Range 4', 'Range 3', 'Range 2', 'Range 1');
    const page = await openConsole(browser, tokenKey('admin'));
    const backgroundOf = (name: string) =>
      boxOf(page, name).evaluate((box) => getComputedStyle(box.nextElementSibling ?? box).backgroundColor);
    const unselected = await backgroundOf('Range 1');
    await boxOf(page, 'Range 1').check();
    expect(await backgroundOf('Range 1')).not.toBe(unselected);
    await boxOf(page, 'Range 4').click({ modifiers: ['Shift'] });
    await expect.poll(() => selected(page)).toMatch(/^4 of /);
    await boxOf(page, 'Range 2').uncheck();
    await expect.poll(() => selected(page)).toMatch(/^3 of /);
    // A row that is added to the list later is not selected.
    await create('Range, later');
    await linkTo(page, 'Range, later').waitFor();
    await expect.poll(() => selected(page)).toMatch(/^3 of /);
    expect(await boxOf(page, 'Range, later').isChecked()).toBe(false);

    // Neither the selection bar nor the header covers the focused row.
    await boxOf(page, 'Range 2').focus();
    for (let rows = 0; rows < 20; rows += 1) await page.keyboard.press('ArrowDown');
    await expect.poll(() => isCovered(page)).toBe(false);
    for (let rows = 0; rows < 20; rows += 1) await page.keyboard.press('ArrowUp');
    await expect.poll(() => isCovered(page)).toBe(false);

    await linkTo(page, 'Range 1').focus();
    await page.keyboard.press('Space');
    await expect.poll(() => selected(page)).toMatch(/^2 of /);
    await page.keyboard.press('Escape');
    await expect.poll(() => bar(page).getByRole('button').count()).toBe(0);
    await expect.poll(() => selected(page)).toBe('Nothing is selected');

    await page.getByRole('checkbox', { name: 'Select all that are loaded' }).check();
    await expect.poll(() => selected(page)).toMatch(/^\d+ of \d+ selected/);
    await page.getByRole('searchbox').fill('Range');
    await page.getByText('5 found').waitFor();
    await expect.poll(() => selected(page)).toBe('Nothing is selected');
  });

  test('the notice that stays covers neither the focused row nor the last one', async () => {
    await create('Covered 1', 'Covered 2');
    const page = await openConsole(browser, tokenKey('admin'), '/', { viewport: { width: 480, height: 500 } });
    await boxOf(page, 'Covered 1').check();
    await inBar(page, 'Archive').click();
    await page.locator('.notice-undo').waitFor();
    await linkTo(page, 'Covered 2').focus();
    for (let rows = 0; rows < 20; rows += 1) await page.keyboard.press('ArrowDown');
    await expect.poll(() => isCovered(page)).toBe(false);
    await page.keyboard.press('End');
    await expect.poll(() => isOnRow(page)).toBe(true);
    await expect.poll(() => isCovered(page)).toBe(false);
  });

  test('the notice that stays covers neither the end of a page nor the options of a dialog, however high it is', async () => {
    await create('Reminders of the mothers and the children in all northern wards');
    const page = await openConsole(browser, tokenKey('admin'), '/?q=all+northern', {
      locale: 'sw-TZ',
      viewport: { width: 320, height: 640 },
    });
    await page.locator('.row-menu-button').first().click();
    await page.getByRole('menuitem').nth(1).click();
    const notice = page.locator('.notice-undo');
    await notice.waitFor();
    const above = async (place: Locator) => {
      const [shown, covering] = [await place.boundingBox(), await notice.boundingBox()];
      return shown !== null && covering !== null && covering.height > 150 && shown.y + shown.height <= covering.y;
    };
    await page.evaluate(() => window.scrollTo(0, document.documentElement.scrollHeight));
    await expect.poll(() => above(page.locator('main .button').last())).toBe(true);
    await page.keyboard.press('Control+k');
    const option = page.getByRole('dialog').getByRole('option').last();
    await option.waitFor();
    await page.locator('.find-list').evaluate((list) => list.scrollTo(0, list.scrollHeight));
    await expect.poll(() => above(option)).toBe(true);
  });

  test('shows all actions on a small phone, also in French', async () => {
    const page = await openConsole(browser, tokenKey('admin'), '/', {
      locale: 'fr-SN',
      viewport: { width: 320, height: 480 },
    });
    await page.locator('[role=cell] input').first().check();
    const actions = page.locator('.selection-actions');
    expect(await actions.evaluate(({ scrollWidth, clientWidth }) => scrollWidth <= clientWidth)).toBe(true);
    expect(await actions.getByRole('button').count()).toBeGreaterThanOrEqual(3);
  });

  test.each([
    ['fr-SN', 256],
    ['sw-KE', 256],
    ['sw-KE', 640],
  ])('shows the whole of each button in %s in a window of 320 by %d', async (locale, height) => {
    await create(`In use ${locale} ${height}`);
    const archived = await create(`Archived ${locale} ${height}`);
    await clientFor(browser.server.base, 'editor').data(ARCHIVE, { uuid: archived[0] });
    const page = await openConsole(browser, tokenKey('admin'), '/?archived=all', {
      locale,
      viewport: { width: 320, height },
    });
    for (const place of [0, 1]) await page.locator('[role=cell] input').nth(place).check();
    const edges = await page.locator('.selection-bar').evaluate((shown) => {
      const outer = shown.getBoundingClientRect();
      return [...shown.querySelectorAll('button')].map((button) => {
        const { left, right, top, bottom } = button.getBoundingClientRect();
        return left >= outer.left + 4 && right <= outer.right - 4 && top >= outer.top && bottom <= outer.bottom;
      });
    });
    expect(edges).toHaveLength(6);
    expect(edges).not.toContain(false);
  });

  test('a click with Shift beside a box selects a range, also in a browser that ignores it for the label', async () => {
    const page = await openConsole(browser, tokenKey('admin'));
    const box = (index: number) => page.locator(`[data-index="${index}"]`).getByRole('checkbox');
    await box(1).click();
    // Like Firefox.
    await page.evaluate(() => {
      window.addEventListener('click', (event) => {
        if (event.shiftKey && event.target instanceof HTMLLabelElement) event.preventDefault();
      });
    });
    await page.locator('[data-index="3"] .selection-box').click({ modifiers: ['Shift'], position: { x: 4, y: 4 } });
    await expect.poll(() => selected(page)).toMatch(/^3 of /);
  });

  test('the box of all is not checked where there is no row', async () => {
    const page = await browser.newPage();
    const release = await hold(page, '"backwards":true');
    await page.goto(`${browser.server.base}/?order=name&at=%F4%8F%BF%BF#token=${tokenKey('admin')}`);
    const box = page.getByRole('checkbox', { name: 'Select all that are loaded' });
    await box.waitFor();
    expect([await page.locator('[data-index]').count(), await box.isChecked()]).toEqual([0, false]);
    release();
    await page.locator('[data-index]').first().waitFor();
  });

  test.each(['fr-FR', 'sw-TZ'])(
    'covers neither the row with the focus nor a notice, however high it is: %s',
    async (locale) => {
      const page = await openConsole(browser, tokenKey('admin'), '/', {
        locale,
        viewport: { width: 320, height: 640 },
      });
      await page.locator('[role=cell] input').first().check();
      const bar = page.locator('.selection-bar');
      await expect.poll(async () => (await bar.boundingBox())?.height).toBeGreaterThan(120);
      for (let row = 0; row < 12; row += 1) {
        await page.keyboard.press('ArrowDown');
        await expect.poll(() => isCovered(page)).toBe(false);
      }
      await page.keyboard.press('Tab');
      await expect.poll(() => isCovered(page)).toBe(false);
      const t = messagesIn(locale.slice(0, 2) as Language, locale);
      await bar.getByRole('button', { name: t('action.archive'), exact: true }).click();
      const notice = page.locator('.notice');
      await notice.waitFor();
      await page.locator('[data-index] input').nth(2).check();
      // The notice moves only after the bar has got its new height.
      await expect
        .poll(async () => {
          const [below, bottom] = [await bar.boundingBox(), await notice.boundingBox()];
          return (below?.y ?? 0) - (bottom?.y ?? 0) - (bottom?.height ?? 0);
        })
        .toBeGreaterThanOrEqual(0);
    },
  );

  test('on a narrow screen the header of the list can be seen while it has the focus', async () => {
    const page = await openConsole(browser, tokenKey('admin'), '/', { viewport: { width: 640, height: 500 } });
    const head = page.locator('.list-head');
    const header = (name: string) => head.getByRole('button', { name });
    await expect.poll(async () => (await head.boundingBox())?.height).toBe(1);
    const order: Locator[] = [head.getByRole('checkbox'), header('Name'), header('Created')];
    await order[0]?.focus();
    for (const control of order) {
      await untilFocused(control);
      const isOnTop = () =>
        control.evaluate((element) => {
          const { left, top, width, height } = element.getBoundingClientRect();
          return element.contains(document.elementFromPoint(left + width / 2, top + height / 2));
        });
      await expect.poll(isOnTop).toBe(true);
      await page.keyboard.press('Tab');
    }
    await expect.poll(async () => (await head.boundingBox())?.height).toBe(1);
  });

  test('is not offered to viewers', async () => {
    const page = await openConsole(browser, tokenKey('viewer'));
    await page.getByRole('table').waitFor();
    await page.getByText('Up to date', { exact: true }).waitFor();
    expect(await page.getByRole('checkbox').count()).toBe(0);
  });
});
