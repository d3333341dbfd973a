import type { Page } from 'playwright-core';
import { afterEach, describe, expect, test } from 'vitest';
import { accessibilityViolations } from '../support/accessibility.ts';
import { describeInBrowser } from '../support/browser.ts';
import { tokenKey } from '../support/fixture.ts';
import { expectToFitAndBeAccessible, overflow } from '../support/views.ts';
import { openWorld } from '../support/world.ts';

interface View {
  readonly colorScheme?: 'light' | 'dark';
  readonly width?: number;
  readonly javaScriptEnabled?: boolean;
}

/** A new server for this suite. The browser visits its address. */
async function openServer() {
  const { url: base, close } = await openWorld();
  return { base, close };
}

describeInBrowser('the pages of REST v2', openServer, (browser) => {
  async function open(path: string, { colorScheme = 'light', width = 1280, javaScriptEnabled = true }: View = {}) {
    const page = await browser.newPage({ colorScheme, viewport: { width, height: 900 }, javaScriptEnabled });
    const requests: string[] = [];
    page.on('request', (request) => requests.push(request.url()));
    await page.goto(browser.server.base + path);
    return { page, requests };
  }

  afterEach(() => {
    expect([...browser.violations, ...browser.failedRequests]).toEqual([]);
  });

  describe.each(['/api/v2/', '/api/v2/campaigns', '/api/v2/groups'])('%s', (path) => {
    test('is accessible and fits the screen, light and dark, narrow and wide', async () => {
      const { page } = await open(path);
      await page.evaluate("for (const example of document.querySelectorAll('details')) example.open = true");
      await expectToFitAndBeAccessible(page);
      await page.setViewportSize({ width: 3840, height: 2160 });
      expect(await overflow(page)).toBe(0);
    });

    test('works without scripts, and loads few files', async () => {
      const { page, requests } = await open(path, { javaScriptEnabled: false });
      expect(await page.locator('h1').innerText()).not.toBe('');
      const names = requests.map((url) => new URL(url).pathname.replace(/^.*\/assets\/\w+\//, ''));
      expect([...new Set(names)].toSorted()).toEqual(
        [
          path,
          'console/app/icon.svg',
          'console/app/styles/tokens.css',
          'rest/docs/assets/docs.css',
          'rest/docs/assets/frame.css',
        ].toSorted(),
      );
      expect(
        await page
          .getByRole('group', { name: /, curl$/ })
          .first()
          .isVisible(),
      ).toBe(true);
      expect(
        await page
          .getByRole('group', { name: /, Python$/ })
          .first()
          .isVisible(),
      ).toBe(true);
      expect(await page.getByRole('button').count()).toBe(0);
    });

    test('has a low bar of pages on a telephone, with room around the logo', async () => {
      const { page } = await open(path, { width: 320 });
      const bar = await page.locator('.bar').boundingBox();
      const logo = await page.locator('.home').boundingBox();
      expect(bar?.height).toBeLessThan(130);
      expect(logo?.y).toBeGreaterThanOrEqual(6);
      expect(await overflow(page)).toBe(0);
    });

    test('marks only the link to itself where the system chooses the colours', async () => {
      const { page } = await open(path);
      await page.emulateMedia({ forcedColors: 'active' });
      const marked = `[...document.querySelectorAll('.bar li a')]
        .filter((link) => getComputedStyle(link).borderBottomColor !== getComputedStyle(document.body).backgroundColor)
        .map((link) => link.getAttribute('href'))`;
      expect(await page.evaluate(marked)).toEqual([path]);
    });

    test('has a link for the keyboard that skips to the content', async () => {
      const { page } = await open(path);
      await page.keyboard.press('Tab');
      expect(await page.evaluate('document.activeElement.textContent')).toBe('Skip to the content');
      await page.keyboard.press('Enter');
      expect(await page.evaluate('document.activeElement.id')).toBe('content');
    });
  });

  test.each([
    { colorScheme: 'light', width: 1280 },
    { colorScheme: 'dark', width: 360 },
  ] as const)('a form that is refused leads to a page that says why: $colorScheme, $width px wide', async (view) => {
    const { page } = await open('/healthz', view);
    const action = `${browser.server.base}/api/v2/campaigns`;
    await page.setContent(`<form method="post" action="${action}"><button>Send</button></form>`);
    await page.getByRole('button').click();
    await page.getByText('The request was refused: Authentication credentials were not provided.').waitFor();
    expect(await page.locator('h1').innerText()).toBe('Campaigns');
    expect(await accessibilityViolations(page)).toEqual([]);
    expect(await overflow(page)).toBe(0);
    // Ignore the failed request for the page itself: the browser reports its status 403 too.
    expect(browser.failedRequests.splice(0).filter((text) => !text.includes('403'))).toEqual([]);
  });

  async function enterToken(page: Page, key: string) {
    await page.locator('#token').fill(key);
    await page.getByRole('button', { name: 'Sign in' }).click();
  }

  /** Signs in on the page with a token, as a reader does. */
  async function signIn(page: Page, key: string) {
    await enterToken(page, key);
    await page.getByText(/^editor\d?@/).waitFor();
  }

  /** Whether the tab has a token. */
  const hasToken = (page: Page) => page.evaluate<boolean>("sessionStorage.getItem('campaigns.token') !== null");

  test.each(['/api/v2/', '/api/v2/explorer/'])('%s gives a token to the other tabs only if it works', async (path) => {
    const user = `signs in at ${path}`;
    const others = await Promise.all(
      ['/', '/graphiql', '/api/v2/campaigns'].map(async (other) => {
        const tab = await browser.newPage({ user });
        await tab.goto(browser.server.base + other);
        await tab.getByRole('button', { name: 'Sign in' }).waitFor();
        // A tab forgets a wrong token again, so look at what it is given as well.
        await tab.evaluate(`new BroadcastChannel('campaigns.session').onmessage = ({ data }) => {
          if (data.kind === 'token') (window.given ??= []).push(data.token);
        }`);
        return tab;
      }),
    );
    const given = (tab: Page) => tab.evaluate<string[]>('window.given ?? []');
    const page = await browser.newPage({ user });
    const refused = page.getByText('The server does not know this token');
    // First with a link, then in the form.
    await page.goto(`${browser.server.base + path}#token=WRONG1`);
    await refused.waitFor();
    expect(page.url()).toBe(browser.server.base + path);
    await enterToken(page, 'WRONG2');
    await refused.waitFor();
    await page.waitForTimeout(500);
    for (const tab of [page, ...others]) expect(await hasToken(tab)).toBe(false);
    for (const tab of others) expect(await given(tab)).toEqual([]);
    expect(browser.failedRequests.splice(0)).toEqual([expect.stringContaining('401'), expect.stringContaining('401')]);

    await signIn(page, tokenKey('editor'));
    for (const tab of others) {
      await expect.poll(() => hasToken(tab)).toBe(true);
      await expect.poll(() => given(tab)).toEqual([tokenKey('editor')]);
    }
  });

  test('the explorer takes a key, sends a request and shows its answer', async () => {
    const { page, requests } = await open('/api/v2/explorer/');
    const list = page.locator('#listCampaigns');
    await list.locator('summary').first().click();
    const loaded = requests.length;
    await signIn(page, tokenKey('editor'));
    expect(requests.slice(loaded)).toEqual([`${browser.server.base}/graphql`]);
    await list.getByLabel('uuid').fill('089de107-5553-4c07-ab00-092b7869dae1');
    await list.getByRole('button', { name: 'Send' }).click();
    await list.getByText('"Reminders"').waitFor();
    await list.getByText(/^200 OK · \d+ ms$/).waitFor();
    await list.getByText('Headers of the answer').click();
    await list.getByText('x-temba-workspace').waitFor();
    await list.getByRole('button', { name: 'Python' }).click();
    expect(await list.getByRole('group', { name: 'Request of List campaigns, Python' }).innerText()).toContain(
      `requests.get(\n    '${browser.server.base}/api/v2/campaigns.json?uuid=089de107-5553-4c07-ab00-092b7869dae1'`,
    );
    await expectToFitAndBeAccessible(page);

    expect(requests.filter((url) => url.includes(tokenKey('editor')))).toEqual([]);
    expect(page.url()).toBe(`${browser.server.base}/api/v2/explorer/`);
    const stored = '({ local: { ...localStorage }, session: { ...sessionStorage }, cookie: document.cookie })';
    expect(await page.evaluate(stored)).toEqual({
      local: { 'campaigns.docs.language': 'python' },
      session: { 'campaigns.token': tokenKey('editor') },
      cookie: '',
    });
  });

  test('the menus of the explorer have the same look in Safari, which ignores their styles unless they say so', async () => {
    const { page } = await open('/api/v2/explorer/');
    const looks = await page.evaluate<string[]>(
      "[...document.querySelectorAll('select')].map((menu) => getComputedStyle(menu).appearance)",
    );
    expect([...new Set(looks)]).toEqual(['none']);
  });

  test('the explorer leaves nothing of a user who signs out', async () => {
    const { page } = await open('/api/v2/explorer/');
    await signIn(page, tokenKey('editor'));
    const list = page.locator('#listCampaigns');
    await list.locator('summary').first().click();
    const initial = await list.innerHTML();
    await list.getByLabel('uuid').fill('089de107-5553-4c07-ab00-092b7869dae1');
    await list.getByRole('button', { name: 'Send' }).click();
    await list.getByText('"Reminders"').waitFor();
    await page.getByRole('button', { name: 'Sign out' }).click();
    expect(await list.innerHTML()).toBe(initial);
    expect(await list.getByLabel('uuid').inputValue()).toBe('');

    // A response that arrives after signing out is not shown either.
    await signIn(page, tokenKey('editor'));
    const sent = Promise.withResolvers<void>();
    const goOn = Promise.withResolvers<void>();
    await page.route('**/api/v2/campaigns.json', async (route) => {
      sent.resolve();
      await goOn.promise;
      await route.continue().catch(() => {});
    });
    await list.getByRole('button', { name: 'Send' }).click();
    await sent.promise;
    await page.getByRole('button', { name: 'Sign out' }).click();
    goOn.resolve();
    await expect.poll(() => list.getByRole('button', { name: 'Send' }).isEnabled()).toBe(true);
    expect(await list.locator('.result').isVisible()).toBe(false);
    expect(await list.locator('[data-state]').innerText()).toBe('');
  });

  test('the explorer keeps the focus when the pressed control disappears or waits', async () => {
    const { page } = await open('/api/v2/explorer/');
    await page.locator('#token').fill(tokenKey('editor'));
    await page.keyboard.press('Enter');
    await page.getByText('editor@nyota.example, editor of Nyota Health').waitFor();
    await expect.poll(() => page.evaluate('document.activeElement.id')).toBe('session-state');
    const list = page.locator('#listCampaigns');
    await list.locator('summary').first().click();
    await list.getByRole('button', { name: 'Send' }).press('Enter');
    await list.getByText(/^200 OK/).waitFor();
    await expect.poll(() => page.evaluate('document.activeElement.textContent')).toBe('Send');
  });

  test('the explorer shows no earlier answer when the server cannot be reached', async () => {
    const { page } = await open('/api/v2/explorer/');
    const list = page.locator('#listCampaigns');
    await list.locator('summary').first().click();
    await list.getByRole('button', { name: 'Send' }).click();
    await list.getByText(/^403 Forbidden/).waitFor();
    await list.getByText('Authentication credentials were not provided.').waitFor();
    await page.context().setOffline(true);
    await list.getByRole('button', { name: 'Send' }).click();
    await list.getByText('The server cannot be reached.').waitFor();
    expect(await list.getByText('Authentication credentials were not provided.').isVisible()).toBe(false);
    await page.context().setOffline(false);
    expect(browser.failedRequests.splice(0)).toHaveLength(2);
  });

  test('the explorer shows the server’s answer to a token with the quotes of a text processor', async () => {
    const { page } = await open('/api/v2/explorer/');
    await enterToken(page, `“${tokenKey('editor')}”`);
    await page.getByText('The server does not know this token').waitFor();
    // A tab that another tab has given the token, by contrast, does not check it.
    await page.evaluate(`sessionStorage.setItem('campaigns.token', '“wrong”')`);
    await page.reload();
    const list = page.locator('#listCampaigns');
    await list.locator('summary').first().click();
    await list.getByRole('button', { name: 'Send' }).click();
    await list.getByText(/^403 Forbidden/).waitFor();
    await list.getByText('Invalid token').waitFor();
    expect(browser.failedRequests.splice(0)).toEqual([expect.stringContaining('401'), expect.stringContaining('403')]);
  });

  test('the explorer creates a campaign', async () => {
    const { page } = await open('/api/v2/explorer/');
    await signIn(page, `Token ${tokenKey('editor2')}`);
    const write = page.locator('#writeCampaign');
    await write.locator('summary').first().click();
    await write.getByLabel('Body').fill('{"name": "From the explorer", "group": "Vets"}');
    await write.getByRole('button', { name: 'Send' }).click();
    await write.getByText('"From the explorer"').first().waitFor();
  });

  test('the explorer downloads campaigns as CSV, and imports them', async () => {
    const { page } = await open('/api/v2/explorer/');
    await signIn(page, tokenKey('editor2'));
    const download = page.locator('#exportCampaigns');
    await download.locator('summary').first().click();
    await download.getByRole('button', { name: 'Send' }).click();
    await download.getByText(/^200 OK/).waitFor();
    await download.getByText('uuid,name,group,archived,created_on').waitFor();
    expect(await download.getByRole('group', { name: /, curl$/ }).innerText()).toContain("-H 'Accept: text/csv'");

    const upload = page.locator('#importCampaigns');
    await upload.locator('summary').first().click();
    expect(await upload.getByLabel('Body').inputValue()).toMatch(/^name,group\n/);
    await upload.getByLabel('Body').fill('name,group\nFrom the explorer by CSV,Vets\n');
    await upload.getByLabel('preview').selectOption('true');
    await upload.getByRole('button', { name: 'Send' }).click();
    await upload.getByText(/^200 OK/).waitFor();
    await upload.getByText('"From the explorer by CSV"').first().waitFor();
  });

  test('examples are in the language of the reader, and are copied with the reader’s token', async () => {
    const user = 'reader';
    const first = await browser.newPage({ user, permissions: ['clipboard-read', 'clipboard-write'] });
    await first.goto(`${browser.server.base}/api/v2/campaigns`);
    const shown = (page: Page) => page.locator('details pre[data-language]:visible').first();
    const copied = async (page: Page) => {
      const copy = page.locator('details .code').first().getByRole('button', { name: 'Copy' });
      await copy.waitFor();
      // It waits from before the click on, because the button says this for two seconds only.
      await Promise.all([page.getByRole('button', { name: 'Copied' }).waitFor(), copy.click()]);
      return page.evaluate<string>('navigator.clipboard.readText()');
    };
    expect(await copied(first)).toMatch(/^curl -H 'Authorization: Token YOUR_TOKEN'/);
    await first.getByRole('button', { name: 'JavaScript' }).first().click();
    expect(await copied(first)).toContain("Authorization: 'Token YOUR_TOKEN'");

    await signIn(first, tokenKey('editor'));
    expect(await shown(first).innerText()).toContain("Authorization: 'Token ••••••••'");
    expect(await copied(first)).toContain(`Authorization: 'Token ${tokenKey('editor')}'`);
    await first.getByRole('button', { name: 'Show token' }).first().click();
    expect(await shown(first).innerText()).toContain(`Authorization: 'Token ${tokenKey('editor')}'`);

    // The reader's second page has the same language and the same token. It hides the token again.
    const second = await browser.newPage({ user, permissions: ['clipboard-read', 'clipboard-write'] });
    await second.goto(`${browser.server.base}/api/v2/groups`);
    await second.getByRole('button', { name: 'Sign out' }).waitFor();
    expect(await shown(second).innerText()).toContain("Authorization: 'Token ••••••••'");
    await second.getByRole('button', { name: 'Sign out' }).click();
    expect(await shown(second).innerText()).toContain('Token YOUR_TOKEN');
    await first.getByRole('button', { name: 'Sign in' }).waitFor();
    expect(await shown(first).innerText()).toContain('Token YOUR_TOKEN');
    expect(await first.content()).not.toContain(tokenKey('editor'));
  });

  test('the pages lead to the console and the playground', async () => {
    const { page } = await open('/api/v2/');
    for (const [name, path] of [
      ['Console', '/'],
      ['Playground', '/graphiql'],
    ] as const) {
      expect(await page.getByRole('link', { name, exact: true }).getAttribute('href')).toBe(path);
    }
  });
});
