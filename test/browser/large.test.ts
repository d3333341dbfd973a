import { randomUUID } from 'node:crypto';
import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { describeInBrowser } from '../support/browser.ts';
import { expectToFitAndBeAccessible } from '../support/views.ts';
import { countOperations, focusWindow, hold, openConsole, untilSettled } from './support/console.ts';
import { serveSnapshot } from './support/server.ts';

const KEY = 'L4RGEW0RKSPACE7T3NTH0USANDCAMPA1GNSKEY01';
const CAMPAIGNS = 10_000;

const created = (index: number) => new Date(Date.UTC(2020, 0, 1) + index * 600_000).toISOString();

/** Names of groups whose rows have several lines on a phone. */
const LONG_NAMES = Array.from({ length: 300 }, (_, index) =>
  `${'Mothers and children of the north '.repeat(1 + (index % 2))}${index}`.slice(-64),
);

/** One workspace with ten thousand campaigns. */
function largeWorkspace(): object {
  return {
    format: 1,
    workspaces: [{ id: 1, uuid: randomUUID(), name: 'Ministry of Health' }],
    users: [{ id: 1, email: 'operator@ministry.example', is_active: true }],
    memberships: [{ workspace_id: 1, user_id: 1, role: 'administrator' }],
    tokens: [{ name: 'large', key: KEY, workspace_id: 1, user_id: 1, is_active: true }],
    groups: ['Districts', ...LONG_NAMES].map((name, index) => ({
      id: index + 1,
      uuid: randomUUID(),
      workspace_id: 1,
      name,
      kind: 'manual',
      is_system: false,
      query: null,
      status: 'ready',
      count: 7,
      is_active: true,
      created_on: created(0),
    })),
    campaigns: Array.from({ length: CAMPAIGNS }, (_, index) => ({
      id: index + 1,
      uuid: randomUUID(),
      workspace_id: 1,
      group_id: 1,
      name: `Campaign ${index + 1}`,
      is_archived: false,
      is_active: true,
      created_on: created(index),
    })),
  };
}

/** What the page does in animation frames, it does this much later, in ms, as on a device that draws slowly. */
async function delayFrames(page: Page, delay: number): Promise<void> {
  await page.evaluate((delay) => {
    const request = window.requestAnimationFrame.bind(window);
    window.requestAnimationFrame = (callback) => request((time) => void setTimeout(() => callback(time), delay));
  }, delay);
}

describeInBrowser(
  'ten thousand campaigns',
  () => serveSnapshot(largeWorkspace()),
  (browser) => {
    test('scroll with few rows on the page and few requests', async () => {
      const page = await openConsole(browser, KEY);
      const operations = countOperations(page);
      let maxRows = 0;
      await expect
        .poll(
          async () => {
            await page.evaluate(() => window.scrollTo(0, document.body.scrollHeight));
            maxRows = Math.max(maxRows, await page.locator('[data-index]').count());
            return page.getByRole('link', { name: 'Campaign 1', exact: true }).count();
          },
          { timeout: 100_000, interval: 30 },
        )
        .toBe(1);
      expect(maxRows).toBeLessThan(100);
      // The first page has 50 rows and each other page has 250, so 10,000 campaigns take about 41 operations.
      expect(operations()).toBeLessThanOrEqual(45);
      await expect.poll(() => page.evaluate(() => document.querySelectorAll('*').length)).toBeLessThan(2_000);

      const operationsOnFocus = countOperations(page);
      await focusWindow(page);
      await expect.poll(operationsOnFocus).toBe(2);
      await untilSettled(page);
      expect(operationsOnFocus()).toBe(2);
      expect(await page.getByRole('link', { name: 'Campaign 1', exact: true }).count()).toBe(1);
    });

    test('are printed as far as they are loaded, without blank pages', async () => {
      const page = await openConsole(browser, KEY);
      await expect
        .poll(async () => {
          await page.evaluate(() => window.scrollTo(0, document.body.scrollHeight));
          return page.locator('[data-index="290"]').count();
        })
        .toBe(1);
      await untilSettled(page);
      const rows = () => page.locator('[data-index]').count();
      const before = [await rows(), await page.evaluate(() => window.scrollY)];
      await page.evaluate(() => {
        window.addEventListener('beforeprint', () => {
          document.body.dataset['printed'] = String(document.querySelectorAll('[data-index]').length);
        });
      });
      const pages = (await page.pdf({ format: 'A4' })).toString('latin1').match(/\/Type \/Page\b/g)?.length ?? 0;
      const printed = Number(await page.locator('body').getAttribute('data-printed'));
      expect(printed).toBeGreaterThanOrEqual(300);
      // A page of A4 has room for about twenty rows.
      expect(printed / pages).toBeGreaterThan(15);
      expect(printed / pages).toBeLessThan(25);
      await expect.poll(async () => [await rows(), await page.evaluate(() => window.scrollY)]).toEqual(before);
    });

    test('End leads to the end with few requests, and Home back', async () => {
      const page = await openConsole(browser, KEY);
      await page.locator('[data-index="0"] a').focus();
      await untilSettled(page);
      const operations = countOperations(page);
      await page.keyboard.press('End');
      const last = page.getByRole('link', { name: 'Campaign 1', exact: true });
      await last.waitFor();
      await expect.poll(() => last.evaluate((link) => link === document.activeElement)).toBe(true);
      await expect.poll(() => page.getByRole('row').filter({ has: last }).getAttribute('aria-rowindex')).toBe('10001');
      // The console loads the last rows and those above them. Loading all rows would take about forty operations.
      expect(operations()).toBeLessThanOrEqual(5);
      await expect.poll(() => page.getByRole('link', { name: 'Campaign 60', exact: true }).count()).toBe(0);
      await expect
        .poll(async () => {
          await page.evaluate(() => window.scrollBy(0, -600));
          return page.getByRole('link', { name: 'Campaign 200', exact: true }).count();
        })
        .toBe(1);
      await page.keyboard.press('Home');
      await page.getByRole('link', { name: 'Campaign 10000', exact: true }).waitFor();
      await expect.poll(() => page.evaluate(() => window.scrollY)).toBe(0);
    });

    test.each([
      ['', 0],
      [', drawn slowly', 300],
    ])(
      'End shows the last row on a phone%s, where rows have different heights, and Home the first one',
      async (_, ms) => {
        for (const path of ['/groups', '/']) {
          const page = await openConsole(browser, KEY, path, { viewport: { width: 320, height: 640 } });
          await delayFrames(page, ms);
          await page.locator('[data-index="0"] a').first().focus();
          await untilSettled(page);
          for (const key of ['End', 'Home', 'End']) {
            await page.keyboard.press(key);
            // The next page of rows appears above the last ones, and must leave them where they are.
            if (key === 'End') await page.waitForFunction(() => document.documentElement.scrollHeight > 20_000);
            await untilSettled(page);
            const seen = () =>
              page.evaluate(() => {
                const { activeElement } = document;
                const { top = 0, bottom = 0 } = activeElement?.getBoundingClientRect() ?? {};
                const row = activeElement?.closest('[role=row]')?.getAttribute('aria-rowindex');
                const count = document.querySelector('[role=table]')?.getAttribute('aria-rowcount');
                return {
                  isInside: top >= 0 && bottom <= window.innerHeight,
                  isRow: row === count ? 'End' : row === '2' ? 'Home' : row,
                };
              });
            // On a busy machine the last rows may be measured later than the page seems to be settled.
            await expect
              .poll(async () => [path, key, await seen()])
              .toEqual([path, key, { isInside: true, isRow: key }]);
          }
        }
      },
    );

    test('Home leads back to the first row while the last ones are still on their way', async () => {
      for (const path of ['/groups', '/']) {
        const page = await openConsole(browser, KEY, path);
        await page.locator('[data-index="0"] a').first().focus();
        await untilSettled(page);
        const release = await hold(page, '"last":50');
        await page.keyboard.press('End');
        await page.getByText('Loading').waitFor();
        await page.keyboard.press('Home');
        const isFirstFocused = () =>
          page.evaluate(() => document.activeElement?.closest('[role=row]')?.getAttribute('aria-rowindex') === '2');
        await expect.poll(isFirstFocused).toBe(true);
        release();
        await untilSettled(page);
        expect(await isFirstFocused()).toBe(true);
        expect(new URL(page.url()).search).toBe('');
      }
    });

    test.each([0, 300])('the end can be chosen on a phone, with frames that come %i ms late', async (ms) => {
      for (const path of ['/groups', '/']) {
        const page = await openConsole(browser, KEY, path, { viewport: { width: 320, height: 640 } });
        await delayFrames(page, ms);
        await page.getByLabel('Go to').selectOption('End of the list');
        await page.waitForFunction(() => document.documentElement.scrollHeight > 20_000);
        const left = () =>
          page.evaluate(() => document.documentElement.scrollHeight - window.innerHeight - window.scrollY);
        await expect.poll(async () => [path, await left()]).toEqual([path, 0]);
        await untilSettled(page);
        expect([path, await left()]).toEqual([path, 0]);
        // The end is held only until the user does something.
        await page.mouse.wheel(0, -3_000);
        await expect.poll(left).toBeGreaterThan(2_000);
        await untilSettled(page);
        expect(await left()).toBeGreaterThan(2_000);
      }
    });

    test('the end lets go of a user who drags the scroll bar, of which the page hears nothing but that it scrolls', async () => {
      const page = await openConsole(browser, KEY, '/groups', { viewport: { width: 320, height: 640 } });
      await page.getByLabel('Go to').selectOption('End of the list');
      await page.waitForFunction(() => document.documentElement.scrollHeight > 20_000);
      const left = () => page.evaluate(() => document.documentElement.scrollHeight - innerHeight - scrollY);
      await expect
        .poll(
          async () => {
            await page.evaluate(() => window.scrollBy(0, -150));
            return left();
          },
          { timeout: 6_000, interval: 100 },
        )
        .toBeGreaterThan(1_500);
    });

    test('lead to a month and to a letter, and from there up and down', async () => {
      const page = await openConsole(browser, KEY);
      const first = page.locator('[data-index="0"] a');
      const goTo = page.getByLabel('Go to');
      await goTo.selectOption('February 2020');
      await expect.poll(() => first.innerText()).toBe('Campaign 8640');
      expect(new URL(page.url()).searchParams.get('at')).toBe('2020-02');
      await page.getByText('10,000 in use').waitFor();
      // At scroll position 0 the row is below the table's header, not behind it.
      await expect.poll(() => page.evaluate(() => window.scrollY)).toBe(0);
      const top = async () => (await page.getByRole('link', { name: 'Campaign 8640', exact: true }).boundingBox())?.y;
      const before = await top();
      await page.getByRole('button', { name: 'Show the rows above' }).click();
      await page.getByRole('link', { name: 'Campaign 8641', exact: true }).waitFor();
      // The row stays at its place on the screen, also after rows have been added above it.
      await page.waitForFunction(() => window.scrollY > 10_000);
      await expect.poll(top).toBe(before);
      await expectToFitAndBeAccessible(page);

      await page.setViewportSize({ width: 1_280, height: 800 });
      await page.getByLabel('Order').selectOption('Name Z to A');
      await expect.poll(() => first.innerText()).toBe('Campaign 9999');
      await goTo.selectOption('C');
      await expect.poll(() => new URL(page.url()).searchParams.get('at')).toBe('c');
      await expect.poll(() => first.innerText()).toBe('Campaign 9999');
      // No name begins with it, and the rows above are shown at once.
      await goTo.selectOption('B');
      await page.getByRole('link', { name: 'Campaign 1', exact: true }).waitFor();
      await goTo.selectOption('Start of the list');
      await expect.poll(() => new URL(page.url()).searchParams.has('at')).toBe(false);
    });
  },
);
