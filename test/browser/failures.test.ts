import { expect, test } from 'vitest';
import type { Page } from 'playwright-core';
import { describeInBrowser } from '../support/browser.ts';
import { tokenKey } from '../support/fixture.ts';
import { expectToFitAndBeAccessible } from '../support/views.ts';
import { messagesIn } from './support/messages.ts';
import { serveFixture } from './support/server.ts';

/** What a browser does that may keep no data. */
function refuseStorage(): void {
  for (const name of ['localStorage', 'sessionStorage']) {
    Object.defineProperty(window, name, {
      get() {
        throw new DOMException('The user has refused it.', 'SecurityError');
      },
    });
  }
}

/** Answers with another program than the console's. */
const serveProgram = (page: Page, body: string) =>
  page.route(/\/assets\/index-.*\.js$/, (route) => route.fulfill({ contentType: 'text/javascript', body }));

// These pages are not watched for errors.
describeInBrowser('a program that fails', serveFixture, (browser) => {
  const saysSo = async (page: Page) => {
    await page.getByText('The console does not work at present.').waitFor();
    await page.getByRole('link', { name: 'Try again' }).waitFor();
    expect(await page.getByText('Loading…').count()).toBe(0);
    await expectToFitAndBeAccessible(page);
  };

  test('says what to do when the browser refuses to keep data, in the language of the user', async () => {
    const page = await browser.newForeignPage({ locale: 'ar-EG' });
    await page.addInitScript(refuseStorage);
    await page.goto(browser.server.base);
    await page.getByText(messagesIn('ar', 'ar-EG')('error.notRunning')).waitFor();
    expect(await page.locator('html').getAttribute('dir')).toBe('rtl');
    await expectToFitAndBeAccessible(page);
  });

  test.each(['/graphiql', '/api/v2/explorer/'])('says so in %s, too', async (path) => {
    const page = await browser.newForeignPage();
    await page.addInitScript(refuseStorage);
    await page.goto(browser.server.base + path);
    await page.getByText('the browser keeps no data for this page').waitFor();
    await expectToFitAndBeAccessible(page);
  });

  test.each([
    ['that the browser cannot read', 'let = =;'],
    ['that throws at once', 'throw new Error("at once");'],
    ['that throws later', 'await undefined; throw new Error("later");'],
  ])('says what to do with a program %s', async (_title, program) => {
    const page = await browser.newForeignPage();
    await serveProgram(page, program);
    await page.goto(browser.server.base);
    await saysSo(page);
    await page.unrouteAll();
    await page.getByRole('link', { name: 'Try again' }).click();
    await page.getByLabel('API token').waitFor();
  });

  test('says what to do instead of showing an empty page when a page cannot be drawn', async () => {
    const page = await browser.newForeignPage();
    await page.goto(`${browser.server.base}#token=${tokenKey('admin')}`);
    await page.locator('[data-index="0"]').waitFor();
    await page.route('**/graphql', async (route) => {
      if (route.request().headers()['accept'] === 'text/event-stream') return route.fallback();
      const response = await route.fetch();
      return route.fulfill({ response, body: (await response.text()).replaceAll(/"name":"[^"]*"/g, '"name":null') });
    });
    await page.getByRole('link', { name: 'Groups' }).click();
    await saysSo(page);
  });
});
