import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { keyOf, serveFixture } from './support/served.ts';
import { describeInBrowser } from './support/visit.ts';

const rowOf = (page: Page, name: string) =>
  page.getByRole('row').filter({ has: page.getByText(name, { exact: true }) });

async function act(page: Page, name: string, deed: string): Promise<void> {
  await page.getByRole('button', { name: `Actions for ${name}`, exact: true }).click();
  await page.getByRole('menuitem', { name: deed }).click();
}

/** The console names its operations by hash, and so works where nothing else is run. */
const servesRegisteredOnly = () => serveFixture({ TRUSTED_DOCUMENTS: 'only' });

describeInBrowser(
  'groups in the console',
  (visit) => {
    test('shows what each group holds, and leads to its campaigns', async () => {
      const page = await visit.signedIn(keyOf('viewer'), '/groups');
      await rowOf(page, 'Farmers').getByText('42 contacts').waitFor();
      expect(await page.getByRole('button', { name: /New|Actions/ }).count()).toBe(0);
      await rowOf(page, 'Farmers').getByRole('link', { name: '109 campaigns of Farmers' }).click();
      await page.getByText('109 found').waitFor();
      await expect.poll(() => page.getByRole('combobox', { name: 'Group' }).inputValue()).toBe('Farmers');
    });

    test('creates, renames and deletes a group, showing what the server refuses', async () => {
      const page = await visit.signedIn(keyOf('editor'), '/groups');
      await page.getByRole('button', { name: 'New group' }).click();
      const dialog = page.getByRole('dialog');
      await dialog.getByLabel('Name').fill('FARMERS');
      await dialog.getByRole('button', { name: 'Create' }).click();
      await expect.poll(() => dialog.getByLabel('Name').getAttribute('aria-invalid')).toBe('true');
      await dialog.getByLabel('Name').fill('Avuá');
      await dialog.getByRole('button', { name: 'Create' }).click();
      await rowOf(page, 'Avuá').waitFor();

      await act(page, 'Avuá', 'Rename…');
      await dialog.getByLabel('Name').fill('Avuá II');
      await page.keyboard.press('Enter');
      await rowOf(page, 'Avuá II').waitFor();

      await act(page, 'Avuá II', 'Delete…');
      await page.getByRole('alertdialog').getByRole('button', { name: 'Delete' }).click();
      await expect.poll(() => rowOf(page, 'Avuá II').count()).toBe(0);
    });

    test('says why a group is not deleted, and leads to the campaigns in the way', async () => {
      const page = await visit.signedIn(keyOf('admin'), '/groups');
      await act(page, 'Reporters', 'Delete…');
      const question = page.getByRole('alertdialog');
      await question.getByRole('button', { name: 'Delete' }).click();
      await expect.poll(() => question.getByRole('alert').innerText()).toMatch(/campaigns/);
      await question.getByRole('link', { name: 'Show its campaigns' }).click();
      await page.getByText('100 found').waitFor();
    });

    test('offers nothing to do with a group that the workspace came with', async () => {
      const page = await visit.signedIn(keyOf('admin'), '/groups');
      await rowOf(page, 'Open Tickets').getByText('System').waitFor();
      expect(await rowOf(page, 'Open Tickets').getByRole('button').count()).toBe(0);
    });
  },
  servesRegisteredOnly,
);
