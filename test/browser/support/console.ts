import type { BrowserContextOptions, Locator, Page, Request } from 'playwright-core';
import { expect } from 'vitest';
import type { TestBrowser } from '../../support/browser.ts';

/** Signs in to the console with a token's key and opens one of its pages. Pages of one key share a browser session. */
export async function openConsole(
  browser: TestBrowser,
  key: string,
  path = '/',
  options: BrowserContextOptions = {},
): Promise<Page> {
  const page = await browser.newPage({ user: key, ...options });
  await page.goto(`${browser.server.base}${path}#token=${key}`);
  await page.locator('#app main').waitFor();
  return page;
}

/**
 * Like `openConsole`, but no stream reaches the page, as behind some proxies. The page therefore asks for changes every ten
 * seconds. It has just received an answer, so it learns of no change for some seconds.
 */
export async function openWithoutStreams(
  browser: TestBrowser,
  key: string,
  path = '/',
  options: BrowserContextOptions = {},
): Promise<Page> {
  const page = await browser.newPage({ user: key, ...options });
  await holdStreams(page);
  const answered = page.waitForResponse((response) => response.url().includes('/graphql?'));
  await page.goto(`${browser.server.base}${path}#token=${key}`);
  await page.locator('#app main').waitFor();
  await answered;
  return page;
}

/** Blocks all streams to a page, with status 406. */
export function holdStreams(page: Page): Promise<unknown> {
  return page.route('**/graphql', (route) =>
    route.request().headers()['accept'] === 'text/event-stream'
      ? route.fulfill({ status: 406, json: { errors: [{ message: 'no streams' }] } })
      : route.fallback(),
  );
}

/** Holds back the GraphQL requests whose body has a text, or that fit, until the returned function is called. */
export async function hold(page: Page, fits: string | ((request: Request) => boolean)): Promise<() => void> {
  const released = Promise.withResolvers<void>();
  await page.route('**/graphql*', async (route) => {
    const request = route.request();
    if (typeof fits === 'string' ? request.postData()?.includes(fits) : fits(request)) await released.promise;
    // The page may have given the request up meanwhile.
    await route.fallback().catch(() => {});
  });
  return () => released.resolve();
}

/** Counts the GraphQL requests that a page sends from now on. */
export function countOperations(page: Page): () => number {
  let count = 0;
  page.on('request', (request) => {
    if (request.method() === 'POST' && request.url().endsWith('/graphql')) count += 1;
  });
  return () => count;
}

/** Waits until the page has sent no request and received no answer for half a second, and the browser is idle. */
export async function untilSettled(page: Page): Promise<void> {
  let last = performance.now();
  const onTraffic = () => (last = performance.now());
  page.on('request', onTraffic);
  page.on('response', onTraffic);
  while (performance.now() - last < 500) {
    await page.waitForTimeout(50);
    // On a busy machine a page may need more than half a second for the data that it has received, and send another request afterwards.
    // Chromium does not always run an idle callback in a page that draws nothing, so the timeout runs it after 1 s at the latest.
    await page.evaluate(() => new Promise((resolve) => void requestIdleCallback(resolve, { timeout: 1_000 })));
  }
  page.off('request', onTraffic);
  page.off('response', onTraffic);
}

/** Sends the page a focus event, as if the user had come back to its window. */
export function focusWindow(page: Page): Promise<void> {
  return page.evaluate(() => {
    window.dispatchEvent(new Event('focus'));
  });
}

/** Opens the account menu, and waits until it receives the keys pressed next. */
export async function openAccountMenu(page: Page): Promise<void> {
  // It is found without its name, which is in the language of the page.
  await page.locator('#app .top-bar [aria-haspopup=menu]').click();
  await untilFocused(page.getByRole('menu'));
}

/** Waits until the focus is within an element, such as a dialog that opens, so that the element receives the keys pressed next. */
export async function untilFocused(element: Locator): Promise<void> {
  await expect.poll(() => element.evaluate((one) => one.contains(document.activeElement))).toBe(true);
}
