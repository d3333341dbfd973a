import { describe, expect, test } from 'vitest';
import type { Language } from '../../src/console/app/language/languages.ts';
import { describeInBrowser } from '../support/browser.ts';
import { tokenKey } from '../support/fixture.ts';
import { expectToFitAndBeAccessible } from '../support/views.ts';
import { hold, openConsole } from './support/console.ts';
import { messagesIn } from './support/messages.ts';
import { createCampaign, createGroup, email, updateCampaign } from './support/others.ts';
import { serveFixture } from './support/server.ts';

describeInBrowser('history and activity', serveFixture, (browser) => {
  test('tell who did what, newest first, and go on by themselves', async () => {
    const uuid = await createCampaign(browser, 'First name');
    await updateCampaign(browser, { uuid, name: 'Second name' });
    await updateCampaign(browser, { uuid, group: { name: 'Reporters' }, archived: true });
    const page = await openConsole(browser, tokenKey('viewer'), `/campaigns/${uuid}`);
    const lines = () => page.locator('.history li p').allInnerTexts();
    const who = (await page.locator('.history li bdi').first().innerText()).trim();
    expect(who).toContain(email);
    expect(await lines()).toEqual([
      `${who} archived the campaign`,
      `${who} moved it from the group Farmers to Reporters`,
      `${who} changed the name from First name to Second name`,
      `${who} created the campaign First name`,
    ]);
    await updateCampaign(browser, { uuid, archived: false });
    await expect.poll(async () => (await lines())[0]).toBe(`${who} restored the campaign`);
    await page.locator('.history time').first().waitFor();
    expect(await page.locator('.history time').first().innerText()).toMatch(/^now$|minutes? ago$/);

    await page.getByRole('link', { name: 'Activity' }).click();
    const table = page.getByRole('table', { name: 'Activity' });
    await table.getByText(`${who} restored the campaign`).waitFor();
    await page.getByLabel('What was done').selectOption('Archived');
    await expect.poll(() => page.url()).toContain('action=archived');
    await page.getByText('1 found').waitFor();
    await table.getByRole('link', { name: 'Second name' }).waitFor();
    await page.reload();
    await table.getByText(`${who} archived the campaign`).waitFor();
    await page.getByLabel('Groups').check();
    await page.getByRole('heading', { name: 'No change matches' }).waitFor();
    await page.getByRole('button', { name: 'Clear the filters' }).click();
    await table.getByText(`${who} created the campaign First name`).waitFor();

    await page.getByRole('combobox', { name: 'By', exact: true }).selectOption(email);
    const today = new Date().toISOString().slice(0, 10);
    await page.getByLabel('Day').fill(today);
    await expect.poll(() => page.url()).toMatch(new RegExp(`person=editor.*day=${today}`));
    await page.reload();
    await table.getByText(`${who} created the campaign First name`).waitFor();
    await expect.poll(() => page.getByRole('combobox', { name: 'By', exact: true }).inputValue()).toBe(email);
    await page.getByLabel('Day').fill('2020-02-29');
    await page.getByRole('heading', { name: 'No change matches' }).waitFor();
  });

  test('have no button for more after the last page, also if something was changed while it was on its way', async () => {
    const uuid = await createCampaign(browser, 'Renamed often');
    for (let time = 1; time <= 55; time += 1) await updateCampaign(browser, { uuid, name: `Renamed ${time} times` });
    const page = await openConsole(browser, tokenKey('viewer'), `/campaigns/${uuid}`);
    const entries = page.locator('.history li');
    const more = page.getByRole('button', { name: 'Load more' });
    await more.waitFor();
    expect(await entries.count()).toBe(50);
    const release = await hold(page, '"first":250');
    await more.click();
    await updateCampaign(browser, { uuid, name: 'Renamed once more' });
    await expect.poll(() => entries.count()).toBe(51);
    release();
    await expect.poll(() => entries.count()).toBe(57);
    await more.waitFor({ state: 'detached' });
  });

  test('of a group stand on its page', async () => {
    await createGroup(browser, 'Midwives');
    const page = await openConsole(browser, tokenKey('editor'), '/groups');
    await page.getByRole('link', { name: 'Midwives', exact: true }).click();
    await page.getByRole('button', { name: 'Rename…' }).click();
    await page.getByRole('dialog').getByLabel('Name').fill('Midwives of the north');
    await page.getByRole('dialog').getByRole('button', { name: 'Save' }).click();
    await page.getByText(/changed the name from Midwives to Midwives of the north/).waitFor();
    await page.getByText(/created the group Midwives$/).waitFor();
    await page.getByRole('button', { name: 'Delete…' }).click();
    await page.getByRole('alertdialog').getByRole('button', { name: 'Delete' }).click();
    await page.getByRole('table', { name: 'Groups' }).waitFor();
  });

  describe.each([
    ['en', 'en-GB'],
    ['ar', 'ar-EG'],
  ] as [Language, string][])('axe finds no violation, and nothing is too wide: %s', (language, locale) => {
    const t = messagesIn(language, locale);

    test('on the pages and dialogs', async () => {
      const uuid = await createCampaign(browser, `Campaña ${language}`);
      await updateCampaign(browser, { uuid, name: `حملة ${language}` });
      const page = await openConsole(browser, tokenKey('admin'), `/campaigns/${uuid}`, { locale });
      await page.locator('.history li').first().waitFor();
      await expectToFitAndBeAccessible(page);

      await page.getByRole('button', { name: t('action.edit') }).click();
      await page.getByRole('dialog').getByLabel(t('field.name')).fill('Typed');
      await updateCampaign(browser, { uuid, name: `الاسم الجديد ${language}`, group: { name: 'Reporters' } });
      await page.getByRole('button', { name: t('conflict.keep') }).waitFor();
      await expectToFitAndBeAccessible(page);
      await page.keyboard.press('Escape');
      await page.getByRole('alertdialog', { name: t('unsaved.title') }).waitFor();
      await expectToFitAndBeAccessible(page);
      await page.getByRole('button', { name: t('unsaved.discard') }).click();

      await page.getByRole('link', { name: t('page.activity') }).click();
      await page.getByRole('table').waitFor();
      await expectToFitAndBeAccessible(page);
    });
  });
});
