import type { Locator, Page } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import type { Language } from '../../src/console/app/language/languages.ts';
import { accessibilityViolations } from '../support/accessibility.ts';
import { describeInBrowser } from '../support/browser.ts';
import { clientFor } from '../support/client.ts';
import { tokenKey } from '../support/fixture.ts';
import { expectToFitAndBeAccessible } from '../support/views.ts';
import { hold, openConsole, openWithoutStreams, untilFocused, untilSettled } from './support/console.ts';
import { messagesIn } from './support/messages.ts';
import { serveFixture } from './support/server.ts';

const CREATE = `mutation ($campaigns: [NewCampaign!]!) {
  createCampaigns(input: { campaigns: $campaigns }) { campaigns { uuid } userErrors { message } }
}`;
const ARCHIVE = `mutation ($uuid: UUID!) {
  updateCampaign(input: { uuid: $uuid, archived: true }) { campaign { uuid } }
}`;
const RENAME = `mutation ($uuid: UUID!, $name: String!) {
  updateCampaign(input: { uuid: $uuid, name: $name }) { campaign { uuid } }
}`;

interface Created {
  readonly createCampaigns: { readonly campaigns: readonly { readonly uuid: string }[] };
}

const boxOf = (page: Page, name: string) => page.getByRole('checkbox', { name: `Select ${name}`, exact: true });
const linkTo = (page: Page, name: string) => page.getByRole('table').getByRole('link', { name, exact: true });
const bar = (page: Page) => page.getByRole('group', { name: 'Actions for the selected campaigns' });
const inBar = (page: Page, action: string) => bar(page).getByRole('button', { name: action, exact: true });

/** The text in the selection bar that says how many rows are selected. */
const selected = (page: Page) => bar(page).getByRole('status').innerText();

/** Presses Tab until a control has the focus. */
async function tabTo(page: Page, control: Locator): Promise<void> {
  for (let presses = 0; presses < 40; presses += 1) {
    if (await control.evaluateAll((elements) => elements.some((element) => element === document.activeElement))) return;
    await page.keyboard.press('Tab');
  }
  throw new Error(`Tab does not reach ${control.toString()}.`);
}

/** Whether another element covers the focused one. */
const isCovered = (page: Page) =>
  page.evaluate(() => {
    const focused = document.activeElement;
    const { x = 0, y = 0, width = 0, height = 0 } = focused?.getBoundingClientRect() ?? {};
    return focused?.contains(document.elementFromPoint(x + width / 2, y + height / 2)) !== true;
  });

/** Whether the focus is on a row. */
const isOnRow = (page: Page) => page.evaluate(() => document.activeElement?.closest('[data-index]') !== null);

describeInBrowser('many campaigns at once', serveFixture, (browser) => {
  /** Creates campaigns of the group Farmers. The last one is the newest and therefore the first of the list. */
  const create = async (...names: string[]): Promise<readonly string[]> => {
    const campaigns = names.map((name) => ({ name, group: { name: 'Farmers' } }));
    const data = await clientFor(browser.server.base, 'editor').data<Created>(CREATE, { campaigns });
    return data.createCampaigns.campaigns.map(({ uuid }) => uuid);
  };

  const rename = (uuid: string, name: string) => clientFor(browser.server.base, 'editor').data(RENAME, { uuid, name });

  test('Shift+End selects no rows beyond those that are loaded, because the focus stays', async () => {
    const page = await openConsole(browser, tokenKey('admin'), '/?order=name');
    await page.getByRole('checkbox').nth(1).waitFor();
    await page.locator('.campaign-name a').nth(2).focus();
    await page.keyboard.press('Shift+End');
    await page.keyboard.press('Shift+ArrowDown');
    await expect.poll(() => selected(page)).toMatch(/^2 of /);
  });

  test('with the keyboard alone: creates one, archives five, undoes it', async () => {
    await create('Fifth', 'Fourth', 'Third', 'Second');
    const page = await openConsole(browser, tokenKey('admin'));
    await boxOf(page, 'Second').waitFor();
    await tabTo(page, page.getByRole('button', { name: 'New campaign' }));
    await page.keyboard.press('Enter');
    const dialog = page.getByRole('dialog');
    await untilFocused(dialog.getByLabel('Name'));
    await page.keyboard.type('First');
    await page.keyboard.press('Tab');
    await page.keyboard.type('Farm');
    await page.getByRole('option', { name: 'Farmers' }).waitFor();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await tabTo(page, dialog.getByRole('button', { name: 'Create' }));
    await page.keyboard.press('Enter');
    await linkTo(page, 'First').waitFor();

    await tabTo(page, boxOf(page, 'First'));
    await page.keyboard.press('Space');
    for (let rows = 0; rows < 5; rows += 1) await page.keyboard.press('Shift+ArrowDown');
    await expect.poll(() => selected(page)).toBe('6 of 645 selected');
    await page.keyboard.press('Shift+ArrowUp');
    await expect.poll(() => selected(page)).toBe('5 of 645 selected');
    // The menu of a selected row applies to all selected rows.
    await tabTo(page, page.getByRole('button', { name: 'Actions for Fifth', exact: true }));
    await page.keyboard.press('Enter');
    await page.locator('[role=menuitem]:focus').waitFor();
    expect(await page.getByRole('menuitem').allInnerTexts()).toEqual(['Archive (5)', 'Move… (5)', 'Delete… (5)']);
    await page.keyboard.press('Enter');
    await page.getByText('Archived 5 campaigns').waitFor();
    await page.getByText('640 in use').waitFor();
    await expect.poll(() => page.getByRole('link', { name: /^(First|Fifth)$/ }).count()).toBe(0);
    await expect.poll(() => isOnRow(page)).toBe(true);
    await page.keyboard.press('Control+z');
    await page.getByText('Restored 5 campaigns').waitFor();
    await linkTo(page, 'Fifth').waitFor();
    await page.getByText('645 in use').waitFor();
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

  test('actions cannot be pressed while another one is under way, and say so', async () => {
    await create('Second action', 'First action');
    const page = await openConsole(browser, tokenKey('admin'));
    await boxOf(page, 'First action').check();
    const release = await hold(page, '"archived":true');
    await inBar(page, 'Archive').click();
    await boxOf(page, 'First action').waitFor({ state: 'detached' });
    await boxOf(page, 'Second action').check();
    for (const action of ['Archive', 'Move…', 'Delete…']) {
      expect(await inBar(page, action).getAttribute('aria-disabled')).toBe('true');
      expect(await inBar(page, action).evaluate((button) => Number(getComputedStyle(button).opacity))).toBeLessThan(1);
    }
    release();
    await page.getByText('Archived 1 campaign').waitFor();
    await inBar(page, 'Archive').click();
    await boxOf(page, 'Second action').waitFor({ state: 'detached' });
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

  test('moves and restores with one undo, and deletes after a question', async () => {
    await create('Moved 1', 'Moved 2', 'Moved 3');
    const page = await openConsole(browser, tokenKey('admin'), '/?q=Moved');
    await page.getByRole('checkbox', { name: 'Select all that are loaded' }).check();
    await inBar(page, 'Move…').click();
    const dialog = page.getByRole('dialog', { name: 'Move 3 campaigns to another group' });
    await untilFocused(dialog.getByRole('combobox'));
    // The list of groups would cover the buttons.
    expect(await page.getByRole('listbox').count()).toBe(0);
    await dialog.getByRole('button', { name: 'Move', exact: true }).click();
    await dialog.getByText('Choose the group').waitFor();
    await untilFocused(dialog.getByRole('combobox'));
    await dialog.getByRole('combobox').fill('Report');
    await page.getByRole('option', { name: 'Reporters' }).click();
    await dialog.getByRole('button', { name: 'Move', exact: true }).click();
    await page.getByText('Moved 3 campaigns to Reporters').waitFor();
    await expect
      .poll(() => page.locator('.campaign-group').allInnerTexts())
      .toEqual(['Reporters', 'Reporters', 'Reporters']);
    await expect.poll(() => bar(page).getByRole('button').count()).toBe(0);
    await page.getByRole('button', { name: 'Undo' }).click();
    await page.getByText('Moved 3 campaigns back').waitFor();
    await expect.poll(() => page.locator('.campaign-group').allInnerTexts()).toEqual(['Farmers', 'Farmers', 'Farmers']);

    await page.getByRole('radio', { name: 'All', exact: true }).check();
    await boxOf(page, 'Moved 1').check();
    await inBar(page, 'Archive').click();
    await page.getByText('Archived 1 campaign').waitFor();
    await page.getByRole('checkbox', { name: 'Select all that are loaded' }).check();
    await expect
      .poll(() => bar(page).getByRole('button').allInnerTexts())
      .toEqual(expect.arrayContaining(['Archive (2)', 'Restore (1)', 'Move… (2)', 'Delete…']));
    await inBar(page, 'Restore (1)').click();
    await page.getByText('Restored 1 campaign').waitFor();
    await expect.poll(() => selected(page)).toBe('2 of 3 selected');
    await inBar(page, 'Delete…').click();
    const question = page.getByRole('alertdialog', { name: 'Delete 2 campaigns?' });
    await expect.poll(() => question.getByRole('listitem').allInnerTexts()).toEqual(['Moved 3', 'Moved 2']);
    await question.getByRole('button', { name: 'Delete' }).click();
    await page.getByText('Deleted 2 campaigns').waitFor();
    await page.getByText('1 found').waitFor();
    await expect.poll(() => isOnRow(page)).toBe(true);
  });

  test('can be undone until the person dismisses the notice, one after another, whatever other notices come', async () => {
    await create('Stays 3', 'Stays 2', 'Stays 1');
    const page = await openConsole(browser, tokenKey('admin'), '/?q=Stays');
    const archive = async (name: string) => {
      await boxOf(page, name).check();
      await inBar(page, 'Archive').click();
      await boxOf(page, name).waitFor({ state: 'detached' });
    };
    await boxOf(page, 'Stays 1').waitFor();
    await page.clock.install();
    await archive('Stays 1');
    await archive('Stays 2');
    await page.getByRole('button', { name: 'New campaign' }).click();
    await page.getByRole('dialog').getByLabel('Name', { exact: true }).fill('Stays, too');
    await page.getByRole('dialog').getByRole('combobox').fill('Farmers');
    await page.getByRole('option', { name: 'Farmers' }).click();
    await page.getByRole('button', { name: 'Create', exact: true }).click();
    const created = page.getByText('Created Stays, too');
    await created.waitFor();
    await page.clock.fastForward(60_000);
    await created.waitFor({ state: 'detached' });
    await page.getByText('Archived 1 campaign').waitFor();

    await page.getByRole('heading', { name: 'Campaigns' }).focus();
    await page.keyboard.press('Control+z');
    await boxOf(page, 'Stays 2').waitFor();
    await page.keyboard.press('Control+z');
    await boxOf(page, 'Stays 1').waitFor();
    await page.getByRole('button', { name: 'Undo' }).waitFor({ state: 'detached' });

    await archive('Stays 1');
    await archive('Stays 2');
    await page.locator('.notice-undo').getByRole('button', { name: 'Dismiss' }).click();
    await page.getByRole('button', { name: 'Undo' }).waitFor({ state: 'detached' });
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

  test('changes none if somebody in another window was faster with one, and offers the rest', async () => {
    const [, renamed = ''] = await create('Mine 3', 'Mine 2', 'Mine 1');
    const theirs = await openConsole(browser, tokenKey('editor'), '/?q=Mine');
    await boxOf(theirs, 'Mine 1').check();
    const page = await openWithoutStreams(browser, tokenKey('admin'), '/?q=Mine');
    await page.getByRole('checkbox', { name: 'Select all that are loaded' }).check();
    await rename(renamed, 'Mine, and theirs');
    await inBar(theirs, 'Archive').click();
    await theirs.getByText('Archived 1 campaign').waitFor();
    await inBar(page, 'Archive').click();
    const question = page.getByRole('alertdialog', { name: 'Nothing has been changed yet' });
    await question.getByText('1 of the 2 campaigns cannot be changed as you asked:').waitFor();
    await expect
      .poll(() => question.getByRole('listitem').allInnerTexts())
      .toEqual([
        expect.stringMatching(/^Mine 2\s+Somebody has changed it since you looked at it\.\s+Name: Mine, and theirs$/),
      ]);
    await question.getByRole('button', { name: 'Go on with the rest (1)' }).click();
    await page.getByText('Archived 1 campaign').waitFor();
    // The campaign that could not be archived is still selected, now with its new name.
    await expect.poll(() => boxOf(page, 'Mine, and theirs').isChecked()).toBe(true);
    await inBar(page, 'Archive').click();
    await page.getByRole('heading', { name: 'No campaign matches' }).waitFor();
  });

  test('speaks of one campaign where it is one', async () => {
    const [only = ''] = await create('Lonely');
    const page = await openWithoutStreams(browser, tokenKey('admin'), '/?q=Lonely');
    await boxOf(page, 'Lonely').check();
    await inBar(page, 'Delete…').click();
    await page.getByText('It will be gone for everyone. This cannot be undone.').waitFor();
    await untilFocused(page.getByRole('alertdialog'));
    await page.keyboard.press('Escape');
    await rename(only, 'Lonely, and not mine');
    await inBar(page, 'Archive').click();
    const question = page.getByRole('alertdialog', { name: 'Nothing has been changed yet' });
    await question.getByText('The campaign cannot be changed as you asked:').waitFor();
    await question.getByText('It stays selected, so that you can look at it and try again.').waitFor();
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

  test('shows everything again if the server cannot be reached', async () => {
    await create('Kept 2', 'Kept 1');
    const page = await openConsole(browser, tokenKey('admin'), '/?q=Kept');
    await page.getByRole('checkbox', { name: 'Select all that are loaded' }).check();
    await page.route('**/graphql', (route) => route.abort());
    await inBar(page, 'Archive').click();
    await page.locator('.notice').getByText('The server cannot be reached.').waitFor();
    await expect.poll(() => selected(page)).toBe('2 of 2 selected');
    await page.unroute('**/graphql');
    await inBar(page, 'Archive').click();
    await page.getByText('Archived 2 campaigns').waitFor();
  });

  test('an outcome leaves the selection of another list as it is', async () => {
    await create('Aaa 1', 'Bbb 2', 'Bbb 1');
    const page = await openWithoutStreams(browser, tokenKey('admin'), '/?q=Aaa');
    await boxOf(page, 'Aaa 1').check();
    const release = await hold(page, '"campaigns":[');
    await inBar(page, 'Archive').click();
    await page.getByRole('searchbox').fill('Bbb');
    await boxOf(page, 'Bbb 1').check();
    release();
    await page.getByText('Archived 1 campaign').waitFor();
    await untilSettled(page);
    expect(await boxOf(page, 'Bbb 1').isChecked()).toBe(true);
  });

  test('the box of all is not checked where there is no row', async () => {
    const page = await openConsole(browser, tokenKey('admin'), '/?order=name&at=%F4%8F%BF%BF');
    const box = page.getByRole('checkbox', { name: 'Select all that are loaded' });
    await box.waitFor();
    await untilSettled(page);
    expect([await page.locator('[data-index]').count(), await box.isChecked()]).toEqual([0, false]);
  });

  test('a button says that its menu is open, also when its row is fetched again', async () => {
    await create('Expanded');
    const page = await openConsole(browser, tokenKey('admin'), '/?q=Expanded');
    const buttons = page.locator('.row-menu-button');
    await buttons.click();
    await page.getByRole('menu').waitFor();
    await create('Expanded too');
    await buttons.nth(1).waitFor({ state: 'attached' });
    const states = await buttons.evaluateAll((all) => all.map((button) => button.ariaExpanded));
    expect(states).toEqual(['false', 'true']);
  });

  test('takes as many as the server changes at once', async () => {
    const page = await openConsole(browser, tokenKey('admin'));
    await page.locator('[role=cell] input').first().focus();
    await expect
      .poll(async () => {
        await page.keyboard.press('End');
        return page.evaluate(() => Number(document.activeElement?.closest('[data-index]')?.getAttribute('data-index')));
      })
      .toBeGreaterThan(250);
    await page.keyboard.press('Control+a');
    await expect.poll(() => selected(page)).toMatch(/^250 of \d+ selected, which is the most at once$/);
    const before = Number(/of (\d+)/.exec(await selected(page))?.[1]);
    await inBar(page, 'Archive').click();
    await page.getByText('Archived 250 campaigns').waitFor();
    await page.getByText(`${before - 250} in use`).waitFor();
    await page.getByRole('button', { name: 'Undo' }).click();
    await page.getByText('Restored 250 campaigns').waitFor();
    await page.getByText(`${before} in use`).waitFor();
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

  describe.each([
    ['en', 'en-GB'],
    ['ar', 'ar-EG'],
  ] as [Language, string][])('axe finds no violation, and nothing is too wide: %s', (language, locale) => {
    const t = messagesIn(language, locale);

    test('with rows selected, and on the dialogs', async () => {
      const [uuid = ''] = await create(`Wide ${language} ${'W'.repeat(50)}`, `حملة ${language}`, `Campaña ${language}`);
      const page = await openWithoutStreams(browser, tokenKey('admin'), '/', { locale });
      const boxes = page.locator('[role=cell] input');
      await boxes.nth(0).check();
      await boxes.nth(2).click({ modifiers: ['Shift'] });
      const actions = page.getByRole('group', { name: t('selection.title') });
      await expectToFitAndBeAccessible(page);
      const press = (action: string) => actions.getByRole('button', { name: action, exact: true }).click();

      await press(t('selection.move'));
      await page.getByRole('dialog').waitFor();
      expect(await accessibilityViolations(page)).toEqual([]);
      await page.keyboard.press('Escape');
      await press(t('action.deleteAsk'));
      await page.getByRole('alertdialog').waitFor();
      expect(await accessibilityViolations(page)).toEqual([]);
      await page.keyboard.press('Escape');
      await rename(uuid, `${language} ${'M'.repeat(60)}`);
      await press(t('action.archive'));
      await page.getByRole('alertdialog', { name: t('selection.refusedTitle') }).waitFor();
      await expectToFitAndBeAccessible(page);
      await page.getByRole('button', { name: t('selection.rest', { count: 2 }) }).click();
      await page.getByText(t('selection.archived', { count: 2 })).waitFor();
    });
  });
});
