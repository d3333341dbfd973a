import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page, Route } from 'playwright-core';
import { expect, test } from 'vitest';
import { describeInBrowser } from '../support/browser.ts';
import { tokenKey } from '../support/fixture.ts';
import { temporaryFolder } from '../support/folder.ts';
import { expectToFitAndBeAccessible } from '../support/views.ts';
import { openConsole, untilFocused } from './support/console.ts';
import { messagesIn } from './support/messages.ts';
import { serveFixture } from './support/server.ts';

/** Downloads the page's list as a CSV file. */
async function download(page: Page): Promise<string> {
  const [file] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: 'Download CSV' }).click(),
  ]);
  expect(file.suggestedFilename()).toMatch(/^campaigns-[\d-]{10}\.csv$/);
  return readFile(await file.path(), 'utf8');
}

const choose = (page: Page, text: string, name = 'campaigns.csv') =>
  page.locator('input[type=file]').setInputFiles({ name, mimeType: 'text/csv', buffer: Buffer.from(text) });

describeInBrowser(
  'the spreadsheet page',
  () => serveFixture({ TRUSTED_DOCUMENTS: 'only' }),
  (browser) => {
    test('downloads the list with its filters and its order', async () => {
      const page = await openConsole(browser, tokenKey('editor2'), '/?archived=all&order=name&q=vet');
      const links = page.locator('.list-body a[href^="/campaigns/"]');
      await links.first().waitFor();
      const names = await links.allInnerTexts();
      await page.getByRole('link', { name: 'Spreadsheet' }).click();
      await page.getByRole('heading', { name: 'Spreadsheet' }).waitFor();
      const facts = page.getByRole('region', { name: 'Download' }).locator('dl');
      await expect
        .poll(() => facts.locator('dd').allInnerTexts())
        .toEqual([String(names.length), 'vet', 'All', 'Name A to Z']);
      const file = await download(page);
      await page.getByText('The file was downloaded.').waitFor();
      await page.getByLabel('Columns are separated by').selectOption('Tab');
      await page.getByText('The file was downloaded.').waitFor({ state: 'detached' });
      const rows = file.split('\r\n').slice(1, -1);
      expect(rows.length).toBeGreaterThanOrEqual(names.length);
      expect(names.length).toBeGreaterThan(0);
      for (const [place, name] of names.entries()) expect(rows[place]).toContain(name);
      await page.getByRole('link', { name: 'Campaigns' }).last().click();
      await expect.poll(() => new URL(page.url()).search).toBe('?q=vet&archived=all&order=name');
    });

    test('tells the outcome of an import also on another page', async () => {
      const page = await openConsole(browser, tokenKey('editor2'), '/spreadsheet');
      const importAndLeave = async (name: string, answer: (route: Route) => Promise<void>) => {
        await page.getByRole('heading', { name: 'Import' }).waitFor();
        await choose(page, `name,group\n${name},Vets\n`);
        const released = Promise.withResolvers<void>();
        await page.route('**/campaigns.csv*', async (route) => {
          await released.promise;
          await answer(route);
        });
        const asked = page.waitForRequest('**/campaigns.csv*');
        await page.getByRole('button', { name: 'Import', exact: true }).click();
        await asked;
        await page.getByRole('navigation').getByRole('link', { name: 'Campaigns' }).click();
        await page.getByRole('heading', { name: 'Campaigns' }).waitFor();
        released.resolve();
      };
      await importAndLeave('Imported from afar', (route) => route.continue());
      await page.locator('.notice').getByText('Imported. New campaigns: 1.').waitFor();
      await page.getByRole('link', { name: 'Imported from afar' }).waitFor();
      await page.getByRole('link', { name: 'Spreadsheet' }).click();
      await page.unroute('**/campaigns.csv*');
      await importAndLeave('Not imported', (route) => route.abort());
      await page.locator('.notice-error').getByText('The server cannot be reached.').waitFor();
    });

    test('imports a file after it has shown what this does, by keyboard alone', async () => {
      const page = await openConsole(browser, tokenKey('editor2'), '/spreadsheet');
      // Pages over plain http do not have it.
      await page.evaluate(() => Reflect.deleteProperty(Crypto.prototype, 'randomUUID'));
      const file = await download(page);
      const [header, first = '', second = ''] = file.replace('\uFEFF', '').split('\r\n');
      const [, name = ''] = first.split(',');
      const edited = [header, first.replace(name, 'Renamed in a table'), second, ',New in a table,Vets,no,'].join(
        '\r\n',
      );

      await choose(page, `${edited}\r\n,,Nobody,perhaps,\r\n,NEW IN A TABLE,Vets,no,`);
      await page.getByText('Nothing is imported as long as a row is refused.').waitFor();
      const rows = page.getByRole('row');
      await expect.poll(() => rows.nth(1).innerText()).toMatch(/^5\s/);
      const reasons = await rows.nth(1).innerText();
      expect(reasons).toContain('Nobody');
      expect(reasons).toContain('There is no group with this name or UUID.');
      expect(reasons).toContain('Archived: write yes or no.');
      expect(await rows.nth(2).innerText()).toContain('Row 4 of the file has this name already.');
      expect(await page.getByRole('button', { name: 'Import', exact: true }).count()).toBe(0);
      await expectToFitAndBeAccessible(page);
      // The cells of a row stand side by side on a phone too, with a gap between the group and the answer to "archived".
      const [group, archived] = await Promise.all(
        [2, 3].map((cell) => rows.nth(1).locator('th, td').nth(cell).boundingBox()),
      );
      expect((archived?.x ?? 0) - ((group?.x ?? 0) + (group?.width ?? 0))).toBeGreaterThanOrEqual(8);

      await choose(page, edited);
      await page.getByRole('radio', { name: 'New: 1' }).waitFor();
      const shown = page.getByRole('radio', { name: /^New/ });
      await shown.focus();
      await expect.poll(() => rows.nth(1).innerText()).toContain('New in a table');
      await page.keyboard.press('ArrowRight');
      await expect.poll(() => rows.nth(1).innerText()).toContain('Renamed in a table');
      await expect.poll(() => page.locator('del').innerText()).toBe(name);
      await expectToFitAndBeAccessible(page);
      await page.getByRole('button', { name: 'Import', exact: true }).focus();
      await page.keyboard.press('Enter');
      await page.getByText('Imported. New campaigns: 1. Changed campaigns: 1.').waitFor();
      await untilFocused(page.getByRole('heading', { name: 'Import' }));
      expect(await download(page)).toContain('Renamed in a table');
    });

    test('brings what a file would do into view, and tells screen readers', async () => {
      const page = await openConsole(browser, tokenKey('editor2'), '/spreadsheet');
      await page.setViewportSize({ width: 1000, height: 600 });
      await choose(page, `name,group\n,Vets\n${'A,Vets\n'.repeat(40)}`);
      const plan = page.getByRole('heading', { name: 'What importing campaigns.csv would do' });
      await plan.waitFor();
      await expect.poll(() => page.evaluate(() => document.scrollingElement?.scrollTop)).toBeGreaterThan(0);
      const { y = 0 } = (await plan.boundingBox()) ?? {};
      expect(y).toBeGreaterThan(0);
      expect(y).toBeLessThan(500);
      expect(await page.getByRole('status').allInnerTexts()).toContainEqual(expect.stringContaining('Refused: 40'));

      await page.setViewportSize({ width: 320, height: 400 });
      for (const [text, answer] of [
        ['name,group\n"A"B,Vets', page.getByText('Row 2 has a quotation mark')],
        ['name,group\nA,Vets', plan],
      ] as const) {
        await page.evaluate(() => window.scrollTo(0, 0));
        await choose(page, text);
        await answer.waitFor();
        await expect.poll(() => answer.evaluate((element) => element.getBoundingClientRect().bottom)).toBeLessThan(400);
      }
    });

    test('keeps the chosen file for a person who looks at another page, until it is imported', async () => {
      const page = await openConsole(browser, tokenKey('editor2'), '/spreadsheet');
      await choose(page, 'name,group\nKept meanwhile,Vets');
      await page.getByRole('radio', { name: 'New: 1' }).waitFor();
      await page.getByRole('link', { name: 'Groups' }).click();
      await page.getByRole('heading', { name: 'Groups' }).waitFor();
      await page.goBack();
      await page.getByRole('cell', { name: 'Kept meanwhile' }).waitFor();
      await page.getByRole('button', { name: 'Import', exact: true }).click();
      await page.getByText('Imported. New campaigns: 1.').waitFor();
      await page.getByRole('link', { name: 'Groups' }).click();
      await page.getByRole('heading', { name: 'Groups' }).waitFor();
      await page.goBack();
      await page.getByRole('heading', { name: 'Import' }).waitFor();
      expect(await page.getByRole('cell', { name: 'Kept meanwhile' }).count()).toBe(0);
    });

    test('imports nothing when somebody has changed something meanwhile', async () => {
      const page = await openConsole(browser, tokenKey('editor2'), '/spreadsheet');
      await choose(page, 'name,group\nOf two people,Vets');
      await page.getByRole('radio', { name: 'New: 1' }).waitFor();
      const response = await fetch(`${browser.server.base}/api/v2/campaigns.json`, {
        method: 'POST',
        headers: { authorization: `Token ${tokenKey('editor2')}`, 'content-type': 'application/json' },
        body: JSON.stringify({ name: 'OF TWO PEOPLE', group: 'Vets' }),
      });
      expect(response.status).toBe(201);
      await page.getByRole('button', { name: 'Import', exact: true }).click();
      await page.getByText('Somebody has changed something meanwhile').waitFor();
      await page.getByText('There is a campaign with this name already').waitFor();
    });

    test('asks for a file again that was saved since it was chosen', async () => {
      const page = await openConsole(browser, tokenKey('editor2'), '/spreadsheet');
      const file = join(temporaryFolder(), 'saved-again.csv');
      await writeFile(file, 'name,group\nBefore,Vets');
      await page.locator('input[type=file]').setInputFiles(file);
      const run = page.getByRole('button', { name: 'Import', exact: true });
      await run.waitFor();
      await writeFile(file, 'name,group\nAfterwards,Vets');
      await run.click();
      await page.getByRole('alert').getByText('The file has changed since you chose it').waitFor();
      expect(await run.count()).toBe(0);
      expect(await page.locator('.server-banner p').count()).toBe(0);
      await page.locator('input[type=file]').setInputFiles(file);
      await page.getByText('Afterwards').waitFor();
    });

    test.each([
      ['name;group\n"a"b;c', 'Row 2 has a quotation mark in a wrong place'],
      ['title,about\nA,B', 'The first row must name the columns'],
      ['', 'The file has no rows.'],
      ['name,group\n\nA, B,Vets', 'Row 3 has more cells than the first row.'],
    ])('says what is wrong with the file %j', async (text, problem) => {
      const page = await openConsole(browser, tokenKey('editor2'), '/spreadsheet');
      await choose(page, text);
      await page.getByRole('alert').getByText(problem).waitFor();
    });

    test.each([
      [
        'the server',
        { json: { detail: 'The server is handling as many requests as it can.' } },
        'cannot do this at present',
      ],
      ['a proxy', { contentType: 'text/html', body: '<p>away' }, 'The server cannot be reached.'],
    ])('says what a 503 of %s means', async (_whose, answer, text) => {
      const page = await openConsole(browser, tokenKey('viewer'), '/spreadsheet');
      await page.route('**/campaigns.csv*', (route) => route.fulfill({ status: 503, ...answer }));
      await page.getByRole('button', { name: 'Download CSV' }).click();
      await page.getByRole('alert').getByText(text).waitFor();
    });

    test('asks for another token when the token is refused', async () => {
      const page = await openConsole(browser, tokenKey('viewer'), '/spreadsheet');
      await page.route('**/campaigns.csv*', (route) =>
        route.fulfill({ status: 403, json: { detail: 'Invalid token' } }),
      );
      await page.getByRole('button', { name: 'Download CSV' }).click();
      await page.getByRole('alert').getByText('no longer accepted').waitFor();
    });

    test('lets viewers download and not import', async () => {
      const page = await openConsole(browser, tokenKey('viewer'), '/spreadsheet');
      await page.getByText('Your role does not import campaigns.').waitFor();
      expect(await page.locator('input[type=file]').count()).toBe(0);
      expect(await download(page)).toContain('uuid,name,group,archived,created_on');
    });

    test('fits in Arabic, from right to left', async () => {
      const page = await openConsole(browser, tokenKey('editor2'), '/spreadsheet', { locale: 'ar-EG' });
      const t = messagesIn('ar', 'ar-EG');
      await page.getByRole('heading', { name: t('spreadsheet.import') }).waitFor();
      expect(await page.evaluate(() => document.documentElement.dir)).toBe('rtl');
      await choose(page, 'name,group,archived\nNew,Vets,no\n,Nobody,x');
      await page.getByText(t('spreadsheet.refusedHint')).waitFor();
      await page.getByRole('rowheader', { name: t('count.digits', { count: 3 }) }).waitFor();
      await expectToFitAndBeAccessible(page);
    });
  },
);
