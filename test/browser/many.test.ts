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
import { bar, boxOf, createCampaigns, inBar, isOnRow, linkTo, selected } from './support/selection.ts';

const RENAME = `mutation ($uuid: UUID!, $name: String!) {
  updateCampaign(input: { uuid: $uuid, name: $name }) { campaign { uuid } }
}`;

/** Presses Tab until a control has the focus. */
async function tabTo(page: Page, control: Locator): Promise<void> {
  for (let presses = 0; presses < 40; presses += 1) {
    if (await control.evaluateAll((elements) => elements.some((element) => element === document.activeElement))) return;
    await page.keyboard.press('Tab');
  }
  throw new Error(`Tab does not reach ${control.toString()}.`);
}

describeInBrowser('many campaigns at once', serveFixture, (browser) => {
  const create = (...names: string[]) => createCampaigns(browser.server.base, ...names);
  const rename = (uuid: string, name: string) => clientFor(browser.server.base, 'editor').data(RENAME, { uuid, name });

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

  test('the end of an action leaves a dialog open that was opened meanwhile', async () => {
    await create('Opened meanwhile 3', 'Opened meanwhile 2', 'Opened meanwhile 1');
    const page = await openConsole(browser, tokenKey('admin'), '/?q=Opened+meanwhile');
    await boxOf(page, 'Opened meanwhile 1').check();
    const release = await hold(page, '"archived":true');
    await inBar(page, 'Archive').click();
    await boxOf(page, 'Opened meanwhile 1').waitFor({ state: 'detached' });
    await page.getByRole('checkbox', { name: 'Select all that are loaded' }).check();
    await page.getByRole('button', { name: 'Actions for Opened meanwhile 2' }).click();
    await page.getByRole('menuitem', { name: 'Move… (2)' }).click();
    const dialog = page.getByRole('dialog', { name: 'Move 2 campaigns to another group' });
    await dialog.getByRole('combobox').fill('Report');
    await page.getByRole('option', { name: 'Reporters' }).click();
    release();
    await page.getByText('Archived 1 campaign').waitFor();
    await dialog.getByRole('button', { name: 'Move', exact: true }).click();
    await page.getByText('Moved 2 campaigns to Reporters').waitFor();
    await dialog.waitFor({ state: 'detached' });
  });

  test('the refusal of an action is shown after the dialog that was opened meanwhile', async () => {
    const [uuid = ''] = await create('Refused later 3', 'Refused later 2', 'Refused later 1');
    const page = await openConsole(browser, tokenKey('admin'), '/?q=Refused+later');
    await boxOf(page, 'Refused later 3').check();
    const release = await hold(page, '"archived":true');
    await inBar(page, 'Archive').click();
    await boxOf(page, 'Refused later 3').waitFor({ state: 'detached' });
    await rename(uuid, 'Refused and renamed');
    const dialog = page.getByRole('dialog', { name: 'Move 2 campaigns to another group' });
    await page.getByRole('checkbox', { name: 'Select all that are loaded' }).check();
    await page.getByRole('button', { name: 'Actions for Refused later 2' }).click();
    await page.getByRole('menuitem', { name: 'Move… (2)' }).click();
    await dialog.getByRole('combobox').fill('Report');
    await page.getByRole('option', { name: 'Reporters' }).click();
    release();
    await untilSettled(page);
    await dialog.getByRole('button', { name: 'Move', exact: true }).click();
    await page.getByText('Moved 2 campaigns to Reporters').waitFor();
    const refused = page.getByRole('alertdialog', { name: 'Nothing has been changed yet' });
    await refused.getByText('Name: Refused and renamed').waitFor();
    await refused.getByText('Close').click();
    await refused.waitFor({ state: 'detached' });
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
      // The row goes before the server has answered, and the notice with the undo comes after that.
      await untilSettled(page);
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

  test('can be undone one after another, also when the person has changed one campaign several times', async () => {
    await create('Twice 2', 'Twice 1');
    const page = await openConsole(browser, tokenKey('admin'), '/?q=Twice&archived=all');
    const act = async (action: string) => {
      await page.getByRole('button', { name: 'Actions for Twice 1' }).click();
      await page.getByRole('menuitem', { name: action, exact: true }).click();
    };
    const move = async (group: string) => {
      await boxOf(page, 'Twice 1').check();
      await inBar(page, 'Move…').click();
      const dialog = page.getByRole('dialog');
      await dialog.getByRole('combobox').fill(group);
      await page.getByRole('option', { name: group }).click();
      await dialog.getByRole('button', { name: 'Move', exact: true }).click();
      await page.getByText(`Moved 1 campaign to ${group}`).waitFor();
      await boxOf(page, 'Twice 1').and(page.locator(':not(:checked)')).waitFor();
    };
    await move('Reporters');
    await move('Unused');
    // The notices of these two come before the server has answered.
    await act('Archive');
    await page.getByText('Archived Twice 1').waitFor();
    await untilSettled(page);
    await act('Restore');
    await page.getByText('Restored Twice 1').waitFor();
    await untilSettled(page);

    await page.getByRole('heading', { name: 'Campaigns' }).focus();
    // The second undo does not wait for the answer to the first one.
    for (let undos = 0; undos < 4; undos += 1) await page.keyboard.press('Control+z');
    await page.getByText('Moved 1 campaign back').waitFor();
    await untilSettled(page);
    expect(await page.locator('.campaign-group').allInnerTexts()).toEqual(['Farmers', 'Farmers']);
    expect(await page.getByRole('table').getByText('Archived').count()).toBe(0);
    expect(await page.getByRole('alertdialog').count()).toBe(0);
    expect(await page.locator('.notice-error, .notice-undo').count()).toBe(0);
  });

  test('one at a time, also by a double click and by keys that are held down', async () => {
    await create('Stacked 3', 'Stacked 2', 'Stacked 1');
    const page = await openConsole(browser, tokenKey('admin'), '/?q=Stacked');
    for (const name of ['Stacked 1', 'Stacked 2', 'Stacked 3']) {
      await boxOf(page, name).check();
      await inBar(page, 'Archive').click();
      await boxOf(page, name).waitFor({ state: 'detached' });
      // The row goes before the server has answered, and the notice with the undo comes after that.
      await untilSettled(page);
    }
    const undoable = () => page.locator('.notice-undo').count();
    const shown = () =>
      page
        .getByRole('table')
        .getByRole('checkbox', { name: /^Select Stacked/ })
        .count();
    await page.getByRole('button', { name: 'Undo' }).dblclick();
    await boxOf(page, 'Stacked 3').waitFor();
    await untilSettled(page);
    expect([await shown(), await undoable()]).toEqual([1, 1]);

    await page.getByRole('heading', { name: 'Campaigns' }).focus();
    await page.keyboard.down('Control');
    for (let presses = 0; presses < 3; presses += 1) await page.keyboard.down('z');
    await page.keyboard.up('z');
    await page.keyboard.up('Control');
    await boxOf(page, 'Stacked 2').waitFor();
    await untilSettled(page);
    expect([await shown(), await undoable()]).toEqual([2, 1]);
    await page.getByRole('button', { name: 'Undo' }).click();
    await boxOf(page, 'Stacked 1').waitFor();
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

  test('does not say of a campaign that it stays selected when an undo is refused', async () => {
    const [gone = ''] = await create('Gone 2', 'Gone 1');
    const page = await openConsole(browser, tokenKey('admin'), '/?q=Gone');
    await page.getByRole('checkbox', { name: 'Select all that are loaded' }).check();
    await inBar(page, 'Archive').click();
    await page.getByText('Archived 2 campaigns').waitFor();
    const remove = 'mutation ($uuid: UUID!) { deleteCampaign(input: { uuid: $uuid }) { deletedCampaignId } }';
    await clientFor(browser.server.base, 'editor').data(remove, { uuid: gone });
    await page.getByRole('button', { name: 'Undo' }).click();
    const question = page.getByRole('alertdialog', { name: 'Nothing has been changed yet' });
    await question.getByText('This campaign is no longer there.').waitFor();
    expect(await question.getByText('stays selected').count()).toBe(0);
    await question.getByRole('button', { name: 'Go on with the rest (1)' }).click();
    await page.getByText('Restored 1 campaign').waitFor();
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

  test('an undo whose request fails can be tried again', async () => {
    await create('Again 2', 'Again 1');
    const page = await openConsole(browser, tokenKey('admin'), '/?q=Again');
    const undo = page.getByRole('button', { name: 'Undo' });
    const failOnce = async () => {
      await page.route('**/graphql', (route) => route.abort());
      await undo.click();
      await page.locator('.notice').getByText('The server cannot be reached.').waitFor();
      await page.unroute('**/graphql');
    };
    await page.getByRole('checkbox', { name: 'Select all that are loaded' }).check();
    await inBar(page, 'Archive').click();
    await page.getByText('Archived 2 campaigns').waitFor();
    await failOnce();
    await page.getByText('Archived 2 campaigns').waitFor();
    await undo.click();
    await page.getByText('Restored 2 campaigns').waitFor();
    await boxOf(page, 'Again 2').waitFor();
    await undo.waitFor({ state: 'detached' });

    await page.getByRole('button', { name: 'Actions for Again 1' }).click();
    await page.getByRole('menuitem', { name: 'Archive' }).click();
    await page.getByText('Archived Again 1').waitFor();
    // The undo is sent only after the change is made.
    await untilSettled(page);
    await failOnce();
    await page.getByText('Archived Again 1').waitFor();
    await undo.click();
    await page.getByText('Restored Again 1').waitFor();
    await boxOf(page, 'Again 1').waitFor();
    await undo.waitFor({ state: 'detached' });
  });

  test('undos that wait for one that fails are offered again with it, and keep their order', async () => {
    await create('In order 1');
    const page = await openConsole(browser, tokenKey('admin'), '/?q=In+order');
    for (const group of ['Reporters', 'Unused']) {
      await boxOf(page, 'In order 1').check();
      await inBar(page, 'Move…').click();
      await page.getByRole('dialog').getByRole('combobox').fill(group);
      await page.getByRole('option', { name: group }).click();
      await page.getByRole('dialog').getByRole('button', { name: 'Move', exact: true }).click();
      await page.getByText(`Moved 1 campaign to ${group}`).waitFor();
      await boxOf(page, 'In order 1').and(page.locator(':not(:checked)')).waitFor();
    }
    await untilSettled(page);
    const undoBoth = async () => {
      for (let undos = 0; undos < 2; undos += 1) await page.keyboard.press('Control+z');
    };
    const pressed = Promise.withResolvers<void>();
    await page.route('**/graphql', async (route) => pressed.promise.then(() => route.abort()), { times: 1 });
    await undoBoth();
    pressed.resolve();
    await page.locator('.notice').getByText('The server cannot be reached.').waitFor();
    await page.getByText('Moved 1 campaign to Unused').waitFor();
    await untilSettled(page);
    expect(await page.locator('.campaign-group').innerText()).toBe('Unused');
    await undoBoth();
    await expect.poll(() => page.locator('.notice-undo').count()).toBe(0);
    await untilSettled(page);
    expect(await page.locator('.campaign-group').innerText()).toBe('Farmers');
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
