import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import express from 'express';
import type { Page } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import { consoleRoutes } from '../../src/console/routes.ts';
import { accessibilityViolations } from '../support/accessibility.ts';
import { afterwards } from '../support/afterwards.ts';
import { describeInBrowser } from '../support/browser.ts';
import { tokenKey } from '../support/fixture.ts';
import { temporaryFolder } from '../support/folder.ts';
import { expectToFitAndBeAccessible } from '../support/views.ts';
import { openConsole, untilSettled } from './support/console.ts';
import { messagesIn } from './support/messages.ts';
import { passOn, standBefore } from './support/proxy.ts';
import { serveFixture } from './support/server.ts';

/** Records the bodies of the operations that a page sends, without the streams. */
function operationsOf(page: Page): string[] {
  const sent: string[] = [];
  page.on('request', (request) => {
    if (request.url().endsWith('/graphql') && request.headers()['accept'] !== 'text/event-stream') {
      sent.push(request.postData() ?? '');
    }
  });
  return sent;
}

/** The data that the page keeps for its next start; null if there is none. */
const kept = async (page: Page) =>
  JSON.parse((await page.evaluate(() => sessionStorage.getItem('campaigns.kept'))) ?? 'null') as {
    readonly list?: { readonly list: { readonly rows: readonly object[] } };
  } | null;

describeInBrowser('the start of the console', serveFixture, (browser) => {
  test.each(['/', '/?q=r%C3%A9&order=name', '/groups'])('the first rows of %s are asked for once', async (path) => {
    const page = await browser.newPage();
    const sent = operationsOf(page);
    const asked = page.waitForRequest(/\/graphql$/);
    // Hold the program back until the rows are requested: the page requests them before the program has loaded.
    await page.route(/\/assets\/index-.*\.js$/, async (route) => {
      await asked;
      await route.continue();
    });
    await page.goto(`${browser.server.base}${path}#token=${tokenKey('viewer')}`, { waitUntil: 'commit' });
    await page.locator('[data-index]').first().waitFor();
    await page.locator('.freshness').waitFor();
    expect(sent.filter((body) => body.includes('"first":50'))).toHaveLength(1);
    // No operation is sent twice.
    expect(sent).toEqual([...new Set(sent)]);
  });

  // Each file costs a round trip, and the headers of a small file are as long as its content.
  test('loads these files and no other: nothing of a live account, where there is none', async () => {
    const page = await browser.newPage();
    const files: string[] = [];
    page.on('request', (request) => {
      const [, name, kind] = /\/assets\/(.+)-[\w-]{8}\.(\w+)$/.exec(request.url()) ?? [];
      if (name) files.push(`${name}.${kind}`);
    });
    await page.goto(`${browser.server.base}/#token=${tokenKey('admin')}`);
    await page.locator('[data-index]').first().waitFor();
    await untilSettled(page);
    const loaded = () => files.toSorted();
    await expect.poll(loaded).toEqual([
      // Each file that is named after one part of the console, such as find.js, has one line: it imports the part from later.js.
      'campaign-jump.js',
      'campaign-selection.css',
      'campaign-selection.js',
      'dialogs.js',
      'dialogs.js',
      'en.json',
      'find.js',
      'group-picker.js',
      'index.js',
      'later.css',
      'later.js',
      'later.js',
      'rolldown-runtime.js',
      'row-menu-popover.js',
      'selection-en.json',
    ]);
  });
});

describeInBrowser('the frame of the console', serveFixture, (browser) => {
  test.each([
    ['en-GB', 'en', 'ltr', 'en'],
    ['ar-EG', 'ar', 'rtl', 'ar'],
    ['pt-MZ', 'pt', 'ltr', 'pt'],
    ['so-SO', 'en', 'ltr', 'en'],
  ] as const)('for %s has the language of the page before any script', async (locale, lang, dir, language) => {
    const page = await browser.newPage({ locale, javaScriptEnabled: false });
    await page.goto(`${browser.server.base}/groups`);
    const t = messagesIn(language, locale);
    expect(await page.locator('html').getAttribute('lang')).toBe(lang);
    expect(await page.locator('html').getAttribute('dir')).toBe(dir);
    const links = page.getByRole('navigation', { name: t('page.all') }).getByRole('link');
    expect(await links.allInnerTexts()).toEqual([t('campaigns.title'), t('groups.title'), t('page.activity')]);
  });

  test('follows the language that the user has chosen, and says when the program does not come', async () => {
    const page = await browser.newPage();
    await page.goto(browser.server.base);
    await page.getByLabel('Language').selectOption('العربية');
    const arabic = messagesIn('ar', 'ar');
    await page.getByRole('button', { name: arabic('signIn.title') }).waitFor();
    await page.route(/\/assets\/index-.*\.js$/, (route) => route.abort());
    await page.reload();
    await page.getByRole('link', { name: arabic('action.tryAgain') }).waitFor();
    await expect.poll(() => page.locator('html').getAttribute('dir')).toBe('rtl');
    await expect.poll(() => page.locator('#frame h1').innerText()).toContain(arabic('error.unreachable'));
  });

  test.each(['en-GB', 'ar-EG'])('fits and is accessible in %s', async (locale) => {
    const page = await browser.newPage({ locale });
    await page.addInitScript((key) => sessionStorage.setItem('campaigns.token', key), tokenKey('viewer'));
    await page.route(/\/assets\/index-.*\.js$/, () => {});
    await page.goto(browser.server.base, { waitUntil: 'commit' });
    await page.locator('#frame .frame-rows').waitFor();
    await expectToFitAndBeAccessible(page);
  });
});

describeInBrowser('without a link', serveFixture, (browser) => {
  /** Waits until the service worker has stored the console. */
  const waitUntilKept = async (page: Page) => {
    await expect.poll(() => page.evaluate(async () => (await caches.match('/')) !== undefined)).toBe(true);
  };

  test('the last list is shown and marked, and is fetched when the link is back', async () => {
    const page = await openConsole(browser, tokenKey('editor'), '/?archived=only', { serviceWorkers: 'allow' });
    await page.locator('[data-index]').first().waitFor();
    await waitUntilKept(page);
    const firstNames = async () => (await page.locator('.campaign-name').allInnerTexts()).slice(0, 10);
    const names = await firstNames();
    await browser.server.pause();
    await page.reload();
    await page.getByText('This list was kept just now. The server cannot be reached.').waitFor();
    await page.getByText(/^Last up to date (just now|\d+ seconds? ago)$/).waitFor();
    await expect.poll(() => firstNames()).toEqual(names);
    expect(await page.locator('.page-count').innerText()).not.toMatch(/\d+ found/);
    expect(await accessibilityViolations(page)).toEqual([]);
    await browser.server.resume();
    await page.getByText(/\d+ found/).waitFor();
    await page.locator('.server-banner p').waitFor({ state: 'detached' });
  });

  test('nothing of it is kept after signing out, nor for another token', async () => {
    const page = await openConsole(browser, tokenKey('admin'), '/', { serviceWorkers: 'allow' });
    await page.locator('[data-index]').first().waitFor();
    await expect.poll(() => kept(page)).toMatchObject({ token: tokenKey('admin'), list: { key: ['campaigns', {}] } });
    // The page keeps fifty rows of the list, however many it has loaded.
    await expect
      .poll(async () => {
        await page.evaluate(() => window.scrollTo(0, 10_000));
        return page.locator('[data-index="200"]').count();
      })
      .toBe(1);
    await expect.poll(async () => (await kept(page))?.list?.list.rows.length).toBe(50);
    await page.evaluate((key) => sessionStorage.setItem('campaigns.token', key), tokenKey('viewer'));
    await page.reload();
    await page.locator('[data-index]').first().waitFor();
    await expect.poll(() => kept(page)).toMatchObject({ token: tokenKey('viewer') });
    await page.getByRole('button', { name: /^Account/ }).click();
    await page.getByRole('menuitem', { name: 'Sign out' }).click();
    await page.getByText('You are signed out.').waitFor();
    await expect.poll(() => kept(page)).toBeNull();
    const urls = await page.evaluate(async () => {
      const opened = await Promise.all((await caches.keys()).map((name) => caches.open(name)));
      const kept = await Promise.all(opened.map((cache) => cache.keys()));
      return kept.flat().map(({ url }) => new URL(url).pathname);
    });
    expect(urls).toContain('/');
    expect(urls.filter((path) => path !== '/' && !path.startsWith('/assets/'))).toEqual([]);
  });

  describe('the page that was kept', () => {
    /** Opens the console through a proxy, and waits until the service worker has stored its page. */
    const openBehind = async (proxy: Awaited<ReturnType<typeof newerServer>>) => {
      const page = await browser.newForeignPage();
      await page.goto(`${proxy.base}/#token=${tokenKey('viewer')}`);
      await page.locator('[data-index]').first().waitFor();
      await waitUntilKept(page);
      return page;
    };

    test('is that of one build: its cache is named after the program', async () => {
      const page = await openBehind(await newerServer(browser.server.base));
      const [name] = await page.evaluate(() => caches.keys());
      expect(name).toMatch(/^console \/assets\/index-/);
    });

    test('is never shown in the place of what a server answers', async () => {
      const proxy = await newerServer(browser.server.base);
      const page = await openBehind(proxy);
      proxy.answerPages(200, '<p>the newer console');
      await page.goto(`${proxy.base}/groups`);
      expect(await page.locator('body').innerText()).toContain('the newer console');
    });

    test('is not shown in the place of a server’s answer that its console is not built', async () => {
      const proxy = await newerServer(browser.server.base);
      const page = await openBehind(proxy);
      const notBuilt = await serveWithoutConsole();
      const { status, headers } = await fetch(notBuilt);
      proxy.answerPages(status, await (await fetch(notBuilt)).text(), Object.fromEntries(headers));
      await page.goto(`${proxy.base}/groups`);
      expect(await page.locator('body').innerText()).toContain('The console is not built');
    });

    test.each([502, 503, 504])(
      'is shown in the place of a proxy’s answer that no server is there: %d',
      async (status) => {
        const proxy = await newerServer(browser.server.base);
        const page = await openBehind(proxy);
        proxy.answerAll(status);
        await page.goto(`${proxy.base}/groups`);
        await page.locator('.top-bar').first().waitFor();
      },
    );

    test('stays until all files of a newer one are kept', async () => {
      const proxy = await newerServer(browser.server.base);
      const page = await openBehind(proxy);
      // Simulates that the link breaks while the service worker stores a newer console: one of its files is missing.
      proxy.answerPages(200, '<script type="module" src="/assets/newer.js">');
      const asked = page.context().waitForEvent('response', (response) => response.url().endsWith('/assets/newer.js'));
      await page.evaluate(async () => {
        const { active } = await navigator.serviceWorker.ready;
        // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a service worker has one origin only
        active?.postMessage({ program: '/assets/newer.js', files: ['/assets/newer.js'] });
      });
      expect((await asked).status()).toBe(404);
      proxy.answerAll(502);
      await page.goto(`${proxy.base}/groups`);
      await page.locator('.top-bar').first().waitFor();
    });
  });
});

/** Starts a server whose console is not built. Returns its origin. */
async function serveWithoutConsole(): Promise<string> {
  const server = express().use(consoleRoutes(temporaryFolder())).listen(0, '127.0.0.1');
  await once(server, 'listening');
  afterwards(() => server.close());
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

type Answer = readonly [status: number, body?: string, headers?: Record<string, string>];

/** Starts a proxy before the server. `answerPages` and `answerAll` make it answer pages, or all requests, by itself. */
async function newerServer(browsed: string) {
  let pages: Answer | undefined;
  let all: Answer | undefined;
  const base = await standBefore(browsed, async (incoming, outgoing, pass) => {
    const isPage = incoming.url === '/' || incoming.headers.accept?.includes('html');
    const answer = all ?? (isPage ? pages : undefined);
    if (!answer) return passOn(await pass(incoming), outgoing);
    const [status, body, headers] = answer;
    return outgoing.writeHead(status, { 'content-type': 'text/html', ...headers }).end(body);
  });
  return {
    base,
    answerPages: (...answer: Answer) => (pages = answer),
    answerAll: (...answer: Answer) => (all = answer),
  };
}
