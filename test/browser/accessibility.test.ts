import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { keyOf } from './support/served.ts';
import { describeInBrowser } from './support/visit.ts';

const axe = await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** What axe finds wrong on the page as it is now: the rule, and where. */
async function findings(page: Page): Promise<string[]> {
  await page.evaluate(axe);
  return page.evaluate(async () => {
    const { violations } = await (globalThis as unknown as Axe).axe.run(document, {
      runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'],
    });
    return violations.flatMap(({ id, nodes }) => nodes.map((node) => `${id}: ${node.target.join(' ')} ${node.html}`));
  });
}

interface Axe {
  axe: {
    run(
      context: unknown,
      options: object,
    ): Promise<{ violations: { id: string; nodes: { target: string[]; html: string }[] }[] }>;
  };
}

describeInBrowser('what axe finds', (visit) => {
  for (const colorScheme of ['light', 'dark'] as const) {
    for (const width of [1_280, 360]) {
      const options = { colorScheme, viewport: { width, height: 800 }, reducedMotion: 'reduce' } as const;

      test(`on each page, ${colorScheme}, ${width} px wide`, async () => {
        const signIn = await visit.window(options);
        await signIn.goto(visit.served.base);
        await signIn.getByRole('button', { name: 'Sign in' }).click();
        expect(await findings(signIn)).toEqual([]);

        const page = await visit.signedIn(keyOf('admin'), '/?archived=all', options);
        await page.getByRole('table').waitFor();
        expect(await findings(page)).toEqual([]);

        await page.locator('.campaign-name a').first().click();
        await page.getByRole('button', { name: 'Edit…' }).waitFor();
        expect(await findings(page)).toEqual([]);

        await page.getByRole('link', { name: 'Groups' }).click();
        await page.getByRole('table', { name: 'Groups' }).waitFor();
        expect(await findings(page)).toEqual([]);
      });

      test(`on each dialog and menu, ${colorScheme}, ${width} px wide`, async () => {
        const page = await visit.signedIn(keyOf('admin'), '/', options);
        await page.getByRole('button', { name: 'Actions for Reminders', exact: true }).click();
        await page.getByRole('menu').waitFor();
        expect(await findings(page)).toEqual([]);
        await page.getByRole('menuitem', { name: 'Delete…' }).click();
        await page.getByRole('alertdialog').waitFor();
        // What lies behind a dialog is out of reach of keyboard and screen reader.
        expect(
          await page.evaluate(() => document.querySelector('main')?.closest('[inert], [aria-hidden=true]') !== null),
        ).toBe(true);
        expect(await findings(page)).toEqual([]);
        await page.keyboard.press('Escape');

        await page.getByRole('button', { name: 'New campaign' }).click();
        await page.getByRole('dialog').getByLabel('Name').fill('"');
        await page.getByRole('dialog').getByRole('combobox').fill('Farm');
        await page.getByRole('option', { name: 'Farmers' }).waitFor();
        expect(await findings(page)).toEqual([]);
        await page.getByRole('option', { name: 'Farmers' }).click();
        await page.getByRole('dialog').getByRole('button', { name: 'Create' }).click();
        await page.locator('.field-error').waitFor();
        expect(await findings(page)).toEqual([]);
        await page.keyboard.press('Escape');

        await page.getByRole('searchbox').fill('nothing has this name');
        await page.getByRole('heading', { name: 'No campaign matches' }).waitFor();
        expect(await findings(page)).toEqual([]);
      });
    }
  }
});
