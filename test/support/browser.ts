import type { Browser, BrowserContext, BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { CHROMIUM, NO_CHROMIUM, sharedChromium } from './chromium.ts';

/** A server for browser tests. */
export interface WebServer {
  /** The server's origin. */
  readonly base: string;
  close(): Promise<void>;
}

interface PageOptions extends BrowserContextOptions {
  /** Blocked unless a test is about them: requests that pass through a service worker are not seen by a test's routes. */
  serviceWorkers?: 'allow' | 'block';
  /** Pages of the same user share cookies, storage and cache. A page without a user shares nothing with other pages. */
  user?: string;
}

/**
 * A server and a browser for the tests of a suite. The server is started before these tests and stopped after them. All suites share the
 * browser, but each suite has its own browser contexts.
 */
export class TestBrowser<Server extends WebServer = WebServer> {
  /** What pages of the server did although it is forbidden: see `describeInBrowser`. */
  readonly violations: string[] = [];
  /** The browser's messages about failed requests. They are not violations, because some tests make requests fail. */
  readonly failedRequests: string[] = [];
  readonly #contexts: BrowserContext[] = [];
  readonly #users = new Map<string, Promise<BrowserContext>>();
  /** Empty tabs, one a context. They keep windows open between tests, because opening a window takes twice as long as opening a tab. */
  readonly #emptyTabs = new Map<BrowserContext, Page>();
  /** How many tests have used each context. */
  readonly #uses = new Map<BrowserContext, number>();
  #running: { server: Server; browser: Browser } | undefined;

  async start(startServer: () => Promise<Server>): Promise<void> {
    const [server, browser] = await Promise.all([startServer(), sharedChromium()]);
    this.#running = { server, browser };
  }

  async stop(): Promise<void> {
    await Promise.all(this.#contexts.map((context) => context.close()));
    await this.server.close();
  }

  get server(): Server {
    return this.#started.server;
  }

  get #started(): { server: Server; browser: Browser } {
    if (!this.#running) throw new Error('The browser and the server have not been started.');
    return this.#running;
  }

  /** An empty page to visit the server with. */
  async newPage({ user, ...options }: PageOptions = {}): Promise<Page> {
    if (user === undefined) return (await this.#newContext(options)).newPage();
    const key = JSON.stringify([user, options]);
    const context = this.#users.get(key) ?? this.#newContext(options);
    this.#users.set(key, context);
    return (await context).newPage();
  }

  /** An empty page to visit another server with, or to fail in. It is not watched for violations. */
  async newForeignPage(options: BrowserContextOptions = {}): Promise<Page> {
    const context = await this.#started.browser.newContext(options);
    this.#contexts.push(context);
    return context.newPage();
  }

  async closePages(): Promise<void> {
    await Promise.all(this.#contexts.map((context) => this.#closePagesOf(context)));
  }

  async #closePagesOf(context: BrowserContext): Promise<void> {
    const pages = context.pages().filter((page) => page !== this.#emptyTabs.get(context));
    if (pages.length === 0) return;
    const uses = (this.#uses.get(context) ?? 0) + 1;
    this.#uses.set(context, uses);
    // A context that two tests have used will probably be used again, so its window stays open.
    if (uses === 2) this.#emptyTabs.set(context, await context.newPage());
    await Promise.all(pages.map((page) => page.close()));
  }

  async #newContext(options: BrowserContextOptions): Promise<BrowserContext> {
    const context = await this.#started.browser.newContext({
      locale: 'en-GB',
      timezoneId: 'UTC',
      serviceWorkers: 'block',
      ...options,
    });
    context.on('page', (page) => this.#watch(page));
    this.#contexts.push(context);
    return context;
  }

  #watch(page: Page): void {
    const { base } = this.server;
    page.on('pageerror', (error) => this.violations.push(`error: ${error.message}`));
    page.on('console', (message) => {
      const text = message.text();
      if (text === 'Service Worker registration blocked by Playwright') return;
      if (text.startsWith('Failed to load resource')) this.failedRequests.push(`${text} ${message.location().url}`);
      else if (message.type() === 'error' || message.type() === 'warning') this.violations.push(text);
    });
    page.on('request', (request) => {
      const url = request.url();
      const isOwn = [`${base}/`, 'data:', 'blob:'].some((start) => url.startsWith(start));
      if (!isOwn) this.violations.push(`request to ${url}`);
      if (url.includes('token=')) this.violations.push(`token in the address ${url}`);
    });
  }
}

/**
 * A suite of tests in a browser. It is skipped if there is no Chromium.
 *
 * The last test of the suite fails if any page has broken its content security policy, thrown an error, written a
 * warning to the console, sent a request to another server, or put a token into an address.
 */
export function describeInBrowser<Server extends WebServer>(
  name: string,
  startServer: () => Promise<Server>,
  suite: (browser: TestBrowser<Server>) => void,
): void {
  const browser = new TestBrowser<Server>();
  const title = CHROMIUM ? name : `${name} (skipped: ${NO_CHROMIUM})`;
  describe.skipIf(!CHROMIUM)(title, () => {
    beforeAll(() => browser.start(startServer));
    // An open page would continue to send requests and would slow down the next tests.
    afterEach(() => browser.closePages());
    afterAll(() => browser.stop());
    suite(browser);
    test('no page does what pages must not do', () => {
      expect(browser.violations).toEqual([]);
    });
  });
}
