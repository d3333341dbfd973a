import type { Locator, Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { accessibilityViolations } from '../support/accessibility.ts';
import { describeInBrowser } from '../support/browser.ts';
import { clientFor } from '../support/client.ts';
import { tokenKey } from '../support/fixture.ts';
import { openConsole, untilFocused, untilSettled } from './support/console.ts';
import { serveFixture } from './support/server.ts';

const CREATE = `mutation ($name: String!, $group: String!) {
  createGroup(input: { name: $group }) { userErrors { message } }
  createCampaign(input: { name: $name, group: { name: $group } }) { campaign { uuid } userErrors { message } }
}`;

interface Created {
  readonly createCampaign: { readonly campaign: { readonly uuid: string } };
}

const NAME = 'Far\u200Bmers\u202Eabc';
const GROUP = 'Over\u00A0sixty';
const PERSIAN = 'خانه\u200Cها';

/** The abbreviations that the marks within an element show, such as NBSP. */
const signsIn = (place: Locator) =>
  place
    .locator('[role=img]')
    .evaluateAll((marks) => marks.map((mark) => getComputedStyle(mark, '::before').content.replaceAll('"', '')));

const rowOf = (page: Page, uuid: string) => page.getByRole('row').filter({ has: page.locator(`a[href$="${uuid}"]`) });

describeInBrowser('unusual characters in names', serveFixture, (browser) => {
  const create = async (name: string, group: string): Promise<string> => {
    const data = await clientFor(browser.server.base, 'admin').data<Created>(CREATE, { name, group });
    return data.createCampaign.campaign.uuid;
  };

  test('are marked in lists, pages, menus and dialogs, and do not change the order of the text', async () => {
    const uuid = await create(NAME, GROUP);
    const persian = await create(PERSIAN, `${PERSIAN} 2`);
    const page = await openConsole(browser, tokenKey('admin'));
    const row = rowOf(page, uuid);
    await row.waitFor();
    expect(await signsIn(row)).toEqual(['ZWSP', 'RLO', 'NBSP']);
    expect(await signsIn(rowOf(page, persian))).toEqual([]);
    const heard = /^Far ?zero-width space, U\+200B ?mers ?right-to-left override, U\+202E ?abc$/;
    await page.getByRole('link', { name: heard }).waitFor();
    await row.getByRole('button', { name: 'Actions for Far⟨ZWSP⟩mers⟨RLO⟩abc' }).waitFor();
    expect(await accessibilityViolations(page)).toEqual([]);

    // The letters after the right-to-left override are still drawn from left to right.
    const lefts = await row.locator('.campaign-name bdi').evaluate((name) => {
      const text = name.lastChild;
      if (!text) throw new Error('The name is empty.');
      return [0, 1, 2].map((place) => {
        const range = document.createRange();
        range.setStart(text, place);
        range.setEnd(text, place + 1);
        return range.getBoundingClientRect().left;
      });
    });
    expect(lefts.toSorted((a, b) => a - b)).toEqual(lefts);
    // Copied text is the exact name, without the marks.
    expect(await row.locator('.campaign-name bdi').evaluate((name) => name.textContent)).toBe(NAME);

    await page.getByRole('link', { name: heard }).click();
    const heading = page.getByRole('heading', { level: 1 });
    await heading.getByText('mers').waitFor();
    expect(await signsIn(heading)).toEqual(['ZWSP', 'RLO']);
    await expect.poll(() => page.title()).toBe('Far⟨ZWSP⟩mers⟨RLO⟩abc · Campaigns');
    await expect.poll(() => signsIn(page.locator('.facts'))).toEqual(['NBSP']);

    await page.getByRole('button', { name: 'Delete…' }).click();
    await page.getByRole('alertdialog').waitFor();
    expect(await signsIn(page.getByRole('alertdialog'))).toEqual(['ZWSP', 'RLO']);
  });

  test('with many marks above one another are not painted over the other rows', async () => {
    const uuid = await create(`Marks ${`a${'\u0301'.repeat(20)}`.repeat(2)}`, 'Marks');
    await create('Marks above', 'Marks');
    const page = await openConsole(browser, tokenKey('admin'), '/?q=marks');
    const marked = rowOf(page, uuid);
    await marked.waitFor();
    const above = page.getByRole('row').filter({ hasText: 'Marks above' });
    // The boxes and menus of the rows are loaded after their names.
    await above.getByRole('checkbox').waitFor();
    await untilSettled(page);
    const seen = await above.screenshot();
    await marked.evaluate((row) => (row.style.visibility = 'hidden'));
    expect(seen.equals(await above.screenshot())).toBe(true);
  });

  test('are named below the field while a name is edited', async () => {
    const page = await openConsole(browser, tokenKey('admin'));
    await page.getByRole('button', { name: 'New campaign' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('Name').fill('Far\u200Bmers');
    await dialog.getByText('Invisible characters: Far⟨ZWSP⟩mers').waitFor();
    await dialog.getByLabel('Name').fill(PERSIAN);
    await expect.poll(() => dialog.getByText('Invisible characters').count()).toBe(0);
  });

  test.each([
    ['a quotation mark', '"', 'The name contains the character "; names cannot contain " or \\.'],
    ['U+0000', '\0', 'The name contains the code U+0000, which stands for no character that can be shown'],
    [
      'half of an emoji',
      '\uD83D',
      'The name contains the code U+D83D, which stands for no character that can be shown',
    ],
  ])('that are refused are named: %s', async (_, character, said) => {
    const page = await openConsole(browser, tokenKey('admin'), '/groups');
    await page.getByRole('button', { name: 'New group' }).click();
    const input = page.getByRole('dialog').getByLabel('Name');
    await input.fill('Farmers of');
    // A code unit alone would not arrive as it is.
    await input.evaluate((element: HTMLInputElement, code) => {
      element.setRangeText(String.fromCharCode(code), element.value.length, element.value.length, 'end');
      element.dispatchEvent(new Event('input', { bubbles: true }));
    }, character.charCodeAt(0));
    await page.getByRole('button', { name: 'Create', exact: true }).click();
    await page.getByRole('dialog').getByRole('alert').getByText(said).waitFor();
  });

  test('are marked in the list of groups and among its choices', async () => {
    const page = await openConsole(browser, tokenKey('admin'), '/groups');
    const row = page.getByRole('row').filter({ hasText: 'sixty' });
    await row.waitFor();
    expect(await signsIn(row)).toEqual(['NBSP']);
    await row.getByRole('link', { name: '1 campaign of Over⟨NBSP⟩sixty' }).waitFor();
    await page.goto(`${browser.server.base}/`);
    await page.getByRole('button', { name: 'New campaign' }).click();
    await untilFocused(page.getByRole('dialog'));
    await page.getByRole('dialog').getByRole('combobox', { name: 'Group' }).fill('Over');
    const option = page.getByRole('option').filter({ hasText: 'sixty' });
    await option.waitFor();
    expect(await signsIn(option)).toEqual(['NBSP']);
    // Choosing the option fills in the exact name, without the marks.
    await option.click();
    await expect.poll(() => page.getByRole('dialog').getByRole('combobox', { name: 'Group' }).inputValue()).toBe(GROUP);
  });
});
