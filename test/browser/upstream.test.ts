import type { Locator } from 'playwright-core';
import { expect, test } from 'vitest';
import type { Language } from '../../src/console/app/language/languages.ts';
import { describeInBrowser } from '../support/browser.ts';
import { tokenKey } from '../support/fixture.ts';
import type { World } from '../support/world.ts';
import { expectToFitAndBeAccessible, overflow } from '../support/views.ts';
import { mirrored, openGateway } from '../upstream/support/gateway.ts';
import { openLiveAccount } from '../upstream/support/live-account.ts';
import { focusWindow, openConsole, untilFocused, untilSettled } from './support/console.ts';
import { LOCALES, messagesIn } from './support/messages.ts';
import type { TestServer } from './support/server.ts';

let gateway: World;

const PLANTING = {
  name: 'Planting calendar',
  uuid: 'f4fd3644-a863-4de2-ab12-0dbe1ab443c8',
  path: '/campaigns/f4fd3644-a863-4de2-ab12-0dbe1ab443c8',
};

async function serveGateway(): Promise<TestServer> {
  gateway = await openGateway(await openLiveAccount());
  await mirrored(gateway, 'editor2');
  const not = async () => {
    throw new Error('this server is in the process of the tests');
  };
  return { base: gateway.url, command: not, pause: not, resume: not, close: gateway.close };
}

describeInBrowser('a workspace of a live account in the console', serveGateway, (browser) => {
  test('says how fresh it is, and since when the account is away', async () => {
    const page = await openConsole(browser, tokenKey('editor2'));
    const line = page.getByRole('status').filter({ hasText: 'account' });
    await expect.poll(() => line.innerText()).toMatch(/^As in the account (now|\d+ seconds? ago)$/);
    await expectToFitAndBeAccessible(page);
    // Simulates that another process follows the account and cannot reach it.
    await gateway.database.reader.db
      .updateTable('upstreams')
      .set({
        state: 'away',
        problem: 'It does not answer.',
        last_contact_on: (Date.now() - 630_000) * 1000,
        holder: 'another process',
        held_until: (Date.now() + 300_000) * 1000,
      })
      .execute();
    await focusWindow(page);
    await expect.poll(() => line.innerText()).toBe('The account is away, last heard from 10 minutes ago');
    expect(await line.getAttribute('title')).toContain('It does not answer.');
  });

  test('says so in Arabic on a phone', async () => {
    const t = messagesIn('ar', 'ar');
    const page = await openConsole(browser, tokenKey('editor2'), '/', {
      locale: 'ar',
      viewport: { width: 320, height: 600 },
    });
    const [start = ''] = t('upstream.away', { age: '' }).split('،');
    await page.getByText(start).waitFor();
    await expectToFitAndBeAccessible(page);
  });

  test('offers what the account can do, and says in a campaign’s menu where the rest is done', async () => {
    const t = messagesIn('en', 'en-GB');
    const page = await openConsole(browser, tokenKey('editor2'));
    await page.getByText(PLANTING.name).waitFor();
    await page.getByRole('button', { name: `Actions for ${PLANTING.name}`, exact: true }).press('Enter');
    const menu = page.getByRole('menu', { name: `Actions for ${PLANTING.name}` });
    await menu.getByRole('menuitem').first().waitFor();
    expect(await menu.getByRole('menuitem').allInnerTexts()).toEqual(['Edit…']);
    expect(await descriptionOf(menu)).toBe(t('campaign.archiveInAccount'));
    expect(await page.getByText(t('campaign.archiveInAccount')).isVisible()).toBe(true);
    await expectToFitAndBeAccessible(page);
    await untilFocused(menu);
    await page.keyboard.press('Enter');
    await untilFocused(page.getByRole('dialog', { name: 'Edit campaign' }));
    await page.keyboard.press('Escape');
    // There are no checkboxes, because the account cannot change several campaigns in one step.
    await page.getByRole('dialog').waitFor({ state: 'hidden' });
    await untilSettled(page);
    expect(await page.getByRole('checkbox').count()).toBe(0);
    await expectToFitAndBeAccessible(page);
  });

  test('says on the page of a campaign where it is archived and deleted', async () => {
    const t = messagesIn('en', 'en-GB');
    const page = await openConsole(browser, tokenKey('editor2'), PLANTING.path);
    await page.getByText(t('campaign.archiveInAccount')).waitFor();
    expect(await page.getByRole('article').getByRole('button').allInnerTexts()).toEqual(['Edit…', '', '']);
    await expectToFitAndBeAccessible(page);
  });

  test('says on the page of an archived campaign where it is restored', async () => {
    const t = messagesIn('en', 'en-GB');
    await stopFollowing();
    const { db } = gateway.database.reader;
    const archive = (is_archived: 0 | 1) =>
      db.updateTable('campaigns').set({ is_archived }).where('uuid', '=', PLANTING.uuid).execute();
    await archive(1);
    const page = await openConsole(browser, tokenKey('editor2'), PLANTING.path);
    await page.getByText(t('campaign.restoreInAccount')).waitFor();
    expect(await page.getByRole('article').getByRole('button').allInnerTexts()).toEqual(['', '']);
    await expectToFitAndBeAccessible(page);
    await page.goto(`${browser.server.base}/?archived=all`);
    await page.getByText(PLANTING.name).waitFor();
    await untilSettled(page);
    expect(await page.getByRole('button', { name: `Actions for ${PLANTING.name}`, exact: true }).count()).toBe(0);
    await archive(0);
  });

  test('downloads a file, and says where to change campaigns instead of importing one', async () => {
    const t = messagesIn('en', 'en-GB');
    const page = await openConsole(browser, tokenKey('editor2'), '/spreadsheet');
    await page.getByText(t('spreadsheet.inAccount')).waitFor();
    expect(
      await page
        .getByRole('region', { name: t('spreadsheet.import') })
        .getByRole('button')
        .count(),
    ).toBe(0);
    expect(await page.locator('input[type=file]').count()).toBe(0);
    await page.getByRole('button', { name: t('spreadsheet.downloadNow') }).waitFor();
    await expectToFitAndBeAccessible(page);
  });

  test('says where people and tokens are managed, and offers no token to a token of the account', async () => {
    const t = messagesIn('en', 'en-GB');
    const page = await openConsole(browser, tokenKey('editor2'), '/people');
    await page.getByRole('heading', { name: t('people.none') }).waitFor();
    await page.getByText(t('people.inAccount')).waitFor();
    await expectToFitAndBeAccessible(page);
    await page.getByRole('link', { name: t('people.tokens'), exact: true }).click();
    await page.getByText(t('people.inAccount')).waitFor();
    expect(await page.getByRole('main').getByRole('button').count()).toBe(0);
    await expectToFitAndBeAccessible(page);
  });

  test.each(Object.entries(LOCALES) as [Language, string][])('says so in %s on a phone', async (language, locale) => {
    const t = messagesIn(language, locale);
    const page = await openConsole(browser, tokenKey('editor2'), PLANTING.path, {
      locale,
      viewport: { width: 320, height: 700 },
    });
    await page.getByText(t('campaign.archiveInAccount')).waitFor();
    expect(await overflow(page)).toBe(0);
    await page.goto(`${browser.server.base}/spreadsheet`);
    await page.getByText(t('spreadsheet.inAccount')).waitFor();
    expect(await overflow(page)).toBe(0);
    await page.goto(browser.server.base);
    await page.getByRole('button', { name: t('action.allFor', { name: PLANTING.name }), exact: true }).click();
    await page.getByText(t('campaign.archiveInAccount')).waitFor();
    expect(await overflow(page)).toBe(0);
  });

  test('says where to archive a campaign, if the page does not know yet that it is in an account', async () => {
    const page = await browser.newPage();
    await page.route('**/graphql', async (route) => {
      if (route.request().headers()['accept'] === 'text/event-stream') return route.fallback();
      const response = await route.fetch();
      const body = (await response.text()).replace(/"upstream":\{"url":"[^"]*"\}/, '"upstream":null');
      return route.fulfill({ response, body });
    });
    await page.goto(`${browser.server.base}#token=${tokenKey('editor2')}`);
    await page.getByRole('link', { name: PLANTING.name, exact: true }).waitFor();
    await page.getByRole('button', { name: `Actions for ${PLANTING.name}`, exact: true }).click();
    await page.getByRole('menuitem', { name: 'Archive' }).click();
    await page.getByText('Do it on the account’s own pages').waitFor();
    // Remove the routes first, because the closing page may still send requests and a handler would then fail.
    await page.unrouteAll({ behavior: 'ignoreErrors' });
  });
});

/** Stops following the account in this process, by claiming in the database that another process follows it. */
async function stopFollowing(): Promise<void> {
  await gateway.database.reader.db
    .updateTable('upstreams')
    .set({ holder: 'another process', held_until: (Date.now() + 300_000) * 1000 })
    .execute();
}

/** The description of an element that a screen reader says after its name. */
function descriptionOf(element: Locator): Promise<string | undefined> {
  return element.evaluate(
    (described) => document.getElementById(described.getAttribute('aria-describedby') ?? '')?.textContent,
  );
}
