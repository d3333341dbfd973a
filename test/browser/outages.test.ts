import type { Locator, Page } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import { describeInBrowser } from '../support/browser.ts';
import { clientFor } from '../support/client.ts';
import { tokenKey } from '../support/fixture.ts';
import { focusWindow, openConsole, openWithoutStreams, untilFocused, untilSettled } from './support/console.ts';
import { serveFixture } from './support/server.ts';

const CREATE = `mutation ($name: String!) {
  createCampaign(input: { name: $name, group: { name: "Farmers" } }) { campaign { uuid } }
}`;

interface Failure {
  readonly status: number;
  readonly code?: string;
  readonly outcome?: string;
  /** In seconds. */
  readonly retryAfter?: number;
}

/**
 * Answers each operation whose body contains `containing` with an error, until `end` is called. Without a code the response looks
 * like that of a proxy. `count` returns the number of failed operations.
 */
async function failOperations(page: Page, containing: string, { status, code, outcome, retryAfter = 1 }: Failure) {
  let count = 0;
  let failing = true;
  await page.route('**/graphql', (route) => {
    if (!failing || !(route.request().postData() ?? '').includes(containing)) return route.fallback();
    count += 1;
    const headers = { 'retry-after': String(retryAfter) };
    if (code === undefined) return route.fulfill({ status, headers, contentType: 'text/html', body: '<p>away' });
    const extensions = { code, ...(outcome !== undefined && { outcome }) };
    return route.fulfill({ status, headers, json: { errors: [{ message: 'in English', extensions }] } });
  });
  return { count: () => count, end: () => (failing = false) };
}

const banner = (page: Page) => page.locator('.server-banner p');

/** Whether the upper left corner of an element can be seen. */
const isUncovered = (place: Locator) =>
  place.evaluate((element) => {
    const { left, top } = element.getBoundingClientRect();
    return element.contains(document.elementFromPoint(left + 2, top + 2));
  });

/** Longer than the console waits before it first checks whether the server is back, in ms. */
const LOOKED_MS = 2_500;

describeInBrowser('a console whose server answers that it cannot', serveFixture, (browser) => {
  test('says that a search took too long, and does not repeat it by itself', async () => {
    const page = await openConsole(browser, tokenKey('admin'));
    await page.locator('[data-index]').first().waitFor();
    const slow = await failOperations(page, '"slow"', { status: 503, code: 'TIMEOUT' });
    await page.getByRole('searchbox').fill('slow');
    await page.getByRole('alert').getByText('needed too long for this').waitFor();
    await page.waitForTimeout(LOOKED_MS);
    expect(slow.count()).toBe(1);
    expect(await banner(page).count()).toBe(0);
    slow.end();
    await page.getByRole('alert').getByRole('button', { name: 'Try again' }).click();
    await page.getByText('No campaign matches').waitFor();
  });

  test('shows two campaigns again whose archiving failed', async () => {
    for (const name of ['Twice 2', 'Twice 1']) await clientFor(browser.server.base, 'admin').data(CREATE, { name });
    const page = await openWithoutStreams(browser, tokenKey('admin'), '/?q=Twice');
    const released = Promise.withResolvers<void>();
    await page.getByRole('link', { name: 'Twice 1' }).waitFor();
    await untilSettled(page);
    await page.route('**/graphql*', async (route) => {
      if (route.request().postData()?.includes('"expectedRevision"')) await released.promise;
      await route.abort();
    });
    for (const name of ['Twice 1', 'Twice 2']) {
      await page.getByRole('button', { name: `Actions for ${name}` }).click();
      await page.getByRole('menuitem', { name: 'Archive' }).click();
      await page.getByRole('link', { name }).waitFor({ state: 'detached' });
    }
    released.resolve();
    await expect.poll(() => page.locator('.campaign-name').allInnerTexts()).toEqual(['Twice 1', 'Twice 2']);
  });

  test('says above a list that it could not be brought up to date', async () => {
    const page = await openConsole(browser, tokenKey('admin'), '/?q=late+news');
    await clientFor(browser.server.base, 'admin').data(CREATE, { name: 'Late news' });
    const row = page.getByRole('link', { name: 'Late news', exact: true });
    await row.waitFor();
    const slow = await failOperations(page, '"late news"', { status: 503, code: 'TIMEOUT' });
    await clientFor(browser.server.base, 'admin').data(CREATE, { name: 'More late news' });
    const notice = page.getByRole('status').filter({ hasText: 'What you see may be out of date.' });
    await notice.waitFor();
    expect([await row.count(), await banner(page).count()]).toEqual([1, 0]);
    slow.end();
    await notice.getByRole('button', { name: 'Try again' }).click();
    await page.getByRole('link', { name: 'More late news' }).waitFor();
    await notice.waitFor({ state: 'detached' });
  });

  test('asks again by itself when the server had too much to do', async () => {
    const page = await openConsole(browser, tokenKey('admin'));
    await page.locator('[data-index]').first().waitFor();
    const crowd = await failOperations(page, '"crowd"', { status: 503, code: 'OVERLOADED' });
    await page.getByRole('searchbox').fill('crowd');
    await expect.poll(crowd.count).toBe(1);
    crowd.end();
    await page.getByText('No campaign matches').waitFor();
    expect(await banner(page).count()).toBe(0);
  });

  test.each([
    ['UPSTREAM_UNAVAILABLE', 'UNCHANGED', 'The account cannot be reached at present. Nothing has changed.'],
    ['UPSTREAM_UNAVAILABLE', 'UNKNOWN', 'It is not known whether this was done. Look before you repeat it.'],
    ['TIMEOUT', 'UNKNOWN', 'It is not known whether this was done. Look before you repeat it.'],
  ])('says of a change whether it was made: %s, %s', async (code, outcome, text) => {
    const page = await openConsole(browser, tokenKey('editor'), '/groups');
    await failOperations(page, '"Waiting"', { status: 503, code, outcome });
    await page.getByRole('button', { name: 'New group' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('Name').fill('Waiting');
    await dialog.getByRole('button', { name: 'Create' }).click();
    await dialog.getByText(`${text} What you entered is kept here.`).waitFor();
    expect(await banner(page).count()).toBe(0);
  });

  test.each([
    ['a database', { status: 503, code: 'STORAGE_UNAVAILABLE' }, 'The server cannot use its database at present.'],
    ['an account', { status: 503, code: 'UPSTREAM_UNAVAILABLE' }, 'The account cannot be reached at present.'],
    ['any server', { status: 503 }, 'The server cannot be reached.'],
  ])('says that there is not %s at present, and goes on when there is', async (_what, failure, text) => {
    const page = await openConsole(browser, tokenKey('admin'));
    await page.locator('[data-index]').first().waitFor();
    const outage = await failOperations(page, '', failure);
    await page.getByRole('searchbox').fill('vet');
    await banner(page).getByText(`${text} What you see may be out of date. Trying again…`).waitFor();
    outage.end();
    await page.getByText(/\d found/).waitFor();
    await banner(page).waitFor({ state: 'detached' });
  });

  test('counts down until it may ask again, without telling screen readers of each second', async () => {
    const page = await openConsole(browser, tokenKey('admin'));
    await page.locator('[data-index]').first().waitFor();
    await failOperations(page, '', { status: 429, code: 'RATE_LIMITED', retryAfter: 60 });
    await page.getByRole('searchbox').fill('vet');
    await banner(page)
      .getByText(/^There have been too many requests\. Try again in \d+ seconds\.$/)
      .waitFor();
    // Nothing else than the timer changes, and changes of a timer are not read out.
    await banner(page)
      .getByRole('timer')
      .getByText(/^Try again in 5[0-8] seconds\.$/)
      .waitFor();
  });

  test.each([
    { locale: 'en-GB', width: 1_120 },
    { locale: 'fr-SN', width: 390 },
  ])('covers neither the header of the list nor the focus with its banner: $locale, $width px', async (view) => {
    const page = await openConsole(browser, tokenKey('admin'), '/', {
      locale: view.locale,
      viewport: { width: view.width, height: 700 },
    });
    const link = (index: number) => page.locator(`[data-index="${index}"] .campaign-name a`);
    await link(0).focus();
    for (let index = 1; index <= 15; index += 1) {
      await page.keyboard.press('ArrowDown');
      await untilFocused(link(index));
    }
    // The row with the focus is at the top of the window when the outage begins.
    await link(15).evaluate((element) => window.scrollBy(0, element.getBoundingClientRect().top - 60));
    await failOperations(page, '', { status: 503 });
    await focusWindow(page);
    await banner(page).waitFor();
    await expect.poll(() => isUncovered(link(15))).toBe(true);
    for (let index = 14; index >= 12; index -= 1) {
      await page.keyboard.press('ArrowUp');
      await untilFocused(link(index));
      await expect.poll(() => isUncovered(link(index))).toBe(true);
    }
    if (view.width > 720) expect(await isUncovered(page.locator('.list-head .order-button').first())).toBe(true);
  });

  test('shows how fresh the data is as soon as its code can be loaded', async () => {
    const page = await browser.newPage();
    let failing = true;
    await page.route('**/assets/later-*.js', (route) => (failing ? route.abort() : route.fallback()));
    const failed = page.waitForEvent('requestfailed');
    await page.goto(`${browser.server.base}/#token=${tokenKey('viewer')}`);
    await page.locator('[data-index]').first().waitFor();
    await failed;
    failing = false;
    // The browser says that the request has failed before the page waits for the focus.
    const isUpToDate = async () => {
      await focusWindow(page);
      return page.getByText('Up to date', { exact: true }).isVisible();
    };
    await expect.poll(isUpToDate).toBe(true);
  });

  test('fetches everything anew, and follows the changes, also if another request than the banner’s finds it well', async () => {
    const page = await openConsole(browser, tokenKey('viewer'));
    await page.locator('[data-index]').first().waitFor();
    const outage = await failOperations(page, '', { status: 503 });
    await page.reload();
    await page.getByText(/This list was kept/).waitFor();
    await banner(page).waitFor();
    // The banner checks the server after 1 s, then after another 2 s, and then after another 4 s.
    await expect.poll(outage.count).toBeGreaterThanOrEqual(4);
    outage.end();
    const followed = page.waitForRequest((request) => request.headers()['accept'] === 'text/event-stream');
    await page.getByRole('searchbox').fill('vet');
    await page.getByText(/\d found/).waitFor();
    await followed;
    expect(await banner(page).count()).toBe(0);
  });
});

describeInBrowser('a console that is older than its server', serveFixture, (browser) => {
  /**
   * Simulates a newer server. It does not know the hash of an operation whose body contains `containing`, and refuses the
   * operation's text with `code`.
   */
  const renew = (page: Page, containing: string, code: string) =>
    page.route('**/graphql', (route) => {
      const body = route.request().postData() ?? '';
      if (!body.includes(containing)) return route.fallback();
      const error = { message: 'in English', extensions: { code } };
      const unknown = { message: 'unknown', extensions: { code: 'PERSISTED_QUERY_NOT_FOUND' } };
      return body.includes('"query"')
        ? route.fulfill({ status: 400, json: { errors: [error] } })
        : route.fulfill({ json: { errors: [unknown] } });
    });

  const openFirst = async () => {
    const page = await openConsole(browser, tokenKey('admin'));
    await page.locator('[data-index]').first().waitFor();
    return page;
  };

  test.each(['GRAPHQL_VALIDATION_FAILED', 'BAD_USER_INPUT'])('asks to be loaded again: %s', async (code) => {
    const page = await openFirst();
    await renew(page, '"renewed"', code);
    await page.getByRole('searchbox').fill('renewed');
    await page.getByRole('alert').getByText('The console has been updated.').waitFor();
    // Later requests that succeed do not remove the message.
    await page.getByRole('searchbox').fill('vet');
    await page.getByText(/\d found/).waitFor();
    await banner(page).getByRole('button', { name: 'Reload' }).waitFor();
  });

  test('loads a page whose program it could not load when the page is opened again', async () => {
    const page = await openFirst();
    const activity = page.getByRole('link', { name: 'Activity' });
    const away = [/\/assets\/[^/]+\.js$/, /:\d+\/$/];
    for (const address of away) await page.route(address, (route) => route.abort());
    await activity.click();
    await page.getByRole('alert').getByText('The server cannot be reached.').waitFor();
    await page.locator('.top-bar-nav').getByRole('link', { name: 'Campaigns' }).click();
    await page.getByRole('heading', { level: 1, name: 'Campaigns' }).waitFor();
    for (const address of away) await page.unroute(address);
    await activity.click();
    await page.getByRole('heading', { level: 1, name: 'Activity' }).waitFor();
  });

  describe('a page that could not be loaded while there was no network', () => {
    /** Takes the network away from a console that shows its first page, and opens another page. Returns what gives the network back. */
    const openWithoutNetwork = async (page: Page) => {
      await untilSettled(page);
      await page.route('**', (route) => route.abort());
      await page.getByRole('link', { name: 'Activity' }).click();
      await page.getByRole('heading', { level: 1, name: 'This could not be loaded' }).waitFor();
      await expect.poll(() => page.title()).toContain('This could not be loaded');
      await banner(page).waitFor();
      return () => page.unroute('**');
    };

    const activity = (page: Page) => page.getByRole('heading', { level: 1, name: 'Activity' });

    test('is loaded when the network is back', async () => {
      const page = await openFirst();
      const giveBack = await openWithoutNetwork(page);
      await giveBack();
      await activity(page).waitFor();
      await expect.poll(() => page.title()).toContain('Activity');
      await banner(page).waitFor({ state: 'detached' });
    });

    test('is not loaded before what the user has typed is saved or discarded', async () => {
      const page = await openFirst();
      let questions = 0;
      page.on('dialog', (question) => {
        questions += 1;
        void question.dismiss();
      });
      const giveBack = await openWithoutNetwork(page);
      await page.keyboard.press('Control+k');
      await page.getByRole('option', { name: 'New campaign' }).click();
      const name = page.getByRole('dialog').getByLabel('Name');
      await name.fill('Typed without a network');
      const answered = page.waitForResponse((response) => response.request().method() === 'HEAD');
      await giveBack();
      await answered;
      await page.keyboard.press('Escape');
      await page.getByRole('button', { name: 'Go on typing' }).click();
      await untilFocused(name);
      expect(await name.inputValue()).toBe('Typed without a network');
      await page.keyboard.press('Escape');
      await page.getByRole('button', { name: 'Throw away' }).click();
      await activity(page).waitFor();
      expect(questions).toBe(0);
    });
  });

  test('does not take a broken link for an update', async () => {
    const page = await openFirst();
    await renew(page, '"renewed"', 'GRAPHQL_VALIDATION_FAILED');
    await page.route('**/assets/operations-*.json', (route) => route.abort());
    await page.route(/:\d+\/$/, (route) => route.fulfill({ status: 503, body: 'away' }));
    await page.getByRole('searchbox').fill('renewed');
    await page.getByRole('alert').getByText('The server cannot be reached.').waitFor();
  });

  test('says so when it cannot load a language', async () => {
    const page = await openFirst();
    await page.route('**/assets/fr-*.json', (route) => route.fulfill({ status: 404, body: 'gone' }));
    await page.getByRole('button', { name: /^Account/ }).click();
    await page.getByRole('menuitemradio', { name: 'Français' }).click();
    await page.getByText('The console has been updated. Reload the page to go on.').waitFor();
  });

  test('says so when it cannot load a language before one signs in', async () => {
    const page = await browser.newPage();
    await page.goto(browser.server.base);
    await page.route('**/assets/fr-*.json', (route) => route.fulfill({ status: 404, body: 'gone' }));
    await page.getByLabel('Language').selectOption('Français');
    await page.getByText('The console has been updated. Reload the page to go on.').waitFor();
  });
});
