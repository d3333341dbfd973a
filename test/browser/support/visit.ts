import type { Browser, BrowserContext, BrowserContextOptions, Page, Request } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { CHROMIUM, launch } from './chromium.ts';
import { serveFixture, type Served } from './served.ts';

/** What a test does with a browser and a gateway. */
export class Visit {
  readonly #contexts: BrowserContext[] = [];
  readonly #persons = new Map<string, BrowserContext>();
  #started: { served: Served; browser: Browser } | undefined;
  /** What no page may do, whatever is tested. */
  readonly wrong: string[] = [];

  get served(): Served {
    return this.#running.served;
  }

  get #running(): { served: Served; browser: Browser } {
    if (!this.#started) throw new Error('The browser and the gateway have not been started.');
    return this.#started;
  }

  async start(serve: () => Promise<Served>): Promise<void> {
    const [served, browser] = await Promise.all([serve(), launch()]);
    this.#started = { served, browser };
  }

  async stop(): Promise<void> {
    await Promise.all(this.#contexts.map((context) => context.close()));
    await this.#running.browser.close();
    await this.#running.served.close();
  }

  /** A window of another person: nothing is shared with other windows. */
  async window(options: BrowserContextOptions = {}): Promise<Page> {
    const context = await this.#running.browser.newContext({ locale: 'en-GB', timezoneId: 'UTC', ...options });
    this.#contexts.push(context);
    context.on('page', (page) => watch(page, this.served.base, this.wrong));
    context.setDefaultTimeout(10_000);
    return context.newPage();
  }

  /** A window for pages that are not this server's. */
  async elsewhere(): Promise<Page> {
    const context = await this.#running.browser.newContext();
    this.#contexts.push(context);
    return context.newPage();
  }

  /** A window that is signed in and shows an address of the console. */
  async signedIn(key: string, path = '/', options: BrowserContextOptions = {}): Promise<Page> {
    const page = await this.#personsWindow(key, options);
    await page.goto(`${this.served.base}${path}#token=${key}`);
    await page.locator('main').waitFor();
    return page;
  }

  /** One person's windows share what the browser has fetched. */
  async #personsWindow(key: string, options: BrowserContextOptions): Promise<Page> {
    const person = JSON.stringify([key, options]);
    const known = this.#persons.get(person);
    if (known) return known.newPage();
    const page = await this.window(options);
    this.#persons.set(person, page.context());
    return page;
  }

  /** What was opened is not kept up to date any longer, so that it slows nothing down. */
  async closeWindows(): Promise<void> {
    await Promise.all(this.#contexts.flatMap((context) => context.pages().map((page) => page.close())));
  }
}

/**
 * A suite in a real browser. Whatever it does, no page may break the content security policy, throw, ask another
 * machine for anything, or put a token into an address.
 */
export function describeInBrowser(name: string, suite: (visit: Visit) => void, serve = serveFixture): void {
  const visit = new Visit();
  const title = CHROMIUM ? name : `${name} (skipped: no Chromium at /usr/bin/chromium or CHROMIUM_PATH)`;
  describe.skipIf(!CHROMIUM)(title, { timeout: 30_000 }, () => {
    beforeAll(() => visit.start(serve), 60_000);
    afterEach(() => visit.closeWindows());
    afterAll(() => visit.stop());
    suite(visit);
    test('breaks no rule of the pages on the way', () => {
      expect(visit.wrong).toEqual([]);
    });
  });
}

function watch(page: Page, base: string, wrong: string[]): void {
  page.on('pageerror', (error) => wrong.push(`thrown: ${error.message}`));
  page.on('console', (message) => {
    // Browsers report every refused or lost request; the tests that cause them look at what the page made of it.
    if (message.type() === 'error' && !message.text().startsWith('Failed to load resource')) wrong.push(message.text());
  });
  page.on('request', (request) => {
    const url = request.url();
    if (!url.startsWith(base) && !url.startsWith('data:') && !url.startsWith('blob:')) wrong.push(`asked for ${url}`);
    if (url.includes('token=')) wrong.push(`a token in the address ${url}`);
  });
}

/** Counts the GraphQL requests that a page makes from now on. */
export function countOperations(page: Page): () => number {
  let count = 0;
  page.on('request', (request: Request) => {
    if (request.method() === 'POST' && request.url().endsWith('/graphql')) count += 1;
  });
  return () => count;
}

/** What happens when a person turns to the window again. */
export function focus(page: Page): Promise<void> {
  return page.evaluate(() => {
    window.dispatchEvent(new Event('focus'));
  });
}
