import type { Page, Route } from 'playwright-core';
import { expect, test } from 'vitest';
import { describeInBrowser } from '../support/browser.ts';
import { clientFor } from '../support/client.ts';
import { tokenKey } from '../support/fixture.ts';
import { openConsole, untilFocused, untilSettled } from './support/console.ts';
import { serveFixture } from './support/server.ts';

const CREATE = `mutation ($name: String!) {
  createCampaign(input: { name: $name, group: { name: "Farmers" } }) { campaign { group { uuid } } }
}`;

/** Holds back the requests whose body has this text, until the returned function is called. */
async function hold(page: Page, text: string): Promise<() => void> {
  const released = Promise.withResolvers<void>();
  await page.route('**/graphql*', async (route: Route) => {
    if (route.request().postData()?.includes(text)) await released.promise;
    await route.continue();
  });
  return () => released.resolve();
}

describeInBrowser('what a person types or chooses before an answer comes', serveFixture, (browser) => {
  const create = (name: string) =>
    clientFor(browser.server.base, 'admin').data<{ createCampaign: { campaign: { group: { uuid: string } } } }>(
      CREATE,
      {
        name,
      },
    );

  test('a letter that is typed when the search begins stays', async () => {
    const page = await openConsole(browser, tokenKey('admin'));
    await untilSettled(page);
    const box = page.getByRole('searchbox').first();
    await box.focus();
    // Types a letter in the task of the timer after which the search begins.
    await page.evaluate(() => {
      const { setTimeout } = window;
      let typed = false;
      window.setTimeout = ((run: () => void, delay: number) =>
        setTimeout(() => {
          run();
          if (delay !== 250 || typed) return;
          typed = true;
          queueMicrotask(() => queueMicrotask(() => document.execCommand('insertText', false, 'm')));
        }, delay)) as typeof setTimeout;
    });
    await page.keyboard.type('far');
    await expect.poll(() => new URL(page.url()).searchParams.get('q')).toBe('farm');
    expect(await box.inputValue()).toBe('farm');
  });

  test('the chosen option of the dialog for finding stays chosen when results come', async () => {
    await create('New wells');
    const page = await openConsole(browser, tokenKey('admin'));
    await untilSettled(page);
    const release = await hold(page, '"search":"new"');
    await page.keyboard.press('Control+k');
    await untilFocused(page.getByRole('dialog'));
    await page.keyboard.type('new');
    const chosen = page.getByRole('dialog').getByRole('option', { selected: true });
    await chosen.getByText('New campaign').waitFor();
    await page.keyboard.press('ArrowDown');
    await chosen.getByText('New group').waitFor();
    release();
    await page.getByRole('option', { name: 'New wells' }).waitFor();
    expect(await chosen.textContent()).toBe('New group');
  });

  test('the name of a suggested group does not replace what was typed into the field', async () => {
    const { uuid } = (await create('Suggested')).createCampaign.campaign.group;
    const page = await browser.newPage();
    const release = await hold(page, '"variables":{"uuid"');
    await page.goto(`${browser.server.base}/?group=${uuid}#token=${tokenKey('admin')}`);
    await page.getByRole('button', { name: 'New campaign' }).click();
    const dialog = page.getByRole('dialog');
    await untilFocused(dialog);
    const field = dialog.getByRole('combobox');
    await field.focus();
    await page.keyboard.type('Tea');
    const answered = page.waitForResponse((response) => response.request().postData()?.includes(uuid) === true);
    release();
    await answered;
    await untilSettled(page);
    expect(await field.inputValue()).toBe('Tea');
  });

  test('the name of the group of a filter does not get into what is typed in its place', async () => {
    const { uuid } = (await create('Filtered')).createCampaign.campaign.group;
    const page = await browser.newPage();
    const release = await hold(page, '"variables":{"uuid"');
    await page.goto(`${browser.server.base}/?group=${uuid}#token=${tokenKey('admin')}`);
    const field = page.getByRole('combobox', { name: 'Group' });
    await expect.poll(() => field.getAttribute('placeholder')).toBe('…');
    await field.focus();
    await page.keyboard.type('Tea');
    expect(await field.inputValue()).toBe('Tea');
    release();
    await expect.poll(() => field.getAttribute('placeholder')).not.toBe('…');
    expect(await field.inputValue()).toBe('Tea');
    await page.keyboard.press('Escape');
    await expect.poll(() => field.inputValue()).toBe('Farmers');
  });
});
