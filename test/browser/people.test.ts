import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { describeInBrowser } from '../support/browser.ts';
import { tokenKey } from '../support/fixture.ts';
import { expectToFitAndBeAccessible } from '../support/views.ts';
import { focusWindow, openAccountMenu, openConsole, untilFocused } from './support/console.ts';
import { messagesIn } from './support/messages.ts';
import { serveFixture } from './support/server.ts';

const rowOf = (page: Page, text: string) => page.getByRole('row').filter({ hasText: text });

async function choose(page: Page, name: string, action: string): Promise<void> {
  await page
    .getByRole('button', { name: `Actions for ${name}`, exact: true })
    .first()
    .click();
  await page.getByRole('menuitem', { name: action }).click();
}

/** Reads the key in the open dialog and closes the dialog. */
async function takeKey(page: Page): Promise<string> {
  const key = page.getByRole('dialog').getByRole('textbox', { name: 'Token', exact: true });
  const shown = await key.inputValue();
  expect(shown).toMatch(/^[A-Z2-9]{40}$/);
  await page.getByRole('dialog').locator('footer').getByRole('button', { name: 'Close' }).press('Enter');
  await key.waitFor({ state: 'detached' });
  expect(await page.content()).not.toContain(shown);
  return shown;
}

describeInBrowser(
  'people and tokens in the console',
  () => serveFixture({ TRUSTED_DOCUMENTS: 'only' }),
  (browser) => {
    test('notices can be dismissed while a dialog is open', async () => {
      const page = await openConsole(browser, tokenKey('viewer'), '/people/tokens', {
        viewport: { width: 640, height: 360 },
      });
      await page.getByRole('button', { name: 'New token' }).click();
      await page.getByRole('dialog').getByLabel('Name', { exact: true }).fill('Below a notice');
      await page.keyboard.press('Enter');
      await page.context().grantPermissions(['clipboard-write']);
      await page.getByRole('button', { name: 'Copy the token' }).click();
      const notices = page.getByRole('region', { name: 'Notices' });
      const notice = notices.getByRole('status').getByText('Copied the token');
      await notice.waitFor();
      expect(await notice.evaluate((element) => element.closest('[inert], [aria-hidden=true]'))).toBeNull();
      await notices.getByRole('button', { name: 'Dismiss' }).click();
      await notice.waitFor({ state: 'detached' });
      await untilFocused(page.getByRole('dialog'));
      await takeKey(page);
    });

    test('administrators invite a person, change the role and remove the person', async () => {
      const page = await openConsole(browser, tokenKey('admin2'));
      await openAccountMenu(page);
      await page.getByRole('menuitem', { name: 'People and tokens' }).click();
      await rowOf(page, 'admin@mto.example').getByText('You', { exact: true }).waitFor();
      await page.getByRole('button', { name: 'Invite a person' }).click();
      const dialog = page.getByRole('dialog');
      await dialog.getByLabel('E-mail address').fill('amina');
      await page.keyboard.press('Enter');
      await dialog.getByText('Give a complete address').waitFor();
      await dialog.getByLabel('E-mail address').fill('amina@clinic.example');
      await dialog.getByLabel('Role').selectOption('Viewer');
      await dialog.getByText('Can see everything and change nothing.').waitFor();
      await expectToFitAndBeAccessible(page);
      await page.keyboard.press('Tab');
      await dialog.getByLabel('E-mail address').focus();
      await page.keyboard.press('Enter');
      await dialog.getByText('Hand this token to amina@clinic.example').waitFor();
      await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
      await dialog.getByRole('button', { name: 'Copy the token' }).click();
      const copied = () => page.evaluate(() => navigator.clipboard.readText());
      await expect.poll(copied).toMatch(/^[A-Z2-9]{40}$/);
      const key = await takeKey(page);
      expect(await copied()).toBe(key);
      await rowOf(page, 'amina@clinic.example').getByText('Viewer').waitFor();
      await expectToFitAndBeAccessible(page);

      const theirs = await openConsole(browser, key, '/people');
      await rowOf(theirs, 'amina@clinic.example').getByText('You', { exact: true }).waitFor();
      expect(await theirs.getByRole('button', { name: 'Invite a person' }).count()).toBe(0);

      await choose(page, 'amina@clinic.example', 'Change the role…');
      await untilFocused(dialog.getByLabel('Role'));
      await dialog.getByLabel('Role').selectOption('Editor');
      await dialog.getByRole('button', { name: 'Save' }).click();
      await rowOf(page, 'amina@clinic.example').getByText('Editor').waitFor();
      // The header says what the time is, where there is a header.
      const since = rowOf(page, 'amina@clinic.example').locator('.member-since');
      await page.setViewportSize({ width: 320, height: 640 });
      await expect.poll(() => since.innerText()).toMatch(/^Since \d+ \w+ \d+$/);
      await page.setViewportSize({ width: 1280, height: 800 });
      await expect.poll(() => since.innerText()).toMatch(/^\d+ \w+ \d+$/);

      await choose(page, 'amina@clinic.example', 'Remove…');
      await page.getByRole('alertdialog').getByRole('button', { name: 'Remove' }).click();
      await page.getByText('Removed amina@clinic.example').waitFor();
      await rowOf(page, 'amina@clinic.example').waitFor({ state: 'detached' });
      await focusWindow(theirs);
      await theirs.getByRole('alert').getByText('no longer accepted').waitFor();

      await page.getByRole('link', { name: 'Activity' }).click();
      await page.getByText('invited amina@clinic.example as Viewer').waitFor();
      await page.getByText('changed the role from Viewer to Editor').waitFor();
      await page.getByText('removed amina@clinic.example from the workspace').waitFor();
      await page.getByText('revoked the token First token of amina@clinic.example').waitFor();
    });

    test('who makes a token for a person who is removed meanwhile is told so', async () => {
      const page = await openConsole(browser, tokenKey('admin2'), '/people');
      const other = await openConsole(browser, tokenKey('admin2'), '/people');
      await page.getByRole('button', { name: 'Invite a person' }).click();
      await page.getByRole('dialog').getByLabel('E-mail address').fill('baraka@clinic.example');
      await page.keyboard.press('Enter');
      await takeKey(page);
      await choose(page, 'baraka@clinic.example', 'New token…');
      const dialog = page.getByRole('dialog');
      await dialog.getByLabel('Name').fill('Too late');
      await choose(other, 'baraka@clinic.example', 'Remove…');
      await other.getByRole('alertdialog').getByRole('button', { name: 'Remove' }).click();
      await other.getByText('Removed baraka@clinic.example').waitFor();
      await dialog.getByRole('button', { name: 'Create' }).click();
      await dialog.getByText('This person is no longer here.').waitFor();
    });

    test('the last administrator is told that somebody else must become one first', async () => {
      const page = await openConsole(browser, tokenKey('admin3'), '/people');
      await choose(page, 'admin@rate.example', 'Remove…');
      const dialog = page.getByRole('alertdialog');
      await dialog.getByRole('button', { name: 'Remove' }).click();
      await dialog.getByText('This is the last administrator.').waitFor();
    });

    test('people are found by parts of their addresses, and the search is in the address of the page', async () => {
      const page = await openConsole(browser, tokenKey('admin2'), '/people');
      await rowOf(page, 'editor@mto.example').waitFor();
      await page.getByRole('searchbox').fill('AGENT mto');
      await page.getByText('1 found', { exact: true }).waitFor();
      await rowOf(page, 'agent@mto.example').waitFor();
      await expect.poll(() => page.getByRole('row').count()).toBe(2);
      await expectToFitAndBeAccessible(page);
      expect(new URL(page.url()).searchParams.get('q')).toBe('AGENT mto');
      await page.reload();
      await page.getByText('1 found', { exact: true }).waitFor();
      expect(await page.getByRole('searchbox').inputValue()).toBe('AGENT mto');
      await page.getByRole('searchbox').fill('nobody');
      await page.getByText('Nobody matches').waitFor();
      await expectToFitAndBeAccessible(page);
      await page.locator('.state').getByRole('button', { name: 'Clear search' }).click();
      await rowOf(page, 'editor@mto.example').waitFor();
      expect(await page.getByRole('searchbox').inputValue()).toBe('');
    });

    test('the list keeps its place while another page is shown, and a link leads to its top', async () => {
      const page = await openConsole(browser, tokenKey('admin2'), '/people', { viewport: { width: 320, height: 240 } });
      await rowOf(page, 'editor@mto.example').waitFor();
      const place = () => page.evaluate(() => window.scrollY);
      const scrollDown = () => page.evaluate(() => window.scrollTo(0, 200));
      await scrollDown();
      const parts = page.getByRole('navigation', { name: 'People and tokens' });
      // A press would scroll to the link first.
      const follow = (link: string) =>
        parts.getByRole('link', { name: link }).evaluate((one) => (one as HTMLElement).click());
      await expect.poll(place).toBe(200);
      await follow('Tokens');
      await page.getByRole('table', { name: 'Tokens' }).waitFor();
      expect(await place()).toBe(0);
      await page.goBack();
      await rowOf(page, 'editor@mto.example').waitFor();
      await expect.poll(place).toBe(200);
      await follow('Tokens');
      await page.getByRole('table', { name: 'Tokens' }).waitFor();
      await follow('People');
      await rowOf(page, 'editor@mto.example').waitFor();
      await expect.poll(place).toBe(0);
    });

    test('tokens are made, shown once and revoked, by keyboard alone', async () => {
      const page = await openConsole(browser, tokenKey('editor2'), '/people/tokens');
      await rowOf(page, 'editor@mto.example').getByText('In use here').waitFor();
      await expect.poll(() => page.getByRole('row').count()).toBe(2);
      await page.getByRole('button', { name: 'New token' }).focus();
      await page.keyboard.press('Enter');
      const dialog = page.getByRole('dialog');
      await untilFocused(dialog.getByLabel('Name'));
      expect(await dialog.getByLabel('Allowed').getByRole('option').allInnerTexts()).toEqual([
        'As its person',
        'Editor',
        'Viewer',
      ]);
      await page.keyboard.type('Register');
      await page.keyboard.press('Tab');
      await page.keyboard.type('Vie');
      await page.keyboard.press('Tab');
      await page.keyboard.type('In 90');
      await expectToFitAndBeAccessible(page);
      await page.keyboard.press('Shift+Tab');
      await page.keyboard.press('Shift+Tab');
      await page.keyboard.press('Enter');
      await dialog.getByText('This is the token Register.').waitFor();
      await expectToFitAndBeAccessible(page);
      const key = await takeKey(page);
      await rowOf(page, 'Register')
        .getByText(/^Expires /)
        .waitFor();
      await rowOf(page, 'Register').getByText('Viewer').waitFor();
      await expectToFitAndBeAccessible(page);

      const viewing = await openConsole(browser, key);
      await viewing.getByRole('table').waitFor();
      await page.getByRole('button', { name: 'Actions for Register', exact: true }).focus();
      await page.keyboard.press('Enter');
      await untilFocused(page.getByRole('menuitem', { name: 'Revoke…' }));
      await page.keyboard.press('Enter');
      const confirm = page.getByRole('alertdialog');
      await untilFocused(confirm.getByRole('button', { name: 'Cancel' }));
      await page.keyboard.press('Tab');
      await page.keyboard.press('Enter');
      await page.getByText('Revoked Register').waitFor();
      await rowOf(page, 'Register').waitFor({ state: 'detached' });
      await focusWindow(viewing);
      await viewing.getByRole('alert').getByText('no longer accepted').waitFor();
    });

    test('a token that was not copied is not lost by Back, Escape or a reload without a question', async () => {
      const page = await openConsole(browser, tokenKey('editor2'), '/activity');
      await page.getByRole('heading', { name: 'Activity' }).waitFor();
      await openAccountMenu(page);
      await page.getByRole('menuitem', { name: 'People and tokens' }).click();
      await page.getByRole('link', { name: 'Tokens' }).click();
      await page.getByRole('button', { name: 'New token' }).click();
      await page.getByRole('dialog').getByLabel('Name').fill('Kept');
      await page.keyboard.press('Enter');
      const key = page.getByRole('dialog').getByRole('textbox', { name: 'Token', exact: true });
      const shown = await key.inputValue();
      const question = page.getByRole('alertdialog', { name: 'Have you copied it?' });
      await page.waitForTimeout(300);
      expect(await question.count()).toBe(0);

      await page.goBack();
      await question.getByText('It is not shown again.').waitFor();
      await question.getByRole('button', { name: 'Not yet' }).click();
      await question.waitFor({ state: 'detached' });
      await untilFocused(page.getByRole('dialog'));
      await page.keyboard.press('Escape');
      await question.getByRole('button', { name: 'Not yet' }).click();
      await question.waitFor({ state: 'detached' });
      expect(await key.inputValue()).toBe(shown);
      const asked = page.waitForEvent('dialog');
      await page.evaluate(() => void setTimeout(() => location.reload()));
      const reloading = await asked;
      expect(reloading.type()).toBe('beforeunload');
      await reloading.dismiss();
      expect(await key.inputValue()).toBe(shown);

      await page.goBack();
      await question.getByRole('button', { name: 'Yes, close' }).click();
      // The console now goes to the page to which the Back button leads.
      await page.getByRole('table', { name: 'People' }).waitFor();
      expect(new URL(page.url()).pathname).toBe('/people');
      await page.goBack();
      await page.getByRole('heading', { name: 'Activity' }).waitFor();
    });

    test('a token that was copied with Ctrl+C closes without a question', async () => {
      const page = await openConsole(browser, tokenKey('editor2'), '/people/tokens');
      await page.getByRole('button', { name: 'New token' }).click();
      await page.getByRole('dialog').getByLabel('Name').fill('Copied by hand');
      await page.keyboard.press('Enter');
      const key = page.getByRole('dialog').getByRole('textbox', { name: 'Token', exact: true });
      await key.focus();
      await page.keyboard.press('Control+c');
      await page.keyboard.press('Escape');
      await key.waitFor({ state: 'detached' });
    });

    test('a token is copied by the button over plain http too, where pages do not have the clipboard', async () => {
      const page = await browser.newPage({ user: tokenKey('editor2') });
      await page.addInitScript(() => Reflect.deleteProperty(Navigator.prototype, 'clipboard'));
      await page.goto(`${browser.server.base}/people/tokens#token=${tokenKey('editor2')}`);
      await page.getByRole('button', { name: 'New token' }).click();
      await page.getByRole('dialog').getByLabel('Name').fill('Copied without the clipboard');
      await page.keyboard.press('Enter');
      const key = page.getByRole('dialog').getByRole('textbox', { name: 'Token', exact: true });
      const shown = await key.inputValue();
      await page.getByRole('button', { name: 'Copy the token' }).click();
      await page.getByText('Copied the token').waitFor();
      await page.keyboard.press('Escape');
      await key.waitFor({ state: 'detached' });
      await page.getByRole('link', { name: 'People' }).click();
      await page.getByRole('searchbox').focus();
      await page.keyboard.press('Control+v');
      await expect.poll(() => page.getByRole('searchbox').inputValue()).toBe(shown);
    });

    test('are read from right to left in Arabic, light and dark, wide and narrow', async () => {
      const t = messagesIn('ar', 'ar-EG');
      const page = await openConsole(browser, tokenKey('admin'), '/people', { locale: 'ar-EG' });
      await page.getByRole('table', { name: t('people.members') }).waitFor();
      expect(await page.evaluate(() => document.documentElement.dir)).toBe('rtl');
      await expectToFitAndBeAccessible(page);
      await page.getByRole('link', { name: t('people.tokens'), exact: true }).click();
      await page.getByRole('table', { name: t('people.tokens') }).waitFor();
      await expectToFitAndBeAccessible(page);
      await page.getByRole('button', { name: t('people.newToken') }).click();
      await page.getByRole('dialog').waitFor();
      await expectToFitAndBeAccessible(page);
    });

    test('a person with tokens of two workspaces switches between them, and signs out of both', async () => {
      const page = await openConsole(browser, tokenKey('both2'), '/groups');
      await openAccountMenu(page);
      expect(await page.getByRole('menuitemradio', { name: 'Mto Farming' }).count()).toBe(0);
      await page.getByRole('menuitem', { name: 'Add a workspace…' }).click();
      const dialog = page.getByRole('dialog');
      await dialog.getByLabel('API token').fill('not-a-token');
      await page.keyboard.press('Enter');
      await dialog.getByText('The server does not know this token.').waitFor();
      await expectToFitAndBeAccessible(page);
      await dialog.getByLabel('API token').fill(`Token ${tokenKey('editor')}`);
      await page.keyboard.press('Enter');
      const workspace = page.locator('.top-bar-workspace-name');
      await workspace.getByText('Nyota Health').waitFor();
      expect(new URL(page.url()).pathname).toBe('/');

      await page.reload();
      await workspace.getByText('Nyota Health').waitFor();
      await openAccountMenu(page);
      await page.getByRole('menuitemradio', { name: 'Mto Farming' }).click();
      await workspace.getByText('Mto Farming').waitFor();

      const second = await page.context().newPage();
      await second.goto(`${browser.server.base}/`);
      await second.locator('.top-bar-workspace-name').getByText('Mto Farming').waitFor();
      await openAccountMenu(second);
      await expectToFitAndBeAccessible(second);
      await second.getByRole('menuitemradio', { name: 'Nyota Health' }).click();
      await second.locator('.top-bar-workspace-name').getByText('Nyota Health').waitFor();
      await workspace.getByText('Mto Farming').waitFor();

      await openAccountMenu(second);
      await second.getByRole('menuitem', { name: 'Sign out' }).click();
      await page.getByText('You are signed out.').waitFor();
      for (const tab of [page, second]) {
        await expect
          .poll(() => tab.evaluate(() => [JSON.stringify(sessionStorage), JSON.stringify(localStorage)]))
          .toEqual(['{}', '{}']);
      }
    });

    test('an administrator who gives up the role sees the own role at once', async () => {
      const page = await openConsole(browser, tokenKey('admin3'), '/people');
      await page.getByRole('button', { name: 'Invite a person' }).click();
      await page.getByRole('dialog').getByLabel('E-mail address').fill('second.admin@example.org');
      await page.getByRole('dialog').getByLabel('Role').selectOption('Administrator');
      await page.getByRole('dialog').getByLabel('E-mail address').focus();
      await page.keyboard.press('Enter');
      await takeKey(page);
      const own = await page.getByRole('button', { name: /^Account/ }).getAttribute('aria-label');
      await choose(page, own?.replace('Account: ', '') ?? '', 'Change the role');
      await page.getByRole('dialog').getByRole('combobox').selectOption('EDITOR');
      await page.getByRole('dialog').getByRole('button', { name: 'Save' }).click();
      await page.getByRole('banner').getByText('Editor', { exact: true }).waitFor();
      await page.getByRole('button', { name: 'Invite a person' }).waitFor({ state: 'detached' });
    });
  },
);
