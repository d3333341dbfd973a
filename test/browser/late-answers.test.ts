import type { Page, Request } from 'playwright-core';
import { expect, test } from 'vitest';
import { describeInBrowser } from '../support/browser.ts';
import { clientFor } from '../support/client.ts';
import { tokenKey } from '../support/fixture.ts';
import { focusWindow, hold, openConsole, openWithoutStreams, untilFocused, untilSettled } from './support/console.ts';
import { updateCampaign } from './support/others.ts';
import { serveFixture } from './support/server.ts';

const CREATE = `mutation ($name: String!) {
  createCampaign(input: { name: $name, group: { name: "Farmers" } }) { campaign { group { uuid } } }
}`;

describeInBrowser('what a person types or chooses before an answer comes', serveFixture, (browser) => {
  const create = (name: string) =>
    clientFor(browser.server.base, 'admin').data<{ createCampaign: { campaign: { group: { uuid: string } } } }>(
      CREATE,
      { name },
    );

  test('a letter that is typed when the search begins stays', async () => {
    const page = await openConsole(browser, tokenKey('admin'));
    await untilSettled(page);
    const box = page.getByRole('searchbox').first();
    await box.focus();
    // Types a letter in the task of the timer after which the search begins.
    await page.evaluate(() => {
      const { setTimeout } = window;
      let typed = false;
      window.setTimeout = ((run: () => void, delay: number) =>
        setTimeout(() => {
          run();
          if (delay !== 250 || typed) return;
          typed = true;
          queueMicrotask(() => queueMicrotask(() => document.execCommand('insertText', false, 'm')));
        }, delay)) as typeof setTimeout;
    });
    // At once, because on a busy machine the search would begin between two keys.
    await page.keyboard.insertText('far');
    await expect.poll(() => new URL(page.url()).searchParams.get('q')).toBe('farm');
    expect(await box.inputValue()).toBe('farm');
  });

  test('the chosen option of the dialog for finding stays chosen when results come', async () => {
    await create('New wells');
    const page = await openConsole(browser, tokenKey('admin'));
    await untilSettled(page);
    const release = await hold(page, '"search":"new"');
    await page.keyboard.press('Control+k');
    await untilFocused(page.getByRole('dialog'));
    await page.keyboard.type('new');
    const chosen = page.getByRole('dialog').getByRole('option', { selected: true });
    await chosen.getByText('New campaign').waitFor();
    await page.keyboard.press('ArrowDown');
    await chosen.getByText('New group').waitFor();
    release();
    await page.getByRole('option', { name: 'New wells' }).waitFor();
    expect(await chosen.textContent()).toBe('New group');
  });

  test('the name of a suggested group does not replace what was typed into the field', async () => {
    const { uuid } = (await create('Suggested')).createCampaign.campaign.group;
    const page = await browser.newPage();
    const release = await hold(page, '"variables":{"uuid"');
    await page.goto(`${browser.server.base}/?group=${uuid}#token=${tokenKey('admin')}`);
    await page.getByRole('button', { name: 'New campaign' }).click();
    const dialog = page.getByRole('dialog');
    await untilFocused(dialog);
    const field = dialog.getByRole('combobox');
    await field.focus();
    await page.keyboard.type('Tea');
    const answered = page.waitForResponse((response) => response.request().postData()?.includes(uuid) === true);
    release();
    await answered;
    await untilSettled(page);
    expect(await field.inputValue()).toBe('Tea');
  });

  test('options that come after the choice do not change the field', async () => {
    const page = await openConsole(browser, tokenKey('admin'));
    await page.getByRole('button', { name: 'New campaign' }).click();
    await untilFocused(page.getByRole('dialog'));
    const field = page.getByRole('dialog').getByRole('combobox');
    await field.click();
    const option = page.getByRole('option', { name: 'Farmers', exact: true });
    await option.waitFor();
    const release = await hold(page, '"search":"Farme"');
    const asked = page.waitForRequest((request) => request.postData()?.includes('"search":"Farme"') === true);
    await page.keyboard.type('Farme');
    await asked;
    await option.click();
    release();
    await untilSettled(page);
    expect(await field.inputValue()).toBe('Farmers');
  });

  test('the name of the group of a filter does not get into what is typed in its place', async () => {
    const { uuid } = (await create('Filtered')).createCampaign.campaign.group;
    const page = await browser.newPage();
    const release = await hold(page, '"variables":{"uuid"');
    await page.goto(`${browser.server.base}/?group=${uuid}#token=${tokenKey('admin')}`);
    const field = page.getByRole('combobox', { name: 'Group' });
    await expect.poll(() => field.getAttribute('placeholder')).toBe('…');
    await field.focus();
    await page.keyboard.type('Tea');
    expect(await field.inputValue()).toBe('Tea');
    release();
    await expect.poll(() => field.getAttribute('placeholder')).not.toBe('…');
    expect(await field.inputValue()).toBe('Tea');
    await page.keyboard.press('Escape');
    await expect.poll(() => field.inputValue()).toBe('Farmers');
  });
});

const fault = (outcome?: string) => ({
  status: 503,
  json: { errors: [{ message: 'in English', extensions: { code: 'STORAGE_UNAVAILABLE', outcome } }] },
});

/** Holds back the answers to the requests whose body has a text, until the returned function is called. The server has run them by then. */
async function holdAnswers(page: Page, text: string): Promise<() => void> {
  const released = Promise.withResolvers<void>();
  await page.route('**/graphql', async (route) => {
    if (!route.request().postData()?.includes(text)) return route.fallback();
    const response = await route.fetch();
    await released.promise;
    // The page may have given the request up.
    return route.fulfill({ response }).catch(() => {});
  });
  return () => released.resolve();
}

/** The highest row number on the page. */
const lastRow = (page: Page) =>
  page.evaluate(() =>
    Math.max(...[...document.querySelectorAll<HTMLElement>('[data-index]')].map((row) => Number(row.dataset['index']))),
  );

describeInBrowser('an answer about what is no longer shown', serveFixture, (browser) => {
  const create = async (name: string): Promise<string> => {
    const document = CREATE.replace('group { uuid }', 'uuid');
    const client = clientFor(browser.server.base, 'admin');
    const { createCampaign } = await client.data<{ createCampaign: { campaign: { uuid: string } } }>(document, {
      name,
    });
    return createCampaign.campaign.uuid;
  };

  /** Creates an archived campaign. */
  const archived = async (name: string): Promise<string> => {
    const uuid = await create(name);
    await updateCampaign(browser, { uuid, archived: true });
    return uuid;
  };

  /** Shows the campaigns in use by name, and scrolls to the end of what is loaded of them. */
  const showOtherList = async (page: Page) => {
    await page.getByRole('combobox', { name: 'Order' }).selectOption('name');
    await page.getByRole('radio', { name: 'In use', exact: true }).check();
    await untilSettled(page);
    await page.evaluate(() => window.scrollTo(0, document.body.scrollHeight));
  };
  const isPageOfAll = (body: string | null) => body?.includes('"first":250') && body.includes('"archived":null');

  test('an error of one list is not shown in the next list, whose rows are loaded', async () => {
    const page = await openWithoutStreams(browser, tokenKey('admin'));
    await page.locator('[data-index="0"]').waitFor();
    await page.route('**/graphql', (route) =>
      isPageOfAll(route.request().postData()) ? route.fulfill(fault()) : route.fallback(),
    );
    await page.getByRole('radio', { name: 'All', exact: true }).check();
    await page.getByRole('button', { name: 'Load more' }).waitFor();
    await showOtherList(page);
    await expect.poll(() => lastRow(page)).toBeGreaterThan(60);
    expect(await page.getByRole('button', { name: 'Load more' }).count()).toBe(0);
  });

  test('a slow page of one list does not keep the next list from loading', async () => {
    const page = await openWithoutStreams(browser, tokenKey('admin'));
    await page.locator('[data-index="0"]').waitFor();
    let asked = false;
    const release = await hold(page, (request) => isPageOfAll(request.postData()) === true && (asked = true));
    await page.getByRole('radio', { name: 'All', exact: true }).check();
    await expect.poll(() => asked).toBe(true);
    await showOtherList(page);
    await expect.poll(() => lastRow(page)).toBeGreaterThan(60);
    release();
  });

  test('rows below are loaded that are needed while visible rows are being fetched again', async () => {
    const page = await openWithoutStreams(browser, tokenKey('admin'));
    await page.locator('[data-index="0"]').waitFor();
    const scrollTo = (row: number) => page.evaluate((top) => window.scrollTo(0, top), row * 49);
    await scrollTo(30);
    await untilSettled(page);
    // From now on, all rows but the first and the visible ones may be out of date.
    await focusWindow(page);
    await untilSettled(page);
    await scrollTo(10_000);
    await untilSettled(page);
    const loaded = await lastRow(page);
    let asked = false;
    const isOfVisibleRows = (request: Request) => request.postData()?.includes('"first":50,"last":null,"after":"');
    const release = await hold(page, (request) => isOfVisibleRows(request) === true && (asked = true));
    await scrollTo(150);
    await expect.poll(() => asked).toBe(true);
    await scrollTo(10_000);
    await expect.poll(() => lastRow(page)).toBeGreaterThan(loaded);
    const end = await lastRow(page);
    await untilSettled(page);
    release();
    await expect.poll(() => lastRow(page)).toBeGreaterThan(end);
  });

  test('End does not focus the last row of a list that comes when the user has done something else', async () => {
    const page = await openWithoutStreams(browser, tokenKey('admin'));
    await page.locator('[data-index="0"] a').focus();
    await untilSettled(page);
    await page.route('**/graphql', (route) =>
      route.request().postData()?.includes('"last":50') ? route.fulfill(fault()) : route.fallback(),
    );
    await page.keyboard.press('End');
    await page.getByRole('button', { name: 'Try again' }).waitFor();
    await page.getByRole('link', { name: 'Groups' }).click();
    await page.getByRole('table', { name: 'Groups' }).waitFor();
    await page.unroute('**/graphql');
    await page.goBack();
    await page.getByRole('table', { name: 'Campaigns' }).waitFor();
    await untilSettled(page);
    expect(new URL(page.url()).search).toBe('?at=end');
    expect(await page.evaluate(() => document.activeElement?.closest('[data-index]'))).toBe(null);
  });

  test('End does not focus the last row of another page', async () => {
    const page = await openWithoutStreams(browser, tokenKey('admin'));
    await page.locator('[data-index="0"] a').focus();
    await untilSettled(page);
    const asked = page.waitForRequest((request) => request.postData()?.includes('"last":50') === true);
    const release = await hold(page, '"last":50');
    await page.keyboard.press('End');
    await asked;
    await page.getByRole('link', { name: 'Groups' }).click();
    await page.getByRole('table', { name: 'Groups' }).waitFor();
    await untilSettled(page);
    expect(await page.evaluate(() => document.activeElement?.closest('[data-index]'))).toBe(null);
    release();
  });

  test('Restore waits for Archive, and is not refused because of it', async () => {
    await create('Back at once');
    const page = await openConsole(browser, tokenKey('admin'), '/?q=Back+at+once&archived=all');
    const act = async (action: string) => {
      await page.getByRole('button', { name: 'Actions for Back at once' }).click();
      await page.getByRole('menuitem', { name: action, exact: true }).click();
    };
    const release = await hold(page, '"archived":true');
    await act('Archive');
    await page.getByText('Archived Back at once').waitFor();
    await act('Restore');
    await page.getByText('Restored Back at once').waitFor();
    release();
    await untilSettled(page);
    expect(await page.getByRole('table').getByText('Archived').count()).toBe(0);
    expect(await page.locator('.notice-error').count()).toBe(0);
    expect(await page.getByRole('alertdialog').count()).toBe(0);
  });

  test('Restore waits for Archive on another page too', async () => {
    await create('Back elsewhere');
    const page = await openConsole(browser, tokenKey('admin'), '/?q=Back+elsewhere&archived=all');
    const release = await hold(page, '"archived":true');
    await page.getByRole('button', { name: 'Actions for Back elsewhere' }).click();
    await page.getByRole('menuitem', { name: 'Archive', exact: true }).click();
    await page.getByText('Archived Back elsewhere').waitFor();
    await page.getByRole('link', { name: 'Back elsewhere' }).first().click();
    await page.getByRole('button', { name: 'Restore' }).click();
    await page.getByText('Restored Back elsewhere').waitFor();
    await untilSettled(page);
    release();
    await page.getByText('restored the campaign').waitFor();
    await page.getByRole('button', { name: 'Archive', exact: true }).waitFor();
    expect(await page.locator('.notice-error').count()).toBe(0);
    expect(await page.getByRole('alertdialog').count()).toBe(0);
  });

  test('Restore waits for Archive of a selected campaign too', async () => {
    await create('Back selected');
    const page = await openConsole(browser, tokenKey('admin'), '/?q=Back+selected&archived=all');
    const release = await hold(page, '"archived":true');
    await page.getByRole('checkbox', { name: 'Select Back selected' }).check();
    await page.getByRole('button', { name: 'Archive', exact: true }).click();
    await page.getByRole('table').getByText('Archived').waitFor();
    await page.getByRole('button', { name: 'Actions for Back selected' }).click();
    await page.getByRole('menuitem', { name: 'Restore', exact: true }).click();
    await page.getByText('Restored Back selected').waitFor();
    await untilSettled(page);
    release();
    await page.getByText('Archived 1 campaign').waitFor();
    await untilSettled(page);
    expect(await page.getByRole('table').getByText('Archived').count()).toBe(0);
    expect(await page.locator('.notice-error').count()).toBe(0);
    expect(await page.getByRole('alertdialog').count()).toBe(0);
  });

  /** Chooses an action in the menu of the campaign's row. */
  const choose = async (page: Page, name: string, action: string) => {
    await page.getByRole('button', { name: `Actions for ${name}` }).click();
    await page.getByRole('menuitem', { name: action, exact: true }).click();
  };

  test('Delete waits for Archive, and is not refused because of it', async () => {
    await create('Gone at once');
    const page = await openWithoutStreams(browser, tokenKey('admin'), '/?q=Gone+at+once&archived=all');
    const release = await holdAnswers(page, '"archived":true');
    await choose(page, 'Gone at once', 'Archive');
    await page.getByText('Archived Gone at once').waitFor();
    await choose(page, 'Gone at once', 'Delete…');
    await page.getByRole('alertdialog').getByRole('button', { name: 'Delete' }).click();
    await untilSettled(page);
    release();
    await page.getByText('Deleted Gone at once').waitFor();
    await page.getByText('No campaign matches').waitFor();
  });

  test('Delete of selected campaigns waits for Archive too', async () => {
    await create('Gone together 1');
    await create('Gone together 2');
    const page = await openWithoutStreams(browser, tokenKey('admin'), '/?q=Gone+together&archived=all');
    const release = await holdAnswers(page, '"archived":true');
    await choose(page, 'Gone together 1', 'Archive');
    await page.getByText('Archived Gone together 1').waitFor();
    await page.getByRole('checkbox', { name: 'Select all that are loaded' }).check();
    await page.getByRole('button', { name: 'Delete…', exact: true }).click();
    await page.getByRole('alertdialog').getByRole('button', { name: 'Delete' }).click();
    await untilSettled(page);
    release();
    await page.getByText('Deleted 2 campaigns').waitFor();
    await page.getByText('No campaign matches').waitFor();
  });

  test('Save waits for Restore, and Restore is not refused because of it', async () => {
    await archived('Edited at once');
    const page = await openWithoutStreams(browser, tokenKey('admin'), '/?q=Edited+at+once&archived=all');
    const release = await hold(page, '"archived":false');
    await choose(page, 'Edited at once', 'Restore');
    await page.getByText('Restored Edited at once').waitFor();
    await choose(page, 'Edited at once', 'Edit…');
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('Name').fill('Edited at once, typed');
    await dialog.getByRole('button', { name: 'Save' }).click();
    await untilSettled(page);
    release();
    await page.getByText('Saved Edited at once, typed').waitFor();
    await untilSettled(page);
    expect(await page.getByRole('alertdialog').count()).toBe(0);
    expect(await page.getByRole('table').getByText('Archived').count()).toBe(0);
  });

  test('an undo is no change of somebody else for a form of the same campaign that is open', async () => {
    await archived('Undone behind');
    const page = await openConsole(browser, tokenKey('admin'), '/?q=Undone+behind&archived=all');
    await choose(page, 'Undone behind', 'Restore');
    await untilSettled(page);
    await choose(page, 'Undone behind', 'Edit…');
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('Name').fill('Undone behind, typed');
    await page.getByRole('button', { name: 'Undo', exact: true }).click();
    await page.getByText('Archived Undone behind').waitFor();
    await untilSettled(page);
    expect(await dialog.getByText('while you typed').count()).toBe(0);
    expect(await dialog.getByLabel('Name').inputValue()).toBe('Undone behind, typed');
  });

  test('data that is fetched again while Restore waits for its answer does not show the earlier state again', async () => {
    await archived('Shown at once');
    const page = await openWithoutStreams(browser, tokenKey('admin'), '/?q=Shown+at+once&archived=all');
    const badge = page.getByRole('main').locator('.badge').getByText('Archived');
    const fetchAgain = async () => {
      await focusWindow(page);
      await untilSettled(page);
    };
    const release = await hold(page, '"archived":false');
    await choose(page, 'Shown at once', 'Restore');
    await page.getByText('Restored Shown at once').waitFor();
    await fetchAgain();
    expect(await badge.count()).toBe(0);
    await page.getByRole('link', { name: 'Shown at once', exact: true }).click();
    await page.getByRole('heading', { name: 'Shown at once' }).waitFor();
    await fetchAgain();
    expect(await badge.count()).toBe(0);
    release();
    await page.getByText('restored the campaign').waitFor();
    expect(await badge.count()).toBe(0);
  });

  test('the answer to Archive does not show it again while Restore waits for its own', async () => {
    const uuid = await create('Archived and back');
    const page = await openWithoutStreams(browser, tokenKey('admin'), `/campaigns/${uuid}`);
    const action = (name: string) => page.getByRole('button', { name, exact: true });
    const releaseArchive = await hold(page, '"archived":true');
    const releaseRestore = await hold(page, '"archived":false');
    await action('Archive').click();
    await action('Restore').click();
    await action('Archive').waitFor();
    const restoring = page.waitForRequest((request) => request.postData()?.includes('"archived":false') === true);
    releaseArchive();
    await restoring;
    await untilSettled(page);
    expect(await action('Restore').count()).toBe(0);
    releaseRestore();
    await page.getByText('restored the campaign').waitFor();
    expect(await action('Archive').count()).toBe(1);
  });

  test('data that was asked for before Archive does not show the earlier state again', async () => {
    const uuid = await create('Late page');
    const page = await openWithoutStreams(browser, tokenKey('admin'), `/campaigns/${uuid}`);
    const action = (name: string) => page.getByRole('button', { name, exact: true });
    await action('Archive').waitFor();
    await untilSettled(page);
    const change = await hold(page, '"expectedRevision"');
    const answered = Promise.withResolvers<void>();
    await page.route('**/graphql', async (route) => {
      if (!route.request().postData()?.startsWith(`{"variables":{"uuid":"${uuid}"}`)) return route.fallback();
      const response = await route.fetch();
      await answered.promise;
      // The page may have given the request up.
      return route.fulfill({ response }).catch(() => {});
    });
    const refetch = page.waitForRequest((request) => request.postData()?.startsWith('{"variables":{"uuid"') === true);
    await focusWindow(page);
    await refetch;
    await action('Archive').click();
    await action('Restore').waitFor();
    answered.resolve();
    await untilSettled(page);
    expect(await action('Restore').count()).toBe(1);
    change();
  });
});

describeInBrowser('the outcome of a change, after the user has left the page', serveFixture, (browser) => {
  const create = (name: string) => clientFor(browser.server.base, 'admin').data(CREATE, { name });
  const notice = (page: Page, text: string) => page.locator('.notice').getByText(text).waitFor();

  /** Confirms the deletion of a campaign on its page, and goes back to the list before the answer. */
  const deleteAndLeave = async (page: Page, name: string) => {
    await page.getByRole('link', { name, exact: true }).click();
    await page.getByRole('button', { name: 'Delete…' }).click();
    const asked = page.waitForRequest((request) => request.postData()?.includes('"expectedRevision"') === true);
    await page.getByRole('alertdialog').getByRole('button', { name: 'Delete' }).click();
    await asked;
    await page.goBack();
    await page.getByRole('alertdialog').waitFor({ state: 'detached' });
  };

  test('is told, and does not go to another page', async () => {
    await create('Deleted while leaving');
    const page = await openWithoutStreams(browser, tokenKey('admin'), '/?q=leaving');
    const release = await hold(page, '"expectedRevision"');
    await deleteAndLeave(page, 'Deleted while leaving');
    release();
    await notice(page, 'Deleted Deleted while leaving');
    expect(new URL(page.url()).search).toBe('?q=leaving');
  });

  test('is told if it is an error', async () => {
    await create('Kept while leaving');
    const page = await openWithoutStreams(browser, tokenKey('admin'), '/?q=leaving');
    const released = Promise.withResolvers<void>();
    await page.route('**/graphql', async (route) => {
      if (!route.request().postData()?.includes('"expectedRevision"')) return route.fallback();
      await released.promise;
      return route.abort();
    });
    await deleteAndLeave(page, 'Kept while leaving');
    released.resolve();
    await notice(page, 'The server cannot be reached.');
  });
});
