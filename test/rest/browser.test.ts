import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { findings, launch, missing, open } from './support/browser.ts';
import { tokenKey } from '../support/fixture.ts';
import type { World } from '../support/world.ts';
import { openWorld } from '../support/world.ts';

if (missing) console.warn(`The pages were not tested in a browser: ${missing}.`);

describe.skipIf(missing)('in a browser', { timeout: 60_000 }, () => {
  let world: World;
  let browser: Browser;
  beforeAll(async () => {
    [world, browser] = await Promise.all([openWorld(), launch()]);
  }, 60_000);
  afterAll(() => browser.close());

  describe.each(['/api/v2/', '/api/v2/campaigns', '/api/v2/groups'])('%s', (path) => {
    test.each([
      { colorScheme: 'light', width: 1280 },
      { colorScheme: 'dark', width: 360 },
      { colorScheme: 'light', width: 3840 },
    ] as const)('$colorScheme, $width px wide: all is well, and nothing sticks out', async (view) => {
      const { page, trouble } = await open(browser, world.url + path, view);
      await page.evaluate("for (const example of document.querySelectorAll('details')) example.open = true");
      expect(await findings(page)).toEqual([]);
      expect(await page.evaluate('document.documentElement.scrollWidth - innerWidth')).toBeLessThanOrEqual(0);
      expect(trouble).toEqual([]);
      await page.context().close();
    });

    test('is whole without scripts, and light', async () => {
      const { page, asked } = await open(browser, world.url + path, { javaScriptEnabled: false });
      expect(await page.locator('h1').innerText()).not.toBe('');
      expect(asked.map((url) => new URL(url).pathname).toSorted()).toEqual(
        [path, '/api/v2/assets/docs.css', '/api/v2/assets/frame.css', '/api/v2/assets/icon.svg'].toSorted(),
      );
      await page.context().close();
    });

    test('is read by keyboard: first to the content, then on', async () => {
      const { page } = await open(browser, world.url + path);
      await page.keyboard.press('Tab');
      expect(await page.evaluate('document.activeElement.textContent')).toBe('Skip to the content');
      await page.keyboard.press('Enter');
      expect(await page.evaluate('document.activeElement.id')).toBe('content');
      await page.context().close();
    });
  });

  test.each([
    { colorScheme: 'light', width: 1280 },
    { colorScheme: 'dark', width: 360 },
  ] as const)(
    'the explorer, $colorScheme, $width px: a bare key is entered, a request sent, its answer read',
    async (view) => {
      const { page, trouble, asked } = await open(browser, `${world.url}/api/v2/explorer/`, view);
      await page.locator('.opblock').first().waitFor();
      expect(await findings(page)).toEqual([]);

      await page.getByRole('button', { name: 'Authorize' }).click();
      const dialog = page.getByRole('dialog');
      await dialog.locator('input').first().fill(tokenKey('editor'));
      expect(await findings(page)).toEqual([]);
      await dialog.getByRole('button', { name: 'Authorize', exact: true }).first().click();
      await dialog.getByRole('button', { name: 'Close', exact: true }).first().click();

      const list = page.locator('#operations-campaigns-listCampaigns');
      await list.locator('.opblock-summary-control').click();
      await list.locator('tr[data-param-name=uuid] input').fill('089de107-5553-4c07-ab00-092b7869dae1');
      await list.getByRole('button', { name: 'Execute' }).click();
      const answer = list.locator('.live-responses-table');
      await answer.getByText('"Reminders"').waitFor();
      expect(await answer.locator('.response-col_status').last().innerText()).toContain('200');
      expect(await findings(page)).toEqual([]);

      expect(asked.filter((url) => url.includes(tokenKey('editor')))).toEqual([]);
      expect(page.url()).toBe(`${world.url}/api/v2/explorer/`);
      const kept = 'JSON.stringify([{ ...localStorage }, { ...sessionStorage }, document.cookie])';
      expect(await page.evaluate(kept)).toBe('[{},{},""]');
      expect(await page.evaluate('document.documentElement.scrollWidth - innerWidth')).toBeLessThanOrEqual(0);
      expect(trouble).toEqual([]);
      await page.context().close();
    },
  );

  test('the explorer creates a campaign', async () => {
    const { page, trouble } = await open(browser, `${world.url}/api/v2/explorer/`);
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
    expect(trouble).toEqual([]);
    await page.context().close();
  });
});
