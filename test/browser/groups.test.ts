import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { describeInBrowser } from '../support/browser.ts';
import { tokenKey } from '../support/fixture.ts';
import { hold, openConsole, openWithoutStreams, untilFocused } from './support/console.ts';
import { serveFixture } from './support/server.ts';

const rowOf = (page: Page, name: string) =>
  page.getByRole('row').filter({ has: page.getByText(name, { exact: true }) });

async function choose(page: Page, name: string, action: string): Promise<void> {
  await page.getByRole('button', { name: `Actions for ${name}`, exact: true }).click();
  await page.getByRole('menuitem', { name: action }).click();
}

/** The console must work with a server that runs registered operations only. */
const serveRegisteredOnly = () => serveFixture({ TRUSTED_DOCUMENTS: 'only' });

describeInBrowser('groups in the console', serveRegisteredOnly, (browser) => {
  test('shows the contacts and campaigns of each group, and links to the campaigns', async () => {
    const page = await openConsole(browser, tokenKey('viewer'), '/groups');
    await rowOf(page, 'Farmers').getByText('42 contacts').waitFor();
    expect(await page.getByRole('button', { name: /New|Actions/ }).count()).toBe(0);
    await rowOf(page, 'Farmers').getByRole('link', { name: '109 campaigns of Farmers' }).click();
    await page.getByText('109 found').waitFor();
    await expect.poll(() => page.getByRole('combobox', { name: 'Group' }).inputValue()).toBe('Farmers');
  });

  test('creates, renames and deletes a group, and shows the errors of the server', async () => {
    const page = await openConsole(browser, tokenKey('editor'), '/groups');
    await page.getByRole('button', { name: 'New group' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('Name').fill('FARMERS');
    await dialog.getByRole('button', { name: 'Create' }).click();
    await expect.poll(() => dialog.getByLabel('Name').getAttribute('aria-invalid')).toBe('true');
    await dialog.getByLabel('Name').fill('Avuá');
    await dialog.getByRole('button', { name: 'Create' }).click();
    // The notice goes after ten seconds, unless the pointer is on it.
    await page.locator('.notice').hover();
    await rowOf(page, 'Avuá').waitFor();
    await page.locator('.notice').getByRole('link', { name: 'Avuá' }).click();
    await page.getByRole('heading', { level: 1, name: 'Avuá' }).waitFor();
    await page.goBack();

    await choose(page, 'Avuá', 'Rename…');
    await dialog.getByLabel('Name').fill('Avuá II');
    await page.keyboard.press('Enter');
    await rowOf(page, 'Avuá II').waitFor();

    await choose(page, 'Avuá II', 'Delete…');
    await page.getByRole('alertdialog').getByRole('button', { name: 'Delete' }).click();
    await expect.poll(() => rowOf(page, 'Avuá II').count()).toBe(0);
  });

  test('a form says where to create the first group', async () => {
    const page = await openConsole(browser, tokenKey('editor'));
    await page.route('**/graphql*', (route) => {
      const isForOptions = route.request().postData()?.includes('"search":null,"first":50');
      const groups = { nodes: [], pageInfo: { hasNextPage: false } };
      return isForOptions ? route.fulfill({ json: { data: { groups } } }) : route.fallback();
    });
    await page.getByRole('button', { name: 'New campaign' }).click();
    await page.getByRole('dialog').getByRole('combobox').click();
    await page.getByText('There are no groups yet. Create one first, on the page “Groups”.').waitFor();
  });

  test('can be chosen in a form, which tells screen readers their number only when it is known', async () => {
    const page = await openConsole(browser, tokenKey('editor'));
    await page.evaluate(() => {
      const heard: string[] = [];
      Object.assign(window, { heard });
      new MutationObserver((records) => {
        for (const { target, addedNodes } of records) {
          if (!(target instanceof Element) || !target.closest('[aria-live]')) continue;
          for (const { textContent } of addedNodes) if (textContent) heard.push(textContent);
        }
      }).observe(document.body, { childList: true, subtree: true });
    });
    await page.getByRole('button', { name: 'New campaign' }).click();
    const field = page.getByRole('dialog').getByRole('combobox', { name: 'Group' });
    await untilFocused(page.getByRole('dialog'));
    const searching = page.getByRole('status').getByText('Searching…');
    const releaseAll = await hold(page, '"search":null');
    await field.focus();
    await searching.waitFor();
    releaseAll();
    await page.getByRole('option', { name: 'Farmers' }).waitFor();
    const release = await hold(page, '"search":"Nothing');
    await field.fill('Nothing is named like this');
    await searching.waitFor();
    release();
    await page.getByRole('status').getByText('No group has this in its name.').waitFor();
    const heard = () => page.evaluate(() => (window as unknown as { heard: string[] }).heard);
    await expect.poll(heard).toEqual([expect.stringMatching(/^[1-9]\d* options available\.$/)]);
  });

  test('says why a group cannot be deleted, and links to its campaigns', async () => {
    const page = await openConsole(browser, tokenKey('admin'), '/groups');
    await choose(page, 'Reporters', 'Delete…');
    const dialog = page.getByRole('dialog', { name: 'This group is in use' });
    await dialog.getByText('Reporters has 100 campaigns, so it cannot be deleted.').waitFor();
    expect(await dialog.getByRole('button', { name: 'Delete' }).count()).toBe(0);
    await dialog.getByRole('link', { name: 'Show its campaigns' }).click();
    await page.getByText('100 found').waitFor();
  });

  test('shows the refusal of the server for a group that is used since it was shown', async () => {
    const create = async (endpoint: string, body: object) => {
      const response = await fetch(`${browser.server.base}/api/v2/${endpoint}.json`, {
        method: 'POST',
        headers: { authorization: `Token ${tokenKey('editor')}`, 'content-type': 'application/json' },
        body: JSON.stringify(body),
      });
      expect(response.status).toBe(201);
    };
    await create('groups', { name: 'Used soon' });
    const page = await openWithoutStreams(browser, tokenKey('admin'), '/groups');
    await rowOf(page, 'Used soon').waitFor();
    await create('campaigns', { name: 'Its first', group: 'Used soon' });
    await choose(page, 'Used soon', 'Delete…');
    const dialog = page.getByRole('alertdialog');
    await dialog.getByRole('button', { name: 'Delete' }).click();
    await dialog.getByRole('alert').getByText('This group is used by campaigns.').waitFor();
  });

  test('shows no actions for a system group', async () => {
    const page = await openConsole(browser, tokenKey('admin'), '/groups');
    await rowOf(page, 'Open Tickets').getByText('System').waitFor();
    expect(await rowOf(page, 'Open Tickets').getByRole('button').count()).toBe(0);
  });
});
