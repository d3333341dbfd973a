import { afterEach, describe, expect, test } from 'vitest';
import { accessibilityViolations } from '../support/accessibility.ts';
import { describeInBrowser } from '../support/browser.ts';
import { tokenKey } from '../support/fixture.ts';
import { openWorld } from '../support/world.ts';

interface View {
  readonly colorScheme?: 'light' | 'dark';
  readonly width?: number;
  readonly javaScriptEnabled?: boolean;
}

const SCROLLS_SIDEWAYS = 'document.documentElement.scrollWidth > innerWidth';

/** The server of this suite, as a browser visits it. */
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
    test.each([
      { colorScheme: 'light', width: 1280 },
      { colorScheme: 'dark', width: 360 },
      { colorScheme: 'light', width: 3840 },
    ] as const)('is accessible and fits the screen: $colorScheme, $width px wide', async (view) => {
      const { page } = await open(path, view);
      await page.evaluate("for (const example of document.querySelectorAll('details')) example.open = true");
      expect(await accessibilityViolations(page)).toEqual([]);
      expect(await page.evaluate(SCROLLS_SIDEWAYS)).toBe(false);
    });

    test('works without scripts, and loads few files', async () => {
      const { page, requests } = await open(path, { javaScriptEnabled: false });
      expect(await page.locator('h1').innerText()).not.toBe('');
      expect(requests.map((url) => new URL(url).pathname).toSorted()).toEqual(
        [path, '/api/v2/assets/docs.css', '/api/v2/assets/frame.css', '/api/v2/assets/icon.svg'].toSorted(),
      );
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
    expect(await page.evaluate(SCROLLS_SIDEWAYS)).toBe(false);
    // The browser reports the status of the page itself.
    expect(browser.failedRequests.splice(0).filter((text) => !text.includes('403'))).toEqual([]);
  });

  test.each([
    { colorScheme: 'light', width: 1280 },
    { colorScheme: 'dark', width: 360 },
  ] as const)(
    'the explorer takes a key, sends a request and shows its response: $colorScheme, $width px wide',
    async (view) => {
      const { page, requests } = await open('/api/v2/explorer/', view);
      await page.locator('.opblock').first().waitFor();
      expect(await accessibilityViolations(page)).toEqual([]);

      await page.getByRole('button', { name: 'Authorize' }).click();
      const dialog = page.getByRole('dialog');
      await dialog.locator('input').first().fill(tokenKey('editor'));
      expect(await accessibilityViolations(page)).toEqual([]);
      await dialog.getByRole('button', { name: 'Authorize', exact: true }).first().click();
      await dialog.getByRole('button', { name: 'Close', exact: true }).first().click();

      const list = page.locator('#operations-campaigns-listCampaigns');
      await list.locator('.opblock-summary-control').click();
      await list.locator('tr[data-param-name=uuid] input').fill('089de107-5553-4c07-ab00-092b7869dae1');
      await list.getByRole('button', { name: 'Execute' }).click();
      const response = list.locator('.live-responses-table');
      await response.getByText('"Reminders"').waitFor();
      expect(await response.locator('.response-col_status').last().innerText()).toContain('200');
      expect(await accessibilityViolations(page)).toEqual([]);

      expect(requests.filter((url) => url.includes(tokenKey('editor')))).toEqual([]);
      expect(page.url()).toBe(`${browser.server.base}/api/v2/explorer/`);
      const stored = 'JSON.stringify([{ ...localStorage }, { ...sessionStorage }, document.cookie])';
      expect(await page.evaluate(stored)).toBe('[{},{},""]');
      expect(await page.evaluate(SCROLLS_SIDEWAYS)).toBe(false);
    },
  );

  test('the explorer creates a campaign', async () => {
    const { page } = await open('/api/v2/explorer/');
    await page.getByRole('button', { name: 'Authorize' }).click();
    const dialog = page.getByRole('dialog');
    await dialog
      .locator('input')
      .first()
      .fill(`Token ${tokenKey('editor2')}`);
    await dialog.getByRole('button', { name: 'Authorize', exact: true }).first().click();
    await dialog.getByRole('button', { name: 'Close', exact: true }).first().click();
    const write = page.locator('#operations-campaigns-writeCampaign');
    await write.locator('.opblock-summary-control').click();
    await write.locator('textarea').fill('{"name": "From the explorer", "group": "Vets"}');
    await write.getByRole('button', { name: 'Execute' }).click();
    await write.locator('.live-responses-table').getByText('"From the explorer"').waitFor();
  });
});
