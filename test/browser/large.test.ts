import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import { serveSnapshot } from './support/served.ts';
import { countOperations, describeInBrowser, focus } from './support/visit.ts';

const KEY = 'L4RGEW0RKSPACE7T3NTH0USANDCAMPA1GNSKEY01';
const CAMPAIGNS = 10_000;

const created = (place: number) => new Date(Date.UTC(2020, 0, 1) + place * 600_000).toISOString();

/** One workspace with a history of many years. */
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
    campaigns: Array.from({ length: CAMPAIGNS }, (_, place) => ({
      id: place + 1,
      uuid: randomUUID(),
      workspace_id: 1,
      group_id: 1,
      name: `Campaign ${place + 1}`,
      is_archived: false,
      is_active: true,
      created_on: created(place),
    })),
  };
}

describeInBrowser(
  'ten thousand campaigns',
  (visit) => {
    test('are scrolled through with few rows on the page and few requests', { timeout: 60_000 }, async () => {
      const page = await visit.signedIn(KEY);
      const operations = countOperations(page);
      let mostRows = 0;
      await expect
        .poll(
          async () => {
            await page.evaluate(() => window.scrollTo(0, document.body.scrollHeight));
            mostRows = Math.max(mostRows, await page.locator('[data-index]').count());
            return page.getByRole('link', { name: 'Campaign 1', exact: true }).count();
          },
          { timeout: 50_000, interval: 30 },
        )
        .toBe(1);
      expect(mostRows).toBeLessThan(100);
      // 50 rows at first, then 250 at a time.
      expect(operations()).toBeLessThanOrEqual(45);
      expect(await page.evaluate(() => document.querySelectorAll('*').length)).toBeLessThan(2_000);

      const forOneFocus = countOperations(page);
      await focus(page);
      await page.waitForTimeout(1_000);
      expect(forOneFocus()).toBeLessThanOrEqual(3);
      expect(await page.getByRole('link', { name: 'Campaign 1', exact: true }).count()).toBe(1);
    });
  },
  () => serveSnapshot(largeWorkspace()),
);
