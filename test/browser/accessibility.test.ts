import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { keyOf } from './support/served.ts';
import { describeInBrowser, focus } from './support/visit.ts';

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

const LOOKS = [
  { colorScheme: 'light', width: 1_280 },
  { colorScheme: 'dark', width: 1_280 },
  { colorScheme: 'dark', width: 360 },
  { colorScheme: 'light', width: 360 },
] as const;

/** That axe finds nothing on the page as it is now, light and dark, wide and narrow. */
async function expectNoFindings(page: Page): Promise<void> {
  for (const { colorScheme, width } of LOOKS) {
    await page.emulateMedia({ colorScheme });
    await page.setViewportSize({ width, height: 800 });
    expect({ colorScheme, width, findings: await findings(page) }).toEqual({ colorScheme, width, findings: [] });
  }
}

describeInBrowser('axe finds nothing', (visit) => {
  test('on the page for signing in', async () => {
    const page = await visit.window();
    await page.goto(visit.served.base);
    await page.getByRole('button', { name: 'Sign in' }).click();
    await page.getByText('Paste a token first.').waitFor();
    await expectNoFindings(page);
  });

  test('on the pages of campaigns and groups', async () => {
    const page = await visit.signedIn(keyOf('admin'), '/?archived=all');
    await page.getByRole('table').waitFor();
    await expectNoFindings(page);

    await page.locator('.campaign-name a').first().click();
    await page.getByRole('button', { name: 'Edit…' }).waitFor();
    await expectNoFindings(page);

    await page.getByRole('link', { name: 'Groups' }).click();
    await page.getByRole('table', { name: 'Groups' }).waitFor();
    await expectNoFindings(page);
  });

  test('on dialogs, menus and lists of choices', async () => {
    const page = await visit.signedIn(keyOf('admin'));
    await page.getByRole('button', { name: 'Actions for Reminders', exact: true }).click();
    await page.getByRole('menu').waitFor();
    expect(await findings(page)).toEqual([]);
    await page.getByRole('menuitem', { name: 'Delete…' }).click();
    await page.getByRole('alertdialog').waitFor();
    // What lies behind a dialog is out of reach of keyboard and screen reader.
    expect(
      await page.evaluate(() => document.querySelector('main')?.closest('[inert], [aria-hidden=true]') !== null),
    ).toBe(true);
    await expectNoFindings(page);
    await page.keyboard.press('Escape');

    await page.getByRole('button', { name: 'New campaign' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('Name').fill('"');
    await dialog.getByRole('combobox').fill('Farm');
    await page.getByRole('option', { name: 'Farmers' }).waitFor();
    expect(await findings(page)).toEqual([]);
    await page.getByRole('option', { name: 'Farmers' }).click();
    await dialog.getByRole('button', { name: 'Create' }).click();
    await page.locator('.field-error').waitFor();
    await expectNoFindings(page);
  });

  test('where nothing matches, where there is no access, and while the server is away', async () => {
    const page = await visit.signedIn(keyOf('viewer'), '/?q=nothing+has+this+name');
    await page.getByRole('heading', { name: 'No campaign matches' }).waitFor();
    await expectNoFindings(page);
    const agent = await visit.signedIn(keyOf('agent'));
    await agent.getByRole('heading', { name: 'No access' }).waitFor();
    await expectNoFindings(agent);
    await visit.served.pause();
    try {
      await focus(page);
      await page.getByText('The server cannot be reached.').first().waitFor();
      await expectNoFindings(page);
    } finally {
      await visit.served.resume();
    }
  });
});
