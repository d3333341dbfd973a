import type { Page, Request } from 'playwright-core';
import { expect, test } from 'vitest';
import { describeInBrowser } from '../support/browser.ts';
import { clientFor } from '../support/client.ts';
import { tokenKey } from '../support/fixture.ts';
import { expectToFitAndBeAccessible } from '../support/views.ts';
import { focusWindow, hold, openConsole, untilSettled } from './support/console.ts';
import { CERTIFICATE, startReceiver } from '../webhooks/support/receiver.ts';
import { messagesIn } from './support/messages.ts';
import { serveFixture } from './support/server.ts';

const cardOf = (page: Page, name: string) =>
  page.getByRole('listitem').filter({ has: page.getByRole('heading', { name, exact: true }) });

interface Webhooks {
  readonly webhooks: readonly { readonly uuid: string; readonly name: string; readonly url: string }[];
}

async function choose(page: Page, name: string, action: string): Promise<void> {
  await page.getByRole('button', { name: `Actions for ${name}`, exact: true }).click();
  await page.getByRole('menuitem', { name: action }).click();
}

/** Reloads the card until it contains the text, because the server tells no page of deliveries. */
async function expectOnCard(page: Page, name: string, text: string): Promise<void> {
  await expect
    .poll(async () => {
      await focusWindow(page);
      return cardOf(page, name).innerText();
    })
    .toContain(text);
}

/** Creates a group. Each webhook receives this change. */
async function makeChange(base: string): Promise<void> {
  const response = await fetch(`${base}/api/v2/groups.json`, {
    method: 'POST',
    headers: { authorization: `Token ${tokenKey('editor')}`, 'content-type': 'application/json' },
    body: JSON.stringify({ name: `Group of ${new Date().toISOString().replaceAll(':', '.')}` }),
  });
  expect(response.status).toBe(201);
}

/** The server sends nothing to its own computer, so each delivery to this address fails. */
const REFUSED_ADDRESS = 'https://127.0.0.1:9/changes';

async function createWebhook(page: Page, name: string, address = REFUSED_ADDRESS): Promise<void> {
  await page.getByRole('button', { name: 'New webhook' }).click();
  await page.getByRole('dialog').getByLabel('Name').fill(name);
  await page.getByRole('dialog').getByLabel('Address').fill(address);
  await page.keyboard.press('Enter');
  await page.getByRole('textbox', { name: 'Secret' }).waitFor();
  await page.getByRole('dialog').locator('footer').getByRole('button', { name: 'Close' }).click();
  await cardOf(page, name).waitFor();
}

describeInBrowser(
  'webhooks in the console',
  () => serveFixture({ TRUSTED_DOCUMENTS: 'only' }),
  (browser) => {
    test('are created, watched, changed and deleted by administrators', async () => {
      const page = await openConsole(browser, tokenKey('admin'));
      await page.getByRole('button', { name: /^Account/ }).click();
      await page.getByRole('menuitem', { name: 'Webhooks' }).click();
      await page.getByRole('heading', { name: 'No webhooks yet' }).waitFor();
      await page.getByRole('button', { name: 'New webhook' }).click();
      const dialog = page.getByRole('dialog');
      await dialog.getByLabel('Name').waitFor();
      expect(await dialog.locator('.dialog-error').count()).toBe(0);
      await dialog.getByLabel('Name').fill('Register');
      await dialog.getByLabel('Address').fill('http://receiver.example');
      await page.keyboard.press('Enter');
      await dialog.getByText('Give a complete address').waitFor();
      expect(await dialog.getByLabel('Address').getAttribute('aria-invalid')).toBe('true');
      await dialog.getByLabel('Address').fill(REFUSED_ADDRESS);
      await page.keyboard.press('Enter');
      const secret = dialog.getByRole('textbox', { name: 'Secret' });
      const first = await secret.inputValue();
      expect(first).toMatch(/^whsec_/);
      await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
      await dialog.getByRole('button', { name: 'Copy the secret' }).click();
      await expect.poll(() => page.evaluate(() => navigator.clipboard.readText())).toBe(first);
      await dialog.locator('footer').getByRole('button', { name: 'Close' }).click();
      await cardOf(page, 'Register').getByText('Active').waitFor();
      await cardOf(page, 'Register').getByText('No delivery yet').waitFor();
      expect(await page.content()).not.toContain(first);

      await makeChange(browser.server.base);
      await expectOnCard(page, 'Register', 'Failing since');
      await cardOf(page, 'Register').getByText('Failed deliveries').click();
      await cardOf(page, 'Register').getByText('Last error').waitFor();
      await expectToFitAndBeAccessible(page);

      await choose(page, 'Register', 'Stop');
      await cardOf(page, 'Register').getByText('Stopped', { exact: true }).waitFor();
      await choose(page, 'Register', 'Start again');
      await page.getByText('Started Register again').waitFor();

      await choose(page, 'Register', 'Edit…');
      await dialog.getByLabel('Name').fill('Health register');
      await page.keyboard.press('Enter');
      await choose(page, 'Health register', 'New secret…');
      await page.getByRole('alertdialog').getByRole('button', { name: 'Make it' }).click();
      await expect.poll(() => secret.inputValue()).toMatch(/^whsec_/);
      expect(await secret.inputValue()).not.toBe(first);
      await dialog.locator('footer').getByRole('button', { name: 'Close' }).click();
      await cardOf(page, 'Health register').getByText('The old secret is valid until').waitFor();

      await choose(page, 'Health register', 'Delete…');
      await page.getByRole('alertdialog').getByRole('button', { name: 'Delete' }).click();
      await page.getByRole('heading', { name: 'No webhooks yet' }).waitFor();
    });

    test('are not shown as up to date when the server does not say so', async () => {
      const page = await openConsole(browser, tokenKey('admin'), '/webhooks');
      await createWebhook(page, 'Watched');
      const fault = { errors: [{ message: 'in English', extensions: { code: 'INTERNAL_SERVER_ERROR' } }] };
      await page.route('**/graphql*', (route) => route.fulfill({ status: 500, json: fault }));
      await focusWindow(page);
      const notice = page.getByRole('status').filter({ hasText: 'What you see may be out of date.' });
      await notice.waitFor();
      await cardOf(page, 'Watched').waitFor();
      await page.unroute('**/graphql*');
      await notice.getByRole('button', { name: 'Try again' }).click();
      await notice.waitFor({ state: 'detached' });
      await choose(page, 'Watched', 'Delete');
      await page.getByRole('alertdialog').getByRole('button', { name: 'Delete' }).click();
      await cardOf(page, 'Watched').waitFor({ state: 'detached' });
    });

    test('keep their names and addresses in their own direction, and follow the language', async () => {
      const page = await openConsole(browser, tokenKey('admin'), '/webhooks');
      await createWebhook(page, 'Register (1)');
      await page.getByRole('button', { name: /^Account/ }).click();
      await page.getByRole('menuitemradio', { name: 'العربية' }).click();
      const arabic = messagesIn('ar', 'ar-EG');
      await page.getByRole('heading', { level: 1, name: arabic('account.webhooks') }).waitFor();
      await page.getByText(arabic('webhook.about')).waitFor();
      await makeChange(browser.server.base);
      await expectOnCard(page, 'Register (1)', arabic('webhook.failingSince'));
      expect(await page.locator('h2 bdi').innerText()).toBe('Register (1)');
      expect(await page.locator('.webhook-address code').getAttribute('dir')).toBe('ltr');
      await expectToFitAndBeAccessible(page);
      // The tests that follow have the same browser session.
      await page.locator('#app .top-bar [aria-haspopup=menu]').click();
      await page.getByRole('menuitemradio', { name: 'English' }).click();
      await page.getByRole('heading', { level: 1, name: 'Webhooks' }).waitFor();
    });

    test('the failure to stop one is told, also if another one was stopped meanwhile', async () => {
      const page = await openConsole(browser, tokenKey('admin'), '/webhooks');
      for (const name of ['One', 'Two']) await createWebhook(page, name);
      const released = Promise.withResolvers<void>();
      let stops = 0;
      await page.route('**/graphql', async (route) => {
        if (!route.request().postData()?.includes('"enabled":false') || ++stops > 1) return route.fallback();
        await released.promise;
        const errors = [{ message: 'in English', extensions: { code: 'INTERNAL_SERVER_ERROR' } }];
        return route.fulfill({ status: 500, json: { errors } });
      });
      await choose(page, 'One', 'Stop');
      await expect.poll(() => stops).toBe(1);
      await choose(page, 'Two', 'Stop');
      await page.getByText('Stopped Two').waitFor();
      released.resolve();
      await page.locator('.notice-error').waitFor();
    });

    test('Back does not lose a new secret that is on its way', async () => {
      const page = await openConsole(browser, tokenKey('admin'), '/groups');
      await page.getByRole('button', { name: /^Account/ }).click();
      await page.getByRole('menuitem', { name: 'Webhooks' }).click();
      await createWebhook(page, 'Three');
      await choose(page, 'Three', 'New secret…');
      const isRotation = (request: Request) => request.postData()?.startsWith('{"variables":{"uuid"') === true;
      const release = await hold(page, isRotation);
      const asked = page.waitForRequest(isRotation);
      await page.getByRole('alertdialog').getByRole('button', { name: 'Make it' }).click();
      await asked;
      // The page learns a moment after the request that something is on its way.
      await untilSettled(page);
      await page.goBack();
      await page.getByRole('alertdialog').waitFor();
      release();
      const secret = page.getByRole('dialog').getByRole('textbox', { name: 'Secret' });
      expect(await secret.inputValue()).toMatch(/^whsec_/);
      await page.getByRole('dialog').locator('footer').getByRole('button', { name: 'Close' }).click();
      await cardOf(page, 'Three').getByText('The old secret is valid until').waitFor();
      await page.goBack();
      await page.getByRole('table', { name: 'Groups' }).waitFor();
    });

    test('are not shown to others, who are told that administrators can see them', async () => {
      const page = await openConsole(browser, tokenKey('editor'), '/webhooks');
      await page.getByRole('heading', { name: 'Administrators manage the webhooks' }).waitFor();
      await page.getByRole('button', { name: /^Account/ }).click();
      await page.getByRole('menu').waitFor();
      expect(await page.getByRole('menuitem', { name: 'Webhooks' }).count()).toBe(0);
    });
  },
);

describeInBrowser(
  'a webhook whose receiver works',
  () => serveFixture({ WEBHOOK_NETWORKS: '127.0.0.0/8', NODE_EXTRA_CA_CERTS: CERTIFICATE }),
  (browser) => {
    test('can be told from one that has never delivered', async () => {
      const receiver = await startReceiver();
      const page = await openConsole(browser, tokenKey('admin'), '/webhooks');
      await createWebhook(page, 'Works', receiver.url);
      await cardOf(page, 'Works').getByText('No delivery yet').waitFor();
      await makeChange(browser.server.base);
      await receiver.until(1);
      await expectOnCard(page, 'Works', `Last successful delivery\n${new Date().getUTCDate()}`);
      expect(await cardOf(page, 'Works').getByText('No delivery yet').count()).toBe(0);
      await expectToFitAndBeAccessible(page);
    });
  },
);

describeInBrowser('a webhook that another administrator changes at the same time', serveFixture, (browser) => {
  const change = async (name: string, fields: string, mutation = 'updateWebhook') => {
    const client = clientFor(browser.server.base, 'admin');
    const { webhooks } = await client.data<Webhooks>('{ webhooks { uuid name } }');
    const uuid = webhooks.find((webhook) => webhook.name === name)?.uuid;
    await client.data(`mutation { ${mutation}(input: { uuid: "${uuid}" ${fields} }) { webhook { name } } }`);
  };
  const urlOf = async (name: string) => {
    const { webhooks } = await clientFor(browser.server.base, 'admin').data<Webhooks>('{ webhooks { name url } }');
    return webhooks.find((webhook) => webhook.name === name)?.url;
  };
  const edit = async (page: Page, name: string) => {
    await choose(page, name, 'Edit…');
    const dialog = page.getByRole('dialog');
    await untilSettled(page);
    const save = dialog.getByRole('button', { name: 'Save' });
    return { dialog, save, question: dialog.getByRole('alert') };
  };

  test('keeps what both have changed, in other fields', async () => {
    const page = await openConsole(browser, tokenKey('admin'), '/webhooks');
    await createWebhook(page, 'Shared');
    const { dialog, save, question } = await edit(page, 'Shared');
    await dialog.getByLabel('Name').fill('Shared by two');
    await change('Shared', 'url: "https://other.example/"');
    await focusWindow(page);
    await question.getByText('Somebody changed this while you typed.').waitFor();
    expect(await question.locator('dd').allInnerTexts()).toEqual(['https://other.example/']);
    await expectToFitAndBeAccessible(page);
    await question.getByRole('button', { name: 'Keep yours' }).click();
    expect(await dialog.getByLabel('Address').inputValue()).toBe('https://other.example/');
    await save.click();
    await page.getByText('Saved Shared by two').waitFor();
    expect(await urlOf('Shared by two')).toBe('https://other.example/');
  });

  test('is not overwritten when the page does not know of it yet', async () => {
    const page = await openConsole(browser, tokenKey('admin'), '/webhooks');
    await createWebhook(page, 'Unseen');
    const { dialog, save, question } = await edit(page, 'Unseen');
    await dialog.getByLabel('Address').fill('https://mine.example/');
    await change('Unseen', 'url: "https://theirs.example/"');
    await save.click();
    await question.getByText('https://theirs.example/').waitFor();
    expect(await urlOf('Unseen')).toBe('https://theirs.example/');
    await question.getByRole('button', { name: 'Take theirs' }).click();
    expect(await dialog.getByLabel('Address').inputValue()).toBe('https://theirs.example/');
    await save.click();
    await dialog.waitFor({ state: 'detached' });
  });

  test('is asked about only where there is a difference', async () => {
    const page = await openConsole(browser, tokenKey('admin'), '/webhooks');
    await createWebhook(page, 'Stopped by one');
    const { dialog, save } = await edit(page, 'Stopped by one');
    await dialog.getByLabel('Address').fill('https://both.example/');
    await change('Stopped by one', 'enabled: false, url: "https://both.example/"');
    await save.click();
    await page.getByText('Saved Stopped by one').waitFor();
    await cardOf(page, 'Stopped by one').getByText('Stopped', { exact: true }).waitFor();
  });

  test('gets no second secret before it is said that it has a new one', async () => {
    const page = await openConsole(browser, tokenKey('admin'), '/webhooks');
    await createWebhook(page, 'Rotated');
    await choose(page, 'Rotated', 'New secret…');
    const question = page.getByRole('alertdialog');
    await untilSettled(page);
    await change('Rotated', '', 'rotateWebhookSecret');
    await question.getByRole('button', { name: 'Make it' }).click();
    await question.getByText('Somebody has changed this since you looked at it.').waitFor();
    await question.getByText('The old secret is valid until').waitFor();
    await expectToFitAndBeAccessible(page);
    await question.getByRole('button', { name: 'Make it' }).click();
    await page.getByRole('textbox', { name: 'Secret' }).waitFor();
  });

  test('is not deleted before it is said that it has changed', async () => {
    const page = await openConsole(browser, tokenKey('admin'), '/webhooks');
    await createWebhook(page, 'To go');
    await choose(page, 'To go', 'Delete…');
    const question = page.getByRole('alertdialog');
    await untilSettled(page);
    await change('To go', 'name: "To stay"');
    await question.getByRole('button', { name: 'Delete' }).click();
    await question.getByText('To stay').waitFor();
    await cardOf(page, 'To stay').waitFor({ state: 'attached' });
    await question.getByRole('button', { name: 'Delete' }).click();
    await cardOf(page, 'To stay').waitFor({ state: 'detached' });
  });
});
