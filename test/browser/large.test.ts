import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import { describeInBrowser } from '../support/browser.ts';
import { countOperations, focusWindow, openConsole } from './support/console.ts';
import { serveSnapshot } from './support/server.ts';

const KEY = 'L4RGEW0RKSPACE7T3NTH0USANDCAMPA1GNSKEY01';
const CAMPAIGNS = 10_000;

const created = (index: number) => new Date(Date.UTC(2020, 0, 1) + index * 600_000).toISOString();

/** One workspace with ten thousand campaigns. */
function largeWorkspace(): object {
  return {
    format: 1,
    workspaces: [{ id: 1, uuid: randomUUID(), name: 'Ministry of Health' }],
    users: [{ id: 1, email: 'operator@ministry.example', is_active: true }],
    memberships: [{ workspace_id: 1, user_id: 1, role: 'administrator' }],
    tokens: [{ name: 'large', key: KEY, workspace_id: 1, user_id: 1, is_active: true }],
    groups: [
      {
        id: 1,
        uuid: randomUUID(),
        workspace_id: 1,
        name: 'Districts',
        kind: 'manual',
        is_system: false,
        query: null,
        status: 'ready',
        count: 7,
        is_active: true,
        created_on: created(0),
      },
    ],
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

describeInBrowser(
  'ten thousand campaigns',
  () => serveSnapshot(largeWorkspace()),
  (browser) => {
    test('scroll with few rows on the page and few requests', { timeout: 60_000 }, async () => {
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
          { timeout: 50_000, interval: 30 },
        )
        .toBe(1);
      expect(maxRows).toBeLessThan(100);
      // The first page has 50 rows, the others have 250.
      expect(operations()).toBeLessThanOrEqual(45);
      expect(await page.evaluate(() => document.querySelectorAll('*').length)).toBeLessThan(2_000);

      const operationsOnFocus = countOperations(page);
      await focusWindow(page);
      await page.waitForTimeout(1_000);
      expect(operationsOnFocus()).toBeLessThanOrEqual(3);
      expect(await page.getByRole('link', { name: 'Campaign 1', exact: true }).count()).toBe(1);
    });
  },
);
