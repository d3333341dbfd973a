import { expect, test } from 'vitest';
import { describeInBrowser } from '../support/browser.ts';
import { tokenKey } from '../support/fixture.ts';
import { openConsole } from './support/console.ts';
import { serveFixture } from './support/server.ts';

describeInBrowser('the playground', serveFixture, (browser) => {
  test('runs the examples with the token of a link, and keeps it in no address and no permanent storage', async () => {
    const page = await browser.newPage();
    await page.goto(`${browser.server.base}/graphiql#token=${tokenKey('admin')}`);
    await page.getByText('admin@nyota.example, administrator of Nyota Health').waitFor();
    expect(page.url()).toBe(`${browser.server.base}/graphiql`);
    const run = page.locator('.graphiql-execute-button');
    await run.waitFor({ timeout: 20_000 });
    for (const name of ['NewestCampaigns', 'SearchCampaigns', 'GroupsWithCampaigns', 'WhoAmI']) {
      await page.getByRole('tab', { name }).click();
      await page.locator('.graphiql-query-editor').getByText(name).waitFor();
      // The editor needs some time to find the operation in the new tab.
      await page.waitForTimeout(500);
      const answer = page.waitForResponse((response) => response.url().endsWith('/graphql'));
      await run.click();
      const { data, errors } = (await (await answer).json()) as { data: unknown; errors?: unknown };
      expect(errors).toBeUndefined();
      expect(data).toBeTruthy();
    }
    expect(await page.evaluate(() => JSON.stringify(localStorage))).not.toContain(tokenKey('admin'));
  });

  test('says whether a token works', async () => {
    const page = await browser.newPage();
    await page.goto(`${browser.server.base}/graphiql`);
    await page.getByText('Paste an API token').waitFor();
    await page.getByLabel('Token').fill('wrong');
    await page.getByRole('button', { name: 'Use' }).click();
    await page.getByText('The server does not know this token').waitFor();
    await page.getByLabel('Token').fill(`Bearer ${tokenKey('viewer')}`);
    await page.keyboard.press('Enter');
    await page.getByText('viewer@nyota.example, viewer of Nyota Health').waitFor();
  });

  test('gets the token from the console, and opens for browsers that go to /graphql', async () => {
    const page = await openConsole(browser, tokenKey('editor'));
    await page.getByRole('button', { name: /^Account/ }).click();
    await page.getByRole('menuitem', { name: 'Playground' }).click();
    await page.getByText('editor@nyota.example').waitFor();
    const other = await page.context().newPage();
    await other.goto(`${browser.server.base}/graphql`);
    expect(other.url()).toBe(`${browser.server.base}/graphiql`);
    await other.getByText('editor@nyota.example').waitFor();
  });

  test('shows the documentation before there is a token', async () => {
    const page = await browser.newPage();
    await page.goto(`${browser.server.base}/graphiql`);
    await page.getByRole('button', { name: 'Show Documentation Explorer' }).click({ timeout: 20_000 });
    await page.locator('.graphiql-doc-explorer').getByText('Query', { exact: true }).click();
    await page.getByText('What you can read. You see only the workspace of your token.').first().waitFor();
  });
});
