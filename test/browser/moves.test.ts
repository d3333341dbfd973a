import { setTimeout as sleep } from 'node:timers/promises';
import { buffer } from 'node:stream/consumers';
import { expect, test } from 'vitest';
import { describeInBrowser } from '../support/browser.ts';
import { tokenKey } from '../support/fixture.ts';
import { hold, untilSettled } from './support/console.ts';
import { movesOf, watchMoves } from './support/moves.ts';
import { passOn, standBefore } from './support/proxy.ts';
import { createCampaigns } from './support/selection.ts';
import { serveFixture } from './support/server.ts';

const WIDTHS = [320, 1_280];

describeInBrowser('what is shown of the console', serveFixture, (browser) => {
  test.each(['aria-hidden="true">', '</svg>', 'data-text="campaigns.title">', '</header>'])(
    'stays in its place while the page comes, the rest of it after %s',
    async (end) => {
      const base = await serveInTwoPieces(browser.server.base, end);
      for (const width of WIDTHS) {
        const page = await browser.newForeignPage();
        await page.setViewportSize({ width, height: 700 });
        await watchMoves(page);
        await page.goto(`${base}/#token=${tokenKey('viewer')}`);
        await page.locator('[data-index]').first().waitFor();
        expect(await movesOf(page)).toEqual([]);
      }
    },
  );

  test.each([390, 700])(
    'stays in its place when the newest rows take the place of kept ones, %i pixels wide',
    async (width) => {
      const page = await browser.newPage({ viewport: { width, height: 700 } });
      await page.goto(`${browser.server.base}/#token=${tokenKey('admin')}`);
      const place = () => page.locator('.filters').evaluate((filters) => filters.getBoundingClientRect().top);
      await page.getByText('Up to date', { exact: true }).waitFor();
      const fresh = await place();
      let send = () => {};
      const held = new Promise<void>((resolve) => (send = resolve));
      await page.route('**/graphql*', async (route) => {
        await held;
        await route.fallback();
      });
      await page.reload();
      await page.getByText('This list was kept').waitFor();
      await page.locator('.freshness').getByText('Up to date').waitFor({ state: 'attached' });
      // Nobody knows it yet.
      expect(await page.locator('.freshness').isVisible()).toBe(false);
      expect(await place()).toBe(fresh);
      send();
      await page.locator('.freshness').getByText('Up to date').waitFor();
      expect(await place()).toBe(fresh);
    },
  );

  test.each([
    [390, '/graphiql', '#tabs [role=tab]', '.panes'],
    [390, '/api/v2/', '#sign-in', '.columns'],
    [700, '/api/v2/', '#sign-in', '.columns'],
  ])('stays in its place when the script comes, %i pixels wide, at %s', async (width, path, part, below) => {
    const page = await browser.newPage({ viewport: { width, height: 700 } });
    let send = () => {};
    const held = new Promise<void>((resolve) => (send = resolve));
    await page.route('**/*.js', async (route) => {
      await held;
      await route.fallback();
    });
    await page.goto(browser.server.base + path, { waitUntil: 'commit' });
    const offset = () =>
      page.locator(below).evaluate((element) => {
        const top = element.previousElementSibling?.getBoundingClientRect().top ?? 0;
        return element.getBoundingClientRect().top - top;
      });
    await page.locator(below).waitFor();
    await page.waitForFunction(() =>
      [...document.querySelectorAll<HTMLLinkElement>('link[rel=stylesheet]')].every(({ sheet }) => sheet),
    );
    const before = await offset();
    send();
    await page.locator(part).first().waitFor();
    expect(await offset()).toBe(before);
  });

  test('stays in its place at the end of a list when the line above the rows goes', async () => {
    // More than the first page of the list has, and fewer than the first two.
    await createCampaigns(browser.server.base, ...Array.from({ length: 80 }, (_, index) => `Line ${index}`));
    const page = await browser.newPage({ viewport: { width: 1_280, height: 700 } });
    const release = await hold(page, '"before":"');
    await page.goto(`${browser.server.base}/?q=line&at=end#token=${tokenKey('admin')}`);
    await page.locator('[data-index="49"]').waitFor();
    const line = page.locator('.state-line').first();
    await expect.poll(() => line.innerText()).toBe('Loading more…');
    await untilSettled(page);
    // The end is held only until the user does something.
    await page.keyboard.press('Shift');
    const name = await page.locator('[data-index="49"] a').first().innerText();
    const place = async () => (await page.getByRole('link', { name, exact: true }).boundingBox())?.y;
    const before = await place();
    release();
    await expect.poll(() => page.locator('.state-line').count()).toBe(1);
    await untilSettled(page);
    expect(await place()).toBe(before);
  });

  test('stays where the user has scrolled to a button when the list below it comes', async () => {
    const page = await browser.newPage({ viewport: { width: 320, height: 256 } });
    const release = await hold(page, '"first":50');
    await page.goto(`${browser.server.base}/people/tokens#token=${tokenKey('admin')}`);
    const button = page.getByRole('button', { name: 'New token' });
    await button.scrollIntoViewIfNeeded();
    const before = await button.boundingBox();
    release();
    await page.getByRole('table').waitFor();
    await untilSettled(page);
    expect(await button.boundingBox()).toEqual(before);
  });

  test('begins at its top, also when the page before it was scrolled', async () => {
    const page = await browser.newPage({ viewport: { width: 320, height: 256 } });
    await page.goto(`${browser.server.base}/groups#token=${tokenKey('admin')}`);
    await page.getByRole('table').waitFor();
    const open = async (name: string) => {
      await page.evaluate(() => window.scrollTo(0, 60));
      await page.getByRole('navigation').getByRole('link', { name }).press('Enter');
      await page.getByRole('table', { name }).waitFor();
      expect(await page.evaluate(() => window.scrollY)).toBe(0);
    };
    // The lists are loaded when they are opened for the first time, and known when they are opened again.
    for (const name of ['Campaigns', 'Groups', 'Campaigns']) await open(name);
  });

  // Portuguese, because its member count and the button beside it are too long for a narrow screen.
  test.each(WIDTHS)('stays in its place when the members come, %i pixels wide', async (width) => {
    const page = await browser.newPage({ locale: 'pt', viewport: { width, height: 700 } });
    await watchMoves(page);
    await page.route('**/graphql', async (route) => {
      await sleep(300);
      await route.continue();
    });
    await page.goto(`${browser.server.base}/people#token=${tokenKey('admin')}`);
    await page.locator('.page-count [role=status]').waitFor();
    await untilSettled(page);
    expect(await movesOf(page)).toEqual([]);
  });
});

/**
 * Starts a proxy that sends each HTML page in two pieces: up to and including `end`, and the rest 300 ms later. Returns the proxy's origin.
 */
function serveInTwoPieces(base: string, end: string): Promise<string> {
  return standBefore(base, async (incoming, outgoing, pass) => {
    const answered = await pass(incoming);
    if (!answered.headers['content-type']?.includes('html')) return passOn(answered, outgoing);
    outgoing.writeHead(answered.statusCode ?? 502, answered.headers);
    const page = await buffer(answered);
    const place = page.indexOf(end, page.indexOf('<body')) + end.length;
    outgoing.write(page.subarray(0, place));
    await sleep(300);
    outgoing.end(page.subarray(place));
  });
}
